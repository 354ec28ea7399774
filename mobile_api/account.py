"""My account (我的账户): who I am here, what I agreed to, all my data, and how I leave."""

import json
from typing import Any

import marshmallow as ma
from flask import Response, make_response

from core import accounts, consents, export, leaving, phones, realname, sessions
from core.accounts import Account, Channel
from core.consents import Consent, Document
from core.db import Reading, Writing
from core.sign_ins import Ending
from messages import policies
from mobile_api import asking
from mobile_api.auth import Caller, signed_in, stepped_up
from mobile_api.fields import Answer, Choice, Label, Moment, Question, Text
from mobile_api.policies import VERSION
from mobile_api.problems import DoorError
from mobile_api.resource import Resource

blueprint = Resource("me", description="我的账户：资料、同意、导出、注销")
blueprint.keep_private()

_PHONE = {"description": "手机号码，中间四位不显示", "example": "138****8000"}
_MINE: list[dict[str, list[str]]] = [{"bearer": []}]
_BODY = ("bad_json", "unsupported_media_type", "too_large", "invalid_request")


class GivenConsent(Answer):
    """One consent, in force or not."""

    document = Choice(Document)
    document_label = Label("DOCUMENTS", of="document")
    version = ma.fields.String(metadata=VERSION)
    given_at = Moment(metadata={"description": "同意的时间"})
    withdrawn_at = Moment(allow_none=True, metadata={"description": "撤回的时间"})
    is_current = ma.fields.Boolean(metadata={"description": "是不是对现行版本的、没有撤回的同意"})


class Me(Answer):
    """Whoever is signed in."""

    registered_at = Moment(metadata={"description": "注册时间"})
    phone = ma.fields.String(allow_none=True, metadata=_PHONE)
    wechat_login = ma.fields.Boolean(metadata={"description": "能不能用微信登录"})
    verified_at = Moment(allow_none=True, metadata={"description": "实名核验的时间"})
    organisation = ma.fields.String(
        allow_none=True, metadata={"description": "经核验代表的单位的统一社会信用代码"}
    )
    is_fresh = ma.fields.Boolean(metadata={"description": "这台设备刚刚再次核验过身份"})
    consents = ma.fields.List(ma.fields.Nested(GivenConsent))


class ConsentForm(Question):
    """Which version is agreed to."""

    version = Text(1, 40, required=True, metadata=VERSION)


@blueprint.get("")
@blueprint.doc(operationId="getMe", summary="查看我的账户", security=_MINE)
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.tagged
@blueprint.response(200, Me)
def show(caller: Caller) -> dict[str, Any]:
    """Show an account to its owner."""
    vault, mine = asking.current().parts.vault, caller.account_id
    with Reading() as session:
        number = phones.of_account(session, vault, mine)
        held = realname.of_account(session, mine)
        return {
            "registered_at": session.get_one(Account, mine).created_at,
            "phone": phones.masked(number) if number else None,
            "wechat_login": accounts.has(session, mine, Channel.WECHAT_APP),
            "verified_at": held.verified_at if held else None,
            "organisation": caller.organisation,
            "is_fresh": caller.fresh,
            "consents": [_consent(one) for one in consents.of_account(session, mine)],
        }


@blueprint.put("/consents/<document>")
@blueprint.doc(operationId="giveConsent", summary="同意现行的隐私政策或用户协议", security=_MINE)
@blueprint.refuses("unauthorised", "not_found", "consent_outdated", *_BODY)
@signed_in
@blueprint.arguments(ConsentForm)
@blueprint.response(204)
def give(caller: Caller, form: dict[str, Any], document: str) -> None:
    """Agree to the version in force."""
    which = _document(document)
    given = {which: form["version"]}
    consents.demand_current(given, {which: policies.CURRENT[which]})
    with Writing() as session:
        consents.give(session, caller.account_id, given, now=asking.current().now)


@blueprint.delete("/consents/<document>")
@blueprint.doc(
    operationId="withdrawConsent",
    summary="撤回同意；撤回后在全部设备上退出登录",
    security=_MINE,
)
@blueprint.refuses("unauthorised", "not_found", "no_consent")
@signed_in
@blueprint.response(204)
def withdraw(caller: Caller, document: str) -> None:
    """Withdraw consent: every device is signed out, until it is given anew at the next sign-in."""
    which, now = _document(document), asking.current().now
    with Writing() as session:
        consents.withdraw(session, caller.account_id, which, now=now)
        sessions.end_all(session, caller.account_id, why=Ending.EVERYWHERE, now=now)


@blueprint.get("/export")
@blueprint.doc(operationId="exportMe", summary="导出我的全部信息（JSON）", security=_MINE)
@blueprint.refuses("unauthorised", "step_up_required")
@blueprint.alt_response(
    200,
    content_type="application/json",
    schema={"type": "object"},
    example={
        "exported_at": "2026-11-23T09:00:00+08:00",
        "phone": "13800000000",
        "follows": {"entities": [], "lists": ["WAGE_ARREARS"], "campaigns": True},
    },
    description="全部信息；当时生成，我们不留存",
    success=True,
)
@stepped_up
def download(caller: Caller) -> Response:
    """Give the owner everything; the file is kept nowhere."""
    asked = asking.current()
    with Writing() as session:
        told = export.of_account(session, asked.parts.vault, caller.account_id, now=asked.now)
    response = make_response(json.dumps(told, ensure_ascii=False, indent=2))
    response.mimetype = "application/json"
    response.headers["Content-Disposition"] = 'attachment; filename="credit-kunming.json"'
    return response


@blueprint.delete("")
@blueprint.doc(operationId="deleteMe", summary="注销账户，不能恢复", security=_MINE)
@blueprint.refuses("unauthorised", "step_up_required", "open_cases")
@stepped_up
@blueprint.response(204)
def leave(caller: Caller) -> None:
    """Delete the account for good."""
    with Writing() as session:
        leaving.leave(session, caller.account_id, now=asking.current().now)


def _document(name: str) -> Document:
    if name not in set(Document):
        raise DoorError("not_found")
    return Document(name)


def _consent(one: Consent) -> dict[str, Any]:
    names = ("document", "version", "given_at", "withdrawn_at")
    stands = one.withdrawn_at is None and one.version == policies.CURRENT[one.document]
    return {name: getattr(one, name) for name in names} | {"is_current": stands}
