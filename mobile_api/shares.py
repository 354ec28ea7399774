"""Shares (授权码): a code that answers one question about oneself to whoever is given it."""

from collections.abc import Sequence
from typing import Any

import marshmallow as ma
from flask import request

from core import institutions, privacy, shares
from core.db import Reading, Writing
from core.shares import AskerKind, Giver, Share, ShareAnswer, ShareState, Terms
from mobile_api import asking, auth, keys, limits, own, paging, words
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Label, Moment, Question, Text, Whole
from mobile_api.once import once_while
from mobile_api.own import About
from mobile_api.paging import PageQuery
from mobile_api.problems import DoorError
from mobile_api.records import USCC
from mobile_api.resource import Resource

blueprint = Resource("me/shares", description="我的授权码：给别人一个答案，不给别人数据")
blueprint.keep_private()
answers = Resource("shares", description="凭授权码提问")
answers.keep_private()

_LOCATION = {"Location": {"description": "授权码的查询地址", "schema": {"type": "string"}}}
_CODE = {"description": "授权码，连字符和大小写不限", "example": "7KQ2-M9XD-4TBV-W8RE"}
_ID = {"description": "编号", "example": "9f2c61f0a8f14c0d9a1c6f3e5b7d2a40"}


class ShareForm(Question):
    """For how long, how often, and for whom a code answers."""

    about = Choice(
        About, load_default=About.PERSON, metadata={"description": "关于本人，或关于本单位"}
    )
    days = Whole(1, shares.LONGEST_DAYS, load_default=7, metadata={"description": "多少天内有效"})
    uses = Whole(
        1, shares.MOST_USES, load_default=1, metadata={"description": "最多回答几次，默认一次"}
    )
    note = Text(1, 100, metadata={"description": "给谁用的，只有您自己看得到", "example": "房东"})


class ShareLog(Answer):
    """One answer that a code gave."""

    at = Moment(metadata={"description": "什么时候问的"})
    asker = Choice(AskerKind)
    asker_label = Label("SHARE_ASKERS", of="asker")


class OwnShare(Answer):
    """A code as whoever gave it sees it; the code itself is shown once, when it is made."""

    id = ma.fields.String(metadata=_ID)
    about = Choice(About)
    about_label = Label("SHARE_SUBJECTS", of="about")
    note = ma.fields.String(allow_none=True, metadata={"description": "给谁用的"})
    state = Choice(ShareState)
    state_label = Label("SHARE_STATES", of="state")
    uses = ma.fields.Integer(metadata={"description": "已经回答了几次"})
    most_uses = ma.fields.Integer(metadata={"description": "最多回答几次"})
    created_at = Moment(metadata={"description": "生成时间"})
    expires_at = Moment(metadata={"description": "有效期到什么时候"})
    revoked_at = Moment(allow_none=True, metadata={"description": "撤销时间"})
    log = ma.fields.List(ma.fields.Nested(ShareLog), metadata={"description": "每次回答"})


class NewShare(OwnShare):
    """A new code."""

    code = ma.fields.String(metadata=_CODE | {"description": "授权码，只显示这一次"})


class OwnShares(Answer):
    """One page of codes, newest first."""

    items = ma.fields.List(ma.fields.Nested(OwnShare))
    next_cursor = paging.next_cursor()


class SharesQuery(PageQuery):
    """Which part of the list is wanted."""


class ShareQuestion(Question):
    """The code that one was given."""

    code = Text(1, 40, required=True, metadata=_CODE)


class ShareReply(Answer):
    """The answer to the one question, and to nothing else."""

    about = Choice(About)
    about_label = Label("SHARE_SUBJECTS", of="about")
    has_serious_dishonesty = ma.fields.Boolean(
        metadata={"description": "现在有没有仍在公示期内的严重失信记录"}
    )
    text = ma.fields.String(metadata={"description": "一句话的答案"})
    as_of = Moment(metadata={"description": "截至什么时候"})
    name = ma.fields.String(
        allow_none=True, metadata={"description": "单位名称；关于个人时为 null"}
    )
    uscc = ma.fields.String(allow_none=True, metadata=USCC)


@blueprint.arguments(ShareForm)
def _judge_again(_: object, caller: Caller, form: dict[str, Any]) -> None:
    own.subject(caller, form["about"])


