"""Authorisations (授权): whom I let look at my credit, for what, until when; and no longer."""

from typing import Any

import marshmallow as ma

from core import authorisations, privacy
from core.authorisations import Authorisation, AuthorisationState, AuthorisedScope, Grant
from core.calendar import day
from core.db import Reading, Writing
from core.institutions import CheckPurpose, Institution
from mobile_api import asking, auth
from mobile_api.auth import Caller, signed_in, stepped_up
from mobile_api.fields import Answer, Choice, Day, Label, Moment, Question, Text
from mobile_api.once import once
from mobile_api.resource import Resource

blueprint = Resource("me/authorisations", description="我授权机构核查我的信用")
blueprint.keep_private()

_SECURITY: list[dict[str, list[str]]] = [{"bearer": []}]
_ME = ("unauthorised", "real_name_required")


class GrantForm(Question):
    """What the app sends to let an institution look."""

    institution = Text(
        18,
        40,
        required=True,
        metadata={"description": "机构的统一社会信用代码", "example": "91530100MA6K3Q5R8T"},
    )
    purpose = Choice(CheckPurpose, required=True, metadata={"description": "只能用于这个用途"})
    scope = Choice(AuthorisedScope, required=True, metadata={"description": "让它看什么"})
    until = Day(required=True, metadata={"description": "最后一天，最长一年"})


class OneAuthorisation(Answer):
    """One authorisation, with the code that the person hands to the institution."""

    code = ma.fields.String(metadata={"description": "授权码", "example": "7KQ2-M9XD-4TBV-W8RE"})
    institution = ma.fields.String(metadata={"description": "机构名称"})
    institution_uscc = ma.fields.String(metadata={"description": "机构的统一社会信用代码"})
    purpose = Choice(CheckPurpose)
    purpose_label = Label("CHECK_PURPOSES", of="purpose")
    scope = Choice(AuthorisedScope)
    scope_label = Label("AUTHORISED_SCOPES", of="scope")
    state = Choice(AuthorisationState)
    state_label = Label("AUTHORISATION_STATES", of="state")
    granted_at = Moment(metadata={"description": "授权时间"})
    until = ma.fields.Date(metadata={"description": "最后一天"})
    revoked_at = Moment(allow_none=True, metadata={"description": "撤销时间"})


class Authorisations(Answer):
    """What I granted, newest first; what was revoked stands last. 200 at most."""

    items = ma.fields.List(ma.fields.Nested(OneAuthorisation))


@blueprint.post("")
@blueprint.doc(operationId="grantAuthorisation", summary="授权一个机构核查我", security=_SECURITY)
@blueprint.refuses(
    *(*_ME, "step_up_required", "institution_not_found", "authorisation_term"),
    *("too_many_authorisations", "bad_json", "unsupported_media_type", "too_large"),
    "invalid_request",
)
@stepped_up
@once
@blueprint.arguments(GrantForm)
@blueprint.response(201, OneAuthorisation)
def grant(caller: Caller, form: dict[str, Any]) -> dict[str, Any]:
    """Let an institution look."""
    who, now = auth.person(caller), asking.current().now
    granted = Grant(form.pop("institution"), **form)
    with Writing() as session:
        made = authorisations.grant(session, who, granted, now=now)
        return _shown(made, session.get_one(Institution, made.institution_id))


@blueprint.get("")
@blueprint.doc(operationId="listAuthorisations", summary="查看我的授权", security=_SECURITY)
@blueprint.refuses(*_ME)
@signed_in
@blueprint.tagged
@blueprint.response(200, Authorisations)
def show(caller: Caller) -> dict[str, Any]:
    """List what I granted."""
    who = auth.person(caller)
    with Reading() as session:
        return {"items": [_shown(*one) for one in authorisations.of_person(session, who)]}


@blueprint.delete("/<code>")
@blueprint.doc(operationId="revokeAuthorisation", summary="撤销一项授权", security=_SECURITY)
@blueprint.refuses(*_ME, "authorisation_not_found")
@signed_in
@blueprint.response(204)
def revoke(caller: Caller, code: str) -> None:
    """End an authorisation at once; to end it twice is no fault."""
    who = auth.person(caller)
    with Writing() as session:
        authorisations.revoke(session, who, code, now=asking.current().now)


def _shown(made: Authorisation, institution: Institution) -> dict[str, Any]:
    return vars(made) | {
        "code": privacy.show_code(made.code),
        "institution": institution.name,
        "institution_uscc": institution.uscc,
        "state": made.state(day(asking.current().now)),
    }
