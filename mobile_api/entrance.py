"""Signing in (登录): by a code to a telephone or by WeChat; and staying so, by refreshing.

None of these asks for an Idempotency-Key: a code works once, and the answer holds secrets that
must not be kept anywhere.
"""

from collections.abc import Callable
from typing import Any

import marshmallow as ma
from flask import Response

from core import codes, consents, entrance, sessions
from core.codes import LIFE, LIMITS, Purpose, Wanted
from core.consents import Document
from core.db import Writing
from core.entrance import Arrival, Proof
from core.sessions import Tokens
from core.sign_ins import Device, Platform
from messages import policies
from messages.wechat.login import LoginAwayError, LoginRefusedError
from mobile_api import asking, auth, limits
from mobile_api.fields import Answer, Choice, Moment, Part, Question, Text
from mobile_api.phone_fields import Mobile, SixDigits
from mobile_api.policies import VERSION
from mobile_api.problems import RETRY_AFTER, DoorError
from mobile_api.resource import Resource

blueprint = Resource("auth", description="登录、刷新令牌、再次核验身份")

# Many telephones share one address of a mobile network; a robot asks for more.
_TEXTS = "30/minute"
_BODY = ("bad_json", "unsupported_media_type", "too_large", "invalid_request")
_TOKEN = {"description": "令牌，只给这台设备，请妥善保存", "example": "Zk3…43 个字符"}


class NumberForm(Question):
    """Where a code is to be sent."""

    phone = Mobile()


class DeviceForm(Question):
    """On which device somebody signs in."""

    installation = Text(
        8, 64, required=True, metadata={"description": "App 安装后自己生成的编号，例如 UUID"}
    )
    platform = Choice(
        Platform, never=[Platform.WECHAT], required=True, metadata={"description": "系统"}
    )
    name = Text(
        1, 60, required=True, metadata={"description": "设备名称", "example": "HUAWEI Mate 70"}
    )

    @ma.post_load
    def held(self, given: dict[str, Any], **_rest: object) -> Device:
        """Return it as core takes it."""
        return Device(**given)


class AgreedForm(Question):
    """The versions that somebody has read and agreed to, as `GET /policies` gives them."""

    privacy = Text(1, 40, required=True, metadata=VERSION)
    terms = Text(1, 40, required=True, metadata=VERSION)

    @ma.post_load
    def held(self, given: dict[str, str], **_rest: object) -> dict[Document, str]:
        """Return it as core takes it."""
        return {Document(name): version for name, version in given.items()}


class ArrivalForm(Question):
    """What every way of signing in asks for."""

    device = Part(DeviceForm, required=True)
    agreed = Part(AgreedForm, required=True)


class PhoneForm(ArrivalForm):
    """Signing in with a code."""

    phone = Mobile()
    code = SixDigits()


class WeChatForm(ArrivalForm):
    """Signing in with WeChat."""

    code = Text(1, 200, required=True, metadata={"description": "微信开放平台给 App 的 code"})


class RefreshForm(Question):
    """Staying signed in."""

    refresh_token = Text(1, 200, required=True, metadata=_TOKEN)


class CodeSent(Answer):
    """A code is on its way, if the number can be reached."""

    resend_after = ma.fields.Integer(metadata={"description": "多少秒后可以再次获取"})
    expires_in = ma.fields.Integer(metadata={"description": "验证码多少秒内有效"})


class TokenPair(Answer):
    """A device is signed in."""

    token_type = ma.fields.String(metadata={"description": "总是 Bearer"})
    access_token = ma.fields.String(attribute="access", metadata=_TOKEN)
    access_until = Moment(metadata={"description": "访问令牌到什么时候为止"})
    refresh_token = ma.fields.String(attribute="refresh", metadata=_TOKEN)
    refresh_until = Moment(metadata={"description": "刷新令牌到什么时候为止，只能用一次"})
    sign_in_id = ma.fields.String(metadata={"description": "这台设备在设备列表里的编号"})


SENT = {
    "resend_after": int(LIMITS[0][0].total_seconds()),
    "expires_in": int(LIFE.total_seconds()),
}