@blueprint.post("")
@blueprint.doc(operationId="createShare", summary="生成一个授权码", security=own.BEARER)
@blueprint.refuses(
    *own.REFUSALS,
    *("not_entitled", "entity_not_found", "too_many_shares"),
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)
@signed_in
@once_while(_judge_again)
@blueprint.arguments(ShareForm)
@blueprint.response(201, NewShare, headers=_LOCATION)
def give(caller: Caller, form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Make a code; about the person it asks for a step-up. It is shown this once."""
    asked, about = asking.current(), form.pop("about")
    subject_id = own.subject(caller, about)
    giver = Giver(caller.account_id, subject_id, of_person=about is About.PERSON)
    with Writing() as session:
        share, code = shares.give(
            session, asked.parts.vault, giver, terms=Terms(**form), now=asked.now
        )
    shown = _shown(share, []) | {"code": privacy.show_code(code)}
    return shown, {"Location": f"/api/v1/me/shares/{share.public_id}"}


@blueprint.get("")
@blueprint.doc(operationId="listShares", summary="查看我的授权码和每次回答", security=own.BEARER)
@blueprint.refuses("unauthorised", "bad_cursor", "invalid_request")
@signed_in
@blueprint.tagged
@blueprint.arguments(SharesQuery, location="query")
@blueprint.response(200, OwnShares)
def list_shares(caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
    """List the codes that the caller gave, with each answer."""
    page = paging.wanted(f"shares:{caller.account_id}", given)
    with Reading() as session:
        found = shares.of_account(session, caller.account_id, limit=page.and_one, before=page.after)
        said = shares.answers(session, found[: page.limit])
    return {
        "items": [_shown(share, said[share.id]) for share in found[: page.limit]],
        "next_cursor": page.following(found),
    }


@blueprint.get("/<share_id>")
@blueprint.doc(operationId="getShare", summary="查看一个授权码", security=own.BEARER)
@blueprint.refuses("unauthorised", "share_not_found")
@signed_in
@blueprint.tagged
@blueprint.response(200, OwnShare)
def show(caller: Caller, share_id: str) -> dict[str, Any]:
    """Show a code to whoever gave it; the code itself is known to nobody any more."""
    with Reading() as session:
        share = shares.one_of(session, share_id, caller.account_id)
        return _shown(share, shares.answers(session, [share])[share.id])


@blueprint.delete("/<share_id>")
@blueprint.doc(operationId="revokeShare", summary="撤销一个授权码", security=own.BEARER)
@blueprint.refuses("unauthorised", "share_not_found")
@signed_in
@blueprint.response(204)
def revoke(caller: Caller, share_id: str) -> None:
    """Let a code answer no more; once more changes nothing."""
    with Writing() as session:
        shares.revoke(session, share_id, caller.account_id, now=asking.current().now)


@answers.post("/answer")
@answers.doc(operationId="askShare", summary="凭授权码问一个问题：有没有严重失信")
@answers.refuses(
    "share_not_valid", "bad_json", "unsupported_media_type", "too_large", "invalid_request"
)
@limits.at_most(limits.GUESSES, per="address")
@answers.arguments(ShareQuestion)
@answers.response(200, ShareReply)
def answer(form: dict[str, Any]) -> dict[str, Any]:
    """Answer whoever holds a code; unknown, used, expired and revoked ones look alike."""
    asked, asker = asking.current(), _asker()
    rules = asked.parts.rules
    with Writing() as session:
        told = shares.answer(session, rules, form["code"], asker=asker, now=asked.now)
    said = told.has_serious_dishonesty
    return vars(told) | {
        "about": About.PERSON if told.of_person else About.ORGANISATION,
        "text": words.share_said(said, asked.now, asked.language),
    }


def _asker() -> AskerKind:
    """Say what is known of who asks; a bad token harms nobody where none is asked for."""
    if keys.HEADER in request.headers:
        key, now = request.headers[keys.HEADER], asking.current().now
        with Reading() as session:
            held = institutions.holder(session, key, now=now)
        return _counted(held, AskerKind.INSTITUTION)
    try:
        caller = auth.caller()
    except DoorError:
        return AskerKind.ANYBODY
    return _counted(caller, AskerKind.ACCOUNT)


def _counted(who: object, kind: AskerKind) -> AskerKind:
    if who is None:
        return AskerKind.ANYBODY
    limits.count(who)
    return kind


def _shown(share: Share, said: Sequence[ShareAnswer]) -> dict[str, Any]:
    asked = asking.current()
    note = share.note and asked.parts.vault.open(share.note, shares.NOTE)
    # Not `vars`: what was just added knows only what it was given.
    kept = ("uses", "most_uses", "created_at", "expires_at", "revoked_at")
    return {name: getattr(share, name) for name in kept} | {
        "id": share.public_id,
        "about": About.PERSON if share.of_person else About.ORGANISATION,
        "note": note,
        "state": shares.state(share, now=asked.now),
        "log": said,
    }
