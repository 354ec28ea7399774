"""What WeChat refuses, in WeChat's own words."""

import secrets
from typing import Any

Json = dict[str, Any]

NOT_LATEST = (
    "invalid credential, access_token is invalid or not latest, could get access_token by "
    "getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r"
)
WORDS = {
    -1: "system error",
    0: "ok",
    40001: NOT_LATEST,
    40002: "invalid grant_type",
    40003: "invalid openid",
    40004: "invalid media type",
    40005: "invalid file type",
    40007: "invalid media_id",
    40008: "invalid message type",
    40009: "invalid image size",
    40013: "invalid appid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40029: "invalid code",
    40032: "invalid openid list size",
    40036: "invalid template_id size",
    40037: "invalid template_id",
    40052: "invalid action name",
    40053: "invalid action info",
    40054: "invalid sub button url domain",
    40055: "invalid button url domain",
    40059: "invalid msg id",
    40125: "invalid appsecret",
    40130: "invalid openid list size, at least two openid",
    40163: "code been used",
    40164: "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist",
    40243: "AppSecret is frozen",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    41005: "media data missing",
    41008: "missing code",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43004: "require subscribe",
    43019: "require remove blacklist",
    43101: "user refuse to accept the msg",
    43107: "subscribe message is banned",
    43108: "concurrent sending error",
    43116: "This template_id is banned",
    43117: "Sending messages to this openid too frequently,please try later",
    44002: "empty post data",
    44003: "empty news data",
    44004: "empty content",
    45002: "content size out of limit",
    45003: "title size out of limit",
    45004: "description size out of limit",
    45008: "article size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45028: "has no masssend quota",
    45029: "qrcode count out of limit",
    45047: "out of response count limit",
    45056: "too many tag now, no need to add new",
    45059: "can't add this tag, too many tags on this user",
    45065: "clientmsgid exist",
    45066: "same clientmsgid retry too fast",
    45067: "clientmsgid size out of limit",
    45072: "invalid command",
    45080: "typing needs an interaction in 30 seconds",
    45110: "author size out of limit",
    45157: "invalid tag name",
    45158: "tag name too long",
    45159: "invalid tag",
    45168: "content has sensitive words",
    46003: "menu no exist",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
    48002: "user refuse to accept the msg",
    48004: "api forbidden for irregularities",
    48006: "forbid to clear quota because of reaching the limit",
    48008: "no permission for this msgtype",
    49003: "not match openid with appid",
    50002: "user limited",
    50005: "user is unsubscribed",
    61004: "access clientip is not registered",
    61007: "api is unauthorized to component",
    76021: "cgi_path not found, please check",
}


class RefusalError(Exception):
    """WeChat says no, with a number."""

    def __init__(self, code: int, words: str = "") -> None:
        super().__init__(code, words)
        self.code = code
        self.words = words or WORDS.get(code, "error")

    def answer(self, now: float) -> Json:
        """Word the refusal as the body of an answer."""
        return {"errcode": self.code, "errmsg": f"{self.words} rid: {rid(now)}"}


def rid(now: float) -> str:
    """Name one request, as WeChat's support asks for it."""
    return f"{int(now):08x}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
