"""What the sandbox is told at its start."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MODES = ("safe", "compatible", "plain")


@dataclass(frozen=True, kw_only=True)
class Options:
    """Every setting, with what suits a desk as its default."""

    host: str = "127.0.0.1"
    port: int = 8001
    push_url: str = "http://127.0.0.1:8000/wechat"
    public_url: str = "http://127.0.0.1:8000"
    appid: str = "wx0123456789abcdef"
    secret: str = "sandbox-appsecret-of-no-value-00"  # noqa: S105 - the sandbox guards nothing
    token: str = "sandboxtoken"  # noqa: S105 - likewise
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    identity_client: str = "credit-kunming-sandbox"
    identity_secret: str = ""
    jpush_key: str = "sandbox-push"
    jpush_secret: str = "sandbox-push-secret-of-no-value"  # noqa: S105 - likewise
    open_appid: str = "wx0000000000000002"
    open_secret: str = "sandbox-open-secret-of-no-value"  # noqa: S105 - likewise
    sms_key: str = "sandbox-sms-key-of-no-value"
    account: str = "gh_xinyongkunm"
    mode: str = "safe"
    pace: int = 1
    push_timeout: float = 5.0
    var: Path = Path("var/sandbox")
    register: Path | None = None
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"message mode {self.mode!r} is none of {', '.join(MODES)}")
        if self.pace < 1:
            raise ValueError("pace must be at least 1")

    def paced(self, seconds: float) -> float:
        """Shorten a long duration of WeChat's to the pace of a drill."""
        return seconds / self.pace

    @property
    def issuer(self) -> str:
        """Name the identity provider as its tokens do."""
        return f"http://{self.host}:{self.port}/identity"
