"""Sign-ins: the devices on which an account is signed in, and how each is signed out."""

from contextlib import suppress
from typing import Any

import marshmallow as ma

from core import linking, sessions
from core.account_errors import SignInNotFoundError
from core.db import Reading, Writing
from core.sign_ins import Ending, Platform, SignIn
from mobile_api import asking, words
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Label, Moment, read_id
from mobile_api.resource import Resource

blueprint = Resource("sign-ins", description="登录的设备")
blueprint.keep_private()


class SignedInDevice(Answer):
    """One device."""

    id = ma.fields.String(metadata={"description": "编号", "example": "1024"})
    platform = Choice(Platform)
    platform_label = Label("PLATFORMS", of="platform")
    device = ma.fields.String(
        metadata={"description": "设备的型号；不认识的写系统", "example": "HUAWEI Mate 70"}
    )
    began_at = Moment(metadata={"description": "登录时间"})
    seen_at = Moment(metadata={"description": "最近一次刷新的时间"})
    is_this = ma.fields.Boolean(metadata={"description": "是不是正在使用的这台"})


class SignedInDevices(Answer):
    """All of them, at most twenty."""

    items = ma.fields.List(ma.fields.Nested(SignedInDevice))
    wechat_linked_at = Moment(
        allow_none=True,
        metadata={"description": "什么时候绑定的微信，它也收到这个账户的消息；没有绑定为 null"},
    )


@blueprint.get("")
@blueprint.doc(operationId="listSignIns", summary="查看登录的设备", security=[{"bearer": []}])
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.tagged
@blueprint.response(200, SignedInDevices)
def show(caller: Caller) -> dict[str, Any]:
    """List the devices, the last seen first."""
    with Reading() as session:
        held = sessions.of_account(session, caller.account_id, now=asking.current().now)
        linked_at = linking.linked_at(session, caller.account_id)
    return {"items": [_shown(one, caller) for one in held], "wechat_linked_at": linked_at}


@blueprint.delete("")
@blueprint.doc(operationId="signOutEverywhere", summary="退出全部设备", security=[{"bearer": []}])
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.response(204)
def end_all(caller: Caller) -> None:
    """Sign every device out at once, this one too."""
    with Writing() as session:
        now = asking.current().now
        sessions.end_all(session, caller.account_id, why=Ending.EVERYWHERE, now=now)


@blueprint.delete("/current")
@blueprint.doc(operationId="signOut", summary="退出这台设备", security=[{"bearer": []}])
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.response(204)
def end_this(caller: Caller) -> None:
    """Sign this device out at once."""
    with suppress(SignInNotFoundError):  # somebody else was faster
        _end(caller, caller.sign_in_id, Ending.SIGNED_OUT)


@blueprint.delete("/<sign_in_id>")
@blueprint.doc(operationId="revokeSignIn", summary="退出一台设备", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "sign_in_not_found")
@signed_in
@blueprint.response(204)
def revoke(caller: Caller, sign_in_id: str) -> None:
    """Sign one device out at once, wherever it is."""
    number = read_id(sign_in_id)
    if number is None:
        raise SignInNotFoundError
    _end(caller, number, Ending.REVOKED)


def _end(caller: Caller, sign_in_id: int, why: Ending) -> None:
    with Writing() as session:
        now = asking.current().now
        sessions.end(session, caller.account_id, sign_in_id, why=why, now=now)


def _shown(one: SignIn, caller: Caller) -> dict[str, Any]:
    names = ("platform", "device", "began_at", "seen_at")
    shared = {name: getattr(one, name) for name in names}
    system = words.label("PLATFORMS", one.platform, asking.current().language)
    shared["device"] = one.device or system
    return shared | {"id": str(one.id), "is_this": one.id == caller.sign_in_id}
