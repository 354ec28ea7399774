"""What the pages are given: a clock, Redis for sessions, WeChat's OAuth, the identity provider."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from pathlib import Path

from redis import Redis

from bot.limits import UNLIMITED, Limits
from core.evidence.shelf import EvidenceShelf
from core.lives import Lives
from core.rules import Rulebook
from core.vault import Vault
from messages.identity.oidc import Client
from messages.report.shelf import Shelf
from messages.wechat.jssdk import Subscribing
from messages.wechat.visiting import Visiting


@dataclass(frozen=True)
class Parts:
    """All that differs between a desk, a test and the city.

    `secure` says that people come by https; `code_key` makes the codes that stand on our
    messages; `frames` who may frame the pages: nobody, or the sandbox's phone; `away` names the
    errors of a database that is busy or not there; `limits` count who asks how often.
    """

    clock: Callable[[], datetime]
    redis: Redis
    rules: Rulebook
    vault: Vault
    _: KW_ONLY
    wechat: Visiting
    identity: Client
    public_url: str
    code_key: bytes
    frames: str = "'none'"
    subscribing: Subscribing | None = None
    lives: Lives = field(default_factory=Lives)
    shelf: Shelf = field(default_factory=lambda: Shelf(Path()))
    evidence_dir: Path = Path()
    away: tuple[type[Exception], ...] = ()
    limits: Limits = UNLIMITED

    @property
    def secure(self) -> bool:
        """Say whether people come by https."""
        return self.public_url.startswith("https:")

    @property
    def evidence(self) -> EvidenceShelf:
        """Return where the files of cases lie, encrypted."""
        return EvidenceShelf(self.evidence_dir, self.vault)
