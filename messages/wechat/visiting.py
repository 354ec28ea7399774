"""Visiting: who opens a page of ours in WeChat, by its web authorisation (OAuth).

`snsapi_base` tells the openid and asks nobody; `snsapi_userinfo` shows WeChat's own question.
Somebody who reads a page's snapshot has an openid that is nobody's: it signs nobody in.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from messages.wechat.login import Login


class Scope(StrEnum):
    """How WeChat asks."""

    BASE = "snsapi_base"
    ASKED = "snsapi_userinfo"


@dataclass(frozen=True)
class Visiting:
    """Our official account's web authorisation: where it asks, and what its codes mean."""

    login: Login
    page: str

    def address(self, back: str, state: str, scope: Scope = Scope.BASE) -> str:
        """Return where a browser goes to be sent back with a code."""
        # WeChat wants these names, in this order, and the mark at the end.
        asked = {
            "appid": self.login.app.appid,
            "redirect_uri": back,
            "response_type": "code",
            "scope": scope.value,
            "state": state,
        }
        return f"{self.page}?{urlencode(asked)}#wechat_redirect"
