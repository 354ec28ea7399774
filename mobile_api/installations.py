"""Installations: where my app is reached by push, kept as often as the app likes to say it."""

import re
from typing import Any

import marshmallow as ma

from core import installations
from core.db import Writing
from core.installations import Locale, Told, Vendor
from core.sign_ins import Platform
from mobile_api import asking
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Label, Question, Text
from mobile_api.problems import DoorError
from mobile_api.resource import Resource

blueprint = Resource("me/installations", description="推送登记：在哪台设备上提醒我")
blueprint.keep_private()

_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}]
_ID = "^[A-Za-z0-9_-]{8,64}$"
_NAMED = [{"in": "path", "name": "installation_id", "schema": {"type": "string", "pattern": _ID}}]


class InstallationForm(Question):
    """What an app says of itself."""

    platform = Choice(
        Platform, never=[Platform.WECHAT], required=True, metadata={"description": "系统"}
    )
    vendor = Choice(Vendor, load_default=Vendor.OTHER, metadata={"description": "厂商通道"})
    push_token = Text(
        1, 200, required=True, metadata={"description": "推送服务给这台设备的 RegistrationID"}
    )
    app_version = Text(1, 32, required=True, metadata={"description": "版本", "example": "1.4.0"})
    locale = Choice(Locale, load_default=Locale.ZH, metadata={"description": "用哪种语言提醒"})


class OneInstallation(Answer):
    """An installation as it is kept; its token is shown to nobody."""

    installation_id = ma.fields.String(metadata={"description": "应用为自己生成的随机编号"})
    platform = Choice(Platform)
    platform_label = Label("PLATFORMS", of="platform")
    vendor = Choice(Vendor)
    vendor_label = Label("VENDORS", of="vendor")
    app_version = ma.fields.String(metadata={"description": "版本"})
    locale = Choice(Locale)
    locale_label = Label("LOCALES", of="locale")


@blueprint.put("/<installation_id>", parameters=_NAMED)
@blueprint.doc(operationId="putInstallation", summary="登记推送", security=_SECURITY)
@blueprint.refuses(
    *("unauthorised", "bad_json", "unsupported_media_type", "too_large", "invalid_request")
)
@signed_in
@blueprint.arguments(InstallationForm)
@blueprint.response(200, OneInstallation)
def put(caller: Caller, form: dict[str, Any], installation_id: str) -> dict[str, Any]:
    """Keep where my device is reached; whoever had this token or this device has it no more."""
    _refuse_other_than(installation_id)
    asked, told = asking.current(), Told(installation_id, **form)
    who = {"account_id": caller.account_id, "sign_in_id": caller.sign_in_id}
    with Writing() as session:
        installations.keep(session, asked.parts.vault, told, **who, now=asked.now)
    return vars(told)


@blueprint.delete("/<installation_id>", parameters=_NAMED)
@blueprint.doc(operationId="deleteInstallation", summary="取消推送登记", security=_SECURITY)
@blueprint.refuses("unauthorised", "invalid_request")
@signed_in
@blueprint.response(204)
def remove(caller: Caller, installation_id: str) -> None:
    """Send nothing more to my device; to say it twice, or of another's, changes nothing."""
    _refuse_other_than(installation_id)
    with Writing() as session:
        installations.drop(session, caller.account_id, installation_id)


def _refuse_other_than(installation_id: str) -> None:
    if not re.fullmatch(_ID, installation_id):
        raise DoorError("invalid_request")
