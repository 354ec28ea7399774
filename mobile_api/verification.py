"""Real-name verification (实名核验) and step-up, with the city's identity provider.

The app opens the address in the system's browser and takes the answer over by its own https link
(RFC 8252). Only the app hands the answer in, signed in: a page that finished by itself would let
somebody who sent the address on become whoever opened it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

import marshmallow as ma

from core import challenges, realname, representation
from core.calendar import day
from core.challenges import Purpose, Taken
from core.db import Reading, Writing
from messages.identity import oidc
from messages.identity.oidc import AwayError, RefusedError
from mobile_api import asking, limits
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Label, Moment, Question, Text
from mobile_api.once import once
from mobile_api.problems import DoorError
from mobile_api.records import USCC
from mobile_api.resource import Resource

blueprint = Resource("me/verification", description="实名核验和再次核验")
blueprint.keep_private()


# A person needs one; each may cost us the seconds that the provider takes to answer.
TRIES = "30/minute"


_CODE = {"description": "返回地址里的 code", "example": "SplxlOBeZQQYbYS6WxSbIA"}
_STATE = {"description": "返回地址里的 state", "example": "af0ifjsldkj"}


class Wish(Question):
    """What somebody proves who they are for."""

    purpose = Choice(
        Purpose,
        load_default=Purpose.VERIFY,
        metadata={"description": "为了什么核验", "example": "verify"},
    )


class Way(Answer):
    """Where to send somebody, and until when they may come back."""

    purpose = Choice(Purpose)
    purpose_label = Label("VERIFICATION_PURPOSES", of="purpose")
    authorization_url = ma.fields.String(
        metadata={
            "description": "用系统浏览器打开的地址（ASWebAuthenticationSession、Custom Tabs）",
            "format": "uri",
            "example": "https://identity.example/authorize?response_type=code",
        }
    )
    redirect_uri = ma.fields.String(
        metadata={
            "description": "认证结束后打开的地址，由 App 接管（Universal Links、App Links）",
            "format": "uri",
            "example": "https://credit.example/verification/return",
        }
    )
    expires_at = Moment(metadata={"description": "在此之前有效"})


class Returned(Question):
    """What the provider gave the browser for us."""

    code = Text(1, 2048, required=True, metadata=_CODE)
    state = Text(1, 200, required=True, metadata=_STATE)


class Standing(Answer):
    """Whether an account is known by real name; never the name or number itself."""

    verified = ma.fields.Boolean(metadata={"description": "是否已实名核验"})
    verified_at = Moment(allow_none=True, metadata={"description": "最近一次核验的时间"})
    organisation = ma.fields.String(
        allow_none=True, metadata=USCC | {"description": "现在代表的单位；到期以后为 null"}
    )
    organisation_until = ma.fields.Date(
        allow_none=True,
        metadata={"description": "代表这家单位到哪天为止；仍代表的，请在此之前重新实名核验"},
    )
    fresh = ma.fields.Boolean(
        metadata={"description": "刚刚核验过，可以查看本人信息；过一会儿要再次核验"}
    )


@blueprint.post("")
@blueprint.doc(
    operationId="beginVerification",
    summary="开始实名核验或再次核验",
    description="须登录。用系统浏览器打开 `authorization_url`；认证结束后浏览器打开"
    " `redirect_uri`，由 App 接管，取出 `code` 和 `state`，提交给 completeVerification。"
    "十分钟内有效，用一次，只在开始核验的这台设备上有效；再开始一次，前一次作废。",
    security=[{"bearer": []}],
)
@blueprint.refuses(
    *("unauthorised", "identity_unavailable", "real_name_required"),
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)
@signed_in
@limits.at_most(TRIES, per="account")
@once
@blueprint.arguments(Wish)
@blueprint.response(201, Way)
def begin(caller: Caller, wish: dict[str, Any]) -> dict[str, Any]:
    """Begin: give the address to open. What was begun on this device before is no longer good."""
    asked, purpose = asking.current(), wish["purpose"]
    client, vault = asked.parts.identity, asked.parts.vault
    with Writing() as session:
        sent = challenges.begin(session, vault, caller.sign_in_id, purpose=purpose, now=asked.now)
        try:
            url = oidc.address(client, sent)
        except AwayError:
            raise _unavailable() from None
    until = asked.now + challenges.LIFE
    way = {"authorization_url": url, "redirect_uri": client.redirect_uri, "expires_at": until}
    return {"purpose": purpose, **way}


@blueprint.post("/complete")
@blueprint.doc(
    operationId="completeVerification",
    summary="提交认证结果",
    description="须登录。认证服务没有响应（503）时可以原样再提交；其他拒绝要重新开始核验。"
    "成功以后，一段时间内可以查看本人信息，不用再次核验。",
    security=[{"bearer": []}],
)
@blueprint.refuses(
    *("unauthorised", "identity_unavailable", "identity_refused", "identity_unusable"),
    *("verification_not_found", "minor", "another_person", "verified_elsewhere"),
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)
@signed_in
@limits.at_most(TRIES, per="account")
@blueprint.arguments(Returned)
@blueprint.response(200, Standing)
def complete(caller: Caller, returned: dict[str, Any]) -> dict[str, Any]:
    """Hand in what the provider gave; after 503 the same may be handed in again."""
    asked = asking.current()
    vault, sign_in = asked.parts.vault, caller.sign_in_id
    with Writing() as session:
        state = returned["state"]
        taken = challenges.take(session, vault, state, sign_in_id=sign_in, now=asked.now)
    proven = _proven(returned["code"], taken, now=asked.now)
    rules = asked.parts.rules
    with Writing() as session:
        challenges.settle(session, vault, taken, proven=proven, rules=rules, now=asked.now)
    return _standing(replace(caller, fresh=True))


@blueprint.get("")
@blueprint.doc(
    operationId="getVerification", summary="查看实名核验的状态", security=[{"bearer": []}]
)
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.response(200, Standing)
def show(caller: Caller) -> dict[str, Any]:
    """Say whether the account is known by real name."""
    return _standing(caller)


def _proven(code: str, taken: Taken, *, now: datetime) -> challenges.Proven:
    # Between two transactions: nobody waits for the network with a lock in hand.
    try:
        return oidc.proven(asking.current().parts.identity, code, taken, now=now)
    except RefusedError:
        raise DoorError("identity_refused") from None
    except AwayError:
        with Writing() as session:
            challenges.give_back(session, taken)
        raise _unavailable() from None


def _unavailable() -> DoorError:
    rest = asking.current().parts.identity.breaker.rest
    return DoorError("identity_unavailable", {"Retry-After": f"{rest:.0f}"})


def _standing(caller: Caller) -> dict[str, Any]:
    with Reading() as session:
        held = realname.of_account(session, caller.account_id)
    acts_for = representation.of(held, today=day(asking.current().now))
    return {
        "verified": held is not None,
        "verified_at": held.verified_at if held else None,
        "organisation": acts_for,
        "organisation_until": held.organisation_until if held and acts_for else None,
        "fresh": caller.fresh,
    }
