"""What this door is given: a clock, the identity provider, a key for its cursors, the rules."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from pathlib import Path

from core.evidence.shelf import EvidenceShelf
from core.lives import Lives
from core.pace import Pace
from core.rules import Rulebook
from core.vault import Vault
from messages.identity.oidc import Client
from messages.limiting.windows import Windows
from messages.report.shelf import Shelf
from mobile_api.editions import App


@dataclass(frozen=True)
class Parts:
    """All that differs between a desk, a test and the city.

    `clock` is aware; `away` names the errors of a database that is busy or not there; `shelf`
    holds the files of reports; `vault` opens and seals what is kept about natural persons;
    `lives` says how long tokens last; `app` is what apps are told about themselves; `windows`
    count requests, None lets all pass; `wechat` names somebody to our app by the code that WeChat
    gave it, or raises LoginRefusedError or LoginAwayError; `public_url` is where
    links in our messages lead.
    """

    clock: Callable[[], datetime]
    identity: Client
    cursor_key: bytes
    rules: Rulebook
    _: KW_ONLY
    vault: Vault
    wechat: Callable[[str], str]
    away: tuple[type[Exception], ...] = ()
    app: App | None = None
    windows: Windows | None = None
    pace: Pace = field(default_factory=Pace)
    shelf: Shelf = field(default_factory=lambda: Shelf(Path()))
    lives: Lives = field(default_factory=Lives)
    evidence_dir: Path = Path()
    public_url: str = ""

    @property
    def evidence(self) -> EvidenceShelf:
        """Return where the files of cases lie, encrypted."""
        return EvidenceShelf(self.evidence_dir, self.vault)
