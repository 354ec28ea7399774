"""My interests (宣传对象): my setting and places, so that campaigns for them reach me."""

from typing import Any

import marshmallow as ma

from core import interests
from core.account_errors import PlaceUnknownError
from core.db import Reading, Writing
from core.interests import Interests, Setting
from mobile_api import asking
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Label, Moment, Question, Text
from mobile_api.resource import Resource

blueprint = Resource("me/interests", description="宣传对象：六进和地方，由您自己填")
blueprint.keep_private()

_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}]
_MOST = 20
_PLACES = "区县代码（见 districts 代码表）或开发区名称"


class InterestsForm(Question):
    """All that I say of myself; what is left out is said no more."""

    settings = ma.fields.List(
        Choice(Setting),
        load_default=list,
        validate=ma.validate.Length(0, len(Setting), error="items {min} {max}"),
        metadata={"description": "属于六进的哪些"},
    )
    places = ma.fields.List(
        Text(1, 50, metadata={"description": _PLACES, "example": "530102"}),
        load_default=list,
        validate=ma.validate.Length(0, _MOST, error="items {min} {max}"),
        metadata={"description": "在哪些地方"},
    )


class NamedSetting(Answer):
    """One of the six settings."""

    code = Choice(Setting)
    label = Label("CAMPAIGN_SETTINGS", of="code")


class MyInterests(Answer):
    """What I say of myself."""

    settings = ma.fields.List(
        ma.fields.Nested(NamedSetting), metadata={"description": "属于六进的哪些"}
    )
    places = ma.fields.List(
        ma.fields.String(metadata={"description": _PLACES, "example": "530102"}),
        metadata={"description": "在哪些地方"},
    )
    as_of = Moment(metadata={"description": "查询时间"})


@blueprint.get("")
@blueprint.doc(operationId="getInterests", summary="宣传对象", security=_SECURITY)
@blueprint.refuses("unauthorised")
@signed_in
@blueprint.tagged
@blueprint.response(200, MyInterests)
def show(caller: Caller) -> dict[str, Any]:
    """Show what I say of myself."""
    with Reading() as session:
        return _shown(interests.of_account(session, caller.account_id))


@blueprint.put("")
@blueprint.doc(operationId="putInterests", summary="更改宣传对象", security=_SECURITY)
@blueprint.refuses(
    *("unauthorised", "bad_json", "unsupported_media_type", "too_large", "invalid_request"),
    "place_unknown",
)
@signed_in
@blueprint.arguments(InterestsForm)
@blueprint.response(200, MyInterests)
def put(caller: Caller, form: dict[str, Any]) -> dict[str, Any]:
    """Say anew to what I belong. Again is the same."""
    known = {one.code or one.name for one in asking.current().parts.rules.places}
    if not known.issuperset(form["places"]):
        raise PlaceUnknownError
    said = Interests(tuple(form["settings"]), tuple(form["places"]))
    with Writing() as session:
        interests.change(session, caller.account_id, said)
        return _shown(interests.of_account(session, caller.account_id))


def _shown(held: Interests) -> dict[str, Any]:
    settings = [{"code": one} for one in held.settings]
    return {"settings": settings, "places": held.places, "as_of": asking.current().now}
