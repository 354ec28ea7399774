"""Checks of natural persons: by the code of their authorisation, never by a number of theirs."""

from typing import Any

import marshmallow as ma

from core.authorisations import AuthorisedScope
from core.checks import persons
from core.checks.ledger import Order
from core.db import Writing
from core.institutions import Holder, Scope
from mobile_api import asking, checks, keys
from mobile_api.checks import CheckedListing, CheckHead, OrderForm
from mobile_api.fields import Choice, Label, Text
from mobile_api.keys import with_key
from mobile_api.once import once_while
from mobile_api.resource import Resource

blueprint = Resource("person-checks", description="经本人授权核查自然人")
blueprint.keep_private()


class PersonCheckForm(OrderForm):
    """What an institution sends to check a person."""

    authorisation = Text(
        1, 40, required=True, metadata={"description": "本人给的授权码，连字符和大小写不限"}
    )


class PersonCheck(CheckHead):
    """The answer about one person. It is given once: we keep its number and hash only."""

    scope = Choice(AuthorisedScope)
    scope_label = Label("AUTHORISED_SCOPES", of="scope")
    name = ma.fields.String(metadata={"description": "本人姓名，供机构核对"})
    serious_dishonesty = ma.fields.Boolean(
        metadata={"description": "是否在严重失信主体名单上（含失信被执行人）"}
    )
    records = ma.fields.List(
        ma.fields.Nested(CheckedListing),
        metadata={"description": "授权范围是 records 时，被授权人可以看的记录"},
    )


@blueprint.arguments(PersonCheckForm)
def _judge_again(_: object, holder: Holder, form: dict[str, Any]) -> None:
    code = form.pop("authorisation")
    with Writing() as session:
        persons.look_again(session, Order(holder, **form), code=code, now=asking.current().now)


@blueprint.post("")
@blueprint.doc(operationId="checkPerson", summary="经授权核查一个人", security=keys.SECURITY)
@blueprint.refuses(*keys.REFUSALS, "authorisation_not_found", *checks.FORM_REFUSALS)
@with_key(Scope.CHECK_PERSONS)
@once_while(_judge_again)
@blueprint.arguments(PersonCheckForm)
@blueprint.response(201, PersonCheck)
def check(holder: Holder, form: dict[str, Any]) -> dict[str, Any]:
    """Check a person; the person sees who looked, for what, on which basis."""
    asked, code = asking.current(), form.pop("authorisation")
    parts, order = asked.parts, Order(holder, **form)
    with Writing() as session:
        told = persons.check(
            session, parts.rules, order, code=code, vault=parts.vault, now=asked.now
        )
    shown = vars(told) | {"records": [checks.listing(one) for one in told.records]}
    return vars(told.check) | checks.said() | shown