@blueprint.post("/sms-codes")
@blueprint.doc(operationId="requestSignInCode", summary="获取登录验证码")
@blueprint.refuses("too_many_codes", *_BODY)
@limits.at_most(_TEXTS, per="address")
@blueprint.arguments(NumberForm)
@blueprint.response(202, CodeSent)
def send_code(form: dict[str, Any]) -> dict[str, int]:
    """Send a code: the answer is the same whether the number has an account or not."""
    asked = asking.current()
    wanted = Wanted(form["phone"], Purpose.SIGN_IN)
    with Writing() as session:
        vault, language = asked.parts.vault, asked.language
        codes.ask(session, vault, wanted, language=language, now=asked.now)
    return SENT


@blueprint.post("/phone")
@blueprint.doc(operationId="signInByPhone", summary="用手机号码和验证码登录；没有账户的自动注册")
@blueprint.refuses("consent_outdated", "code_refused", *_BODY)
@limits.at_most(limits.GUESSES, per="address")
@blueprint.arguments(PhoneForm)
@blueprint.response(200, TokenPair)
def by_phone(form: dict[str, Any]) -> dict[str, Any]:
    """Sign in with a code; a number without an account gets one."""
    asked, arrival = asking.current(), _arrival(form)
    proof = Proof(form["phone"], form["code"])
    with Writing() as session:
        held = entrance.by_phone(session, asked.parts.vault, proof, arrival=arrival, now=asked.now)
    if held is None:
        raise DoorError("code_refused")
    return _shown(held)


@blueprint.post("/wechat")
@blueprint.doc(operationId="signInByWeChat", summary="用微信登录；没有账户的自动注册")
@blueprint.refuses("consent_outdated", "wechat_code_refused", "wechat_unavailable", *_BODY)
@limits.at_most(limits.ASKS_ELSEWHERE, per="address")
@blueprint.arguments(WeChatForm)
@blueprint.response(200, TokenPair)
def by_wechat(form: dict[str, Any]) -> dict[str, Any]:
    """Sign in with the code that WeChat gave the app."""
    asked, arrival = asking.current(), _arrival(form)
    openid = named(asked.parts.wechat, form["code"])
    with Writing() as session:
        return _shown(entrance.by_wechat(session, openid, arrival, now=asked.now))


@blueprint.post("/refresh")
@blueprint.doc(
    operationId="refreshTokens",
    summary="用刷新令牌换一对新的令牌",
    description="无需登录。刷新令牌只能用一次，用过的再来，这台设备的登录立即失效。"
    "没有收到回答的，可以在 30 秒内用同一个再试；请不要同时换两次。",
)
@blueprint.refuses("sign_in_over", *_BODY)
@blueprint.arguments(RefreshForm)
@blueprint.response(200, TokenPair)
def refresh(form: dict[str, Any]) -> dict[str, Any]:
    """Give a new pair for a refresh token, which is used up."""
    asked = asking.current()
    token, lives = form["refresh_token"], asked.parts.lives
    with Writing() as session:
        held = sessions.refresh(session, token, lives=lives, now=asked.now)
    if held is None:
        raise DoorError("sign_in_over", auth.INVALID)
    return _shown(held)


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """Keep tokens out of every cache, the app's own too."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _arrival(form: dict[str, Any]) -> Arrival:
    consents.demand_current(form["agreed"], policies.CURRENT)
    return Arrival(form["device"], form["agreed"], asking.current().parts.lives)


def named(login: Callable[[str], str], code: str) -> str:
    """Return whom WeChat names for a code. Raises DoorError."""
    try:
        return login(code)
    except LoginRefusedError:
        raise DoorError("wechat_code_refused") from None
    except LoginAwayError:
        raise DoorError("wechat_unavailable", {"Retry-After": RETRY_AFTER}) from None


def _shown(held: Tokens) -> dict[str, Any]:
    return vars(held) | {"token_type": "Bearer", "sign_in_id": str(held.sign_in_id)}
