"""Step-up (再次核验身份) by a text message or WeChat, for accounts that nobody was verified to be.

An account with a real name steps up at the identity provider (POST /me/verification): whoever holds
its telephone number today need not be the person.
"""

from datetime import datetime
from typing import Any

from core import entrance
from core.db import Writing
from mobile_api import asking, limits
from mobile_api.auth import Caller, signed_in
from mobile_api.entrance import SENT, CodeSent, blueprint, named
from mobile_api.fields import Answer, Moment, Question, Text
from mobile_api.phone_fields import SixDigits
from mobile_api.problems import DoorError

__all__ = ["blueprint"]

_REFUSALS = ("unauthorised", "no_phone", "step_up_by_identity")


class CodeForm(Question):
    """The code that was sent."""

    code = SixDigits()


class WeChatCodeForm(Question):
    """The code that WeChat has just given the app."""

    code = Text(1, 200, required=True, metadata={"description": "微信开放平台给 App 的 code"})


class StepUp(Answer):
    """How long the device counts as freshly verified."""

    fresh_until = Moment(metadata={"description": "到什么时候为止，不用再次核验"})


@blueprint.post("/step-up/sms-codes")
@blueprint.doc(
    operationId="requestStepUpCode", summary="获取再次核验身份的验证码", security=[{"bearer": []}]
)
@blueprint.refuses(*_REFUSALS, "too_many_codes")
@signed_in
@blueprint.response(202, CodeSent)
def send(caller: Caller) -> dict[str, int]:
    """Send a code to the number of the account."""
    asked = asking.current()
    with Writing() as session:
        whose, language = (asked.parts.vault, caller.account_id), asked.language
        entrance.send_step_up(session, *whose, language=language, now=asked.now)
    return SENT


@blueprint.post("/step-up")
@blueprint.doc(operationId="stepUp", summary="用验证码再次核验身份", security=[{"bearer": []}])
@blueprint.refuses(
    *_REFUSALS,
    "code_refused",
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)
@signed_in
@blueprint.arguments(CodeForm)
@blueprint.response(200, StepUp)
def step_up(caller: Caller, form: dict[str, Any]) -> dict[str, datetime]:
    """Let this device see natural-person data for a while."""
    asked = asking.current()
    proof = {"sign_in_id": caller.sign_in_id, "code": form["code"]}
    with Writing() as session:
        whose = asked.parts.vault, caller.account_id
        is_good = entrance.step_up(session, *whose, **proof, now=asked.now)
    if not is_good:
        raise DoorError("code_refused")
    return {"fresh_until": asked.now + asked.parts.lives.step_up}


@blueprint.post("/step-up/wechat")
@blueprint.doc(
    operationId="stepUpByWeChat", summary="用微信再次核验身份", security=[{"bearer": []}]
)
@blueprint.refuses(
    *("unauthorised", "step_up_by_identity", "wechat_code_refused", "wechat_unavailable"),
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)
@signed_in
@limits.at_most(limits.ASKS_ELSEWHERE, per="account")
@blueprint.arguments(WeChatCodeForm)
@blueprint.response(200, StepUp)
def step_up_by_wechat(caller: Caller, form: dict[str, Any]) -> dict[str, datetime]:
    """Let this device see what needs a fresh proof, if WeChat names whose account it is."""
    asked = asking.current()
    openid = named(asked.parts.wechat, form["code"])
    with Writing() as session:
        is_good = entrance.step_up_by_wechat(
            session, caller.account_id, openid, sign_in_id=caller.sign_in_id, now=asked.now
        )
    if not is_good:
        raise DoorError("wechat_code_refused")
    return {"fresh_until": asked.now + asked.parts.lives.step_up}
