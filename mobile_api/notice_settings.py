"""How I want to be told (提醒设置): what may bring what outside the inbox, and when."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

import marshmallow as ma

from core.account_errors import KindTwiceError, QuietHoursHalfError
from core.db import Reading, Writing
from core.installations import Locale
from core.preferences import choices
from core.preferences.choices import Preferences
from core.preferences.kinds import BY_SMS, MANDATORY, NoticeKind, Outlet
from mobile_api import asking, etags
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Flag, Label, Moment, Part, Question, Whole, exactly
from mobile_api.resource import Resource

blueprint = Resource("me/notice-settings", description="提醒设置：收件箱总是有，外面怎样提醒由您定")
blueprint.keep_private()

_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}]
_HOUR = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
_MOST = 50
_SMS = "短信提醒；这类消息不发短信时为 null"


class _Hour(ma.fields.String):
    """A time of day in Kunming, as HH:MM; None is none."""

    def __init__(self, said: str, **options: Any) -> None:  # noqa: ANN401 - marshmallow's own
        about = {"description": said, "pattern": _HOUR, "example": "22:00"}
        super().__init__(
            allow_none=True, validate=exactly(_HOUR, "hour"), metadata=about, **options
        )


class KindForm(Question):
    """What may bring one kind of notice."""

    kind = Choice(NoticeKind, required=True, metadata={"description": "哪类消息"})
    wechat = Flag(load_default=True, metadata={"description": "微信提醒"})
    push = Flag(load_default=True, metadata={"description": "App 推送提醒"})
    sms = Flag(
        load_default=False, allow_none=True, metadata={"description": _SMS, "example": False}
    )


class SettingsForm(Question):
    """All that may be chosen; what is left out is as it is by default."""

    language = Choice(Locale, load_default=Locale.ZH, metadata={"description": "用哪种语言提醒"})
    quiet_from = _Hour("从几点起不打扰；和 quiet_until 一起给", load_default=None)
    quiet_until = _Hour("到几点为止不打扰，可以过零点", load_default=None)
    daily_most = Whole(
        *(1, _MOST),
        load_default=None,
        allow_none=True,
        metadata={"description": "一天最多在外面提醒几次；null 不限"},
    )
    digest = Flag(
        load_default=False, metadata={"description": "每天汇总提醒一次；更正和办件仍随时提醒"}
    )
    kinds = ma.fields.List(
        Part(KindForm),
        load_default=list,
        validate=ma.validate.Length(0, len(NoticeKind), error="items {min} {max}"),
        metadata={"description": "每类消息怎样提醒，每类至多一项"},
    )


class KindSettings(Answer):
    """What brings one kind of notice."""

    kind = Choice(NoticeKind)
    kind_label = Label("NOTICE_KINDS", of="kind")
    mandatory = ma.fields.Boolean(
        metadata={"description": "更正和本人办件：不受每日上限和汇总限制，收件箱里不能关闭"}
    )
    inbox = ma.fields.Boolean(metadata={"description": "收件箱里总是有", "example": True})
    wechat = ma.fields.Boolean(metadata={"description": "微信提醒"})
    push = ma.fields.Boolean(metadata={"description": "App 推送提醒"})
    sms = ma.fields.Boolean(allow_none=True, metadata={"description": _SMS})


class NoticeSettings(Answer):
    """How I want to be told."""

    language = Choice(Locale)
    language_label = Label("LOCALES", of="language")
    quiet_from = _Hour("从几点起不打扰；没有设置时为 null")
    quiet_until = _Hour("到几点为止不打扰；没有设置时为 null")
    daily_most = ma.fields.Integer(
        allow_none=True, metadata={"description": "一天最多在外面提醒几次；null 不限"}
    )
    digest = ma.fields.Boolean(metadata={"description": "每天汇总提醒一次"})
    kinds = ma.fields.List(
        ma.fields.Nested(KindSettings), metadata={"description": "每类消息怎样提醒"}
    )
    as_of = Moment(metadata={"description": "查询时间"})


@blueprint.get("")
@blueprint.doc(operationId="getNoticeSettings", summary="提醒设置", security=_SECURITY)
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.tagged
@blueprint.response(200, NoticeSettings)
def show(caller: Caller) -> dict[str, Any]:
    """Show how I want to be told, what I never said included."""
    with Reading() as session:
        held = choices.of_account(session, caller.account_id)
    etags.of_version(held.version)
    return _shown(held)


@blueprint.put("")
@blueprint.doc(operationId="putNoticeSettings", summary="更改提醒设置", security=_SECURITY)
@blueprint.refuses(
    *("unauthorised", "bad_json", "unsupported_media_type", "too_large", "invalid_request"),
    *("sms_not_offered", "kind_twice", "quiet_hours_half"),
)
@signed_in
@blueprint.guarded
@blueprint.arguments(SettingsForm)
@blueprint.response(200, NoticeSettings)
def put(caller: Caller, form: dict[str, Any]) -> dict[str, Any]:
    """Say anew how I want to be told. Campaigns are ended for good at /me/follows/campaigns."""
    now = asking.current().now
    with Writing() as session:
        held = choices.locked(session, caller.account_id)
        etags.demand(held.version)
        wanted = replace(_wanted(form), large_type=held.large_type)
        choices.change(session, caller.account_id, wanted, now=now)
        return _shown(choices.of_account(session, caller.account_id))


def _wanted(form: Mapping[str, Any]) -> Preferences:
    if (form["quiet_from"] is None) is not (form["quiet_until"] is None):
        raise QuietHoursHalfError
    if len({one["kind"] for one in form["kinds"]}) < len(form["kinds"]):
        raise KindTwiceError
    chosen = {
        (one["kind"], outlet): bool(one[outlet.value]) for one in form["kinds"] for outlet in Outlet
    }
    return Preferences(
        language=form["language"],
        quiet_from=_hour(form["quiet_from"]),
        quiet_until=_hour(form["quiet_until"]),
        daily_most=form["daily_most"],
        digest=form["digest"],
        choices=chosen,
    )


def _hour(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


def _shown(held: Preferences) -> dict[str, Any]:
    hours = (held.quiet_from, held.quiet_until)
    first, last = (one.strftime("%H:%M") if one else None for one in hours)
    return {
        "language": held.language,
        "quiet_from": first,
        "quiet_until": last,
        "daily_most": held.daily_most,
        "digest": held.digest,
        "kinds": [_of_kind(held, kind) for kind in NoticeKind],
        "as_of": asking.current().now,
    }


def _of_kind(held: Preferences, kind: NoticeKind) -> dict[str, Any]:
    outlets = {one.value: held.wants(kind, one) for one in Outlet}
    if kind not in BY_SMS:
        outlets[Outlet.SMS.value] = None  # type: ignore[assignment]
    return {"kind": kind, "mandatory": kind in MANDATORY, "inbox": True} | outlets
