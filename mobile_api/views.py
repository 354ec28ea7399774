"""Views (谁查看过): who read the data of the person, or of the organisation, and for what."""

from typing import Any

import marshmallow as ma

from core import dossier
from core.db import Reading
from core.dossier import Look
from mobile_api import asking, auth, own, paging, words
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Moment
from mobile_api.own import About
from mobile_api.paging import PageQuery
from mobile_api.resource import Resource

blueprint = Resource("me/views", description="谁查看过我的数据，为了什么")
blueprint.keep_private()


class ViewsQuery(PageQuery):
    """Whose data, and which part of the list."""

    about = Choice(
        About, load_default=About.PERSON, metadata={"description": "本人的数据，或本单位的"}
    )
    limit = paging.limit(100, 50)


class ViewedField(Answer):
    """One kind of data that was read."""

    code = ma.fields.String(metadata={"description": "固定代码", "example": "records"})
    label = ma.fields.String(metadata={"description": "名称", "example": "信用记录"})


class DataView(Answer):
    """One look at one's data."""

    at = Moment(metadata={"description": "查看时间"})
    role = ma.fields.String(metadata={"description": "查看者的身份（代码）", "example": "self"})
    role_label = ma.fields.String(metadata={"description": "查看者的身份", "example": "您本人"})
    who = ma.fields.String(
        allow_none=True, metadata={"description": "查看的机构；不是机构时为 null"}
    )
    is_own = ma.fields.Boolean(metadata={"description": "是不是您自己查看"})
    purpose = ma.fields.String(metadata={"description": "用途（代码）", "example": "own_file"})
    purpose_label = ma.fields.String(metadata={"description": "用途", "example": "查看本人信用"})
    legal_basis = ma.fields.String(metadata={"description": "法律依据"})
    data = ma.fields.List(ma.fields.Nested(ViewedField), metadata={"description": "看了什么"})


class DataViews(Answer):
    """One page of looks, newest first."""

    items = ma.fields.List(ma.fields.Nested(DataView))
    next_cursor = paging.next_cursor()
    as_of = Moment(metadata={"description": "查询时间"})


@blueprint.get("")
@blueprint.doc(operationId="listDataViews", summary="查看谁看过我的数据", security=own.BEARER)
@blueprint.refuses(
    *("unauthorised", "real_name_required", "not_entitled", "entity_not_found"),
    *("bad_cursor", "invalid_request"),
)
@signed_in
@blueprint.tagged
@blueprint.arguments(ViewsQuery, location="query")
@blueprint.response(200, DataViews)
def show(caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
    """List who looked; one's own looks are marked as such."""
    of_person = given["about"] is About.PERSON
    subject_id = auth.person(caller) if of_person else own.organisation(caller)
    page = paging.wanted(f"views:{subject_id}", given)
    with Reading() as session:
        found = dossier.looks(session, subject_id, limit=page.and_one, before=page.after)
    return {
        "items": [_shown(look) for look in found[: page.limit]],
        "next_cursor": page.following(found),
        "as_of": asking.current().now,
    }


def _shown(look: Look) -> dict[str, Any]:
    language = asking.current().language
    return vars(look) | {
        "role_label": words.look("LOOK_ROLES", look.role, language),
        "is_own": look.role == "self",
        "purpose_label": words.look("LOOK_PURPOSES", look.purpose, language),
        "data": [
            {"code": code, "label": words.look("LOOK_FIELDS", code, language)}
            for code in look.fields
        ],
    }
