"""WeChat's JS-SDK: by which signature a page may use it, and its open tags."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Subscribing:
    """What lets a page offer subscription messages; `ticket` is None while WeChat gave us none."""

    appid: str
    templates: tuple[str, ...]
    sdk: str
    ticket: Callable[[], str | None]


def signature(ticket: str, *, nonce: str, timestamp: int, url: str) -> str:
    """Sign the address of a page, without what stands behind its #."""
    said = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
    return hashlib.sha1(said.encode()).hexdigest()  # noqa: S324 - as WeChat wants it
