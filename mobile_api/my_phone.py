"""My telephone (更换手机号码): another number for my account, shown to be mine by a code."""

from typing import Any

import marshmallow as ma

from core import phones, renumbering
from core.db import Writing
from core.entrance import Proof
from mobile_api import asking, limits
from mobile_api.auth import Caller, stepped_up
from mobile_api.entrance import SENT, CodeSent, NumberForm
from mobile_api.fields import Answer
from mobile_api.phone_fields import SixDigits
from mobile_api.problems import DoorError
from mobile_api.resource import Resource

blueprint = Resource("me/phone", description="更换手机号码：先再次核验身份，再收新号码的验证码")
blueprint.keep_private()

_MINE: list[dict[str, list[str]]] = [{"bearer": []}]
_REFUSALS = (
    *("unauthorised", "step_up_required"),
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)


class NewNumberForm(NumberForm):
    """The new number, and the code that was sent to it."""

    code = SixDigits()


class MyPhone(Answer):
    """The number that leads to the account now."""

    phone = ma.fields.String(
        metadata={"description": "手机号码，中间四位不显示", "example": "138****8000"}
    )


@blueprint.post("/sms-codes")
@blueprint.doc(operationId="requestNewPhoneCode", summary="获取新手机号码的验证码", security=_MINE)
@blueprint.refuses(*_REFUSALS, "too_many_codes")
@stepped_up
@limits.at_most(limits.ASKS_ELSEWHERE, per="account")
@blueprint.arguments(NumberForm)
@blueprint.response(202, CodeSent)
def send(_caller: Caller, form: dict[str, Any]) -> dict[str, int]:
    """Send a code: the answer is the same whether the number has an account or not."""
    asked = asking.current()
    with Writing() as session:
        vault, language = asked.parts.vault, asked.language
        renumbering.send(session, vault, form["phone"], language=language, now=asked.now)
    return SENT


@blueprint.put("")
@blueprint.doc(
    operationId="changePhone",
    summary="更换手机号码",
    description="须再次核验身份，并有发到新号码的验证码。原来的号码收到一条短信，账户收到一条消息；"
    "以后用新号码登录，已经登录的设备不受影响。",
    security=_MINE,
)
@blueprint.refuses(*_REFUSALS, "code_refused", "phone_taken")
@stepped_up
@limits.at_most(limits.GUESSES, per="account")
@blueprint.arguments(NewNumberForm)
@blueprint.response(200, MyPhone)
def change(caller: Caller, form: dict[str, Any]) -> dict[str, str]:
    """Give the account this number in place of the one that it had."""
    asked, proof = asking.current(), Proof(form["phone"], form["code"])
    with Writing() as session:
        whose = asked.parts.vault, caller.account_id
        is_good = renumbering.change(
            session, *whose, proof=proof, language=asked.language, now=asked.now
        )
    if not is_good:
        raise DoorError("code_refused")
    return {"phone": phones.masked(proof.number)}
