"""Objections (异议): the subject says that a record of its own is wrong."""

from functools import partial
from typing import Any

import marshmallow as ma

from core import objection
from core.objection import Grounds
from mobile_api import asking, filing, receipts
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Choice, Question, RecordId
from mobile_api.filing import EvidenceIds
from mobile_api.once import once_while
from mobile_api.receipts import OwnCase
from mobile_api.resource import Resource

blueprint = Resource("objections", description="异议申请")
blueprint.keep_private()


class ObjectionForm(Question):
    """What the app sends."""

    record_id = RecordId()
    grounds = ma.fields.List(
        Choice(Grounds),
        required=True,
        validate=ma.validate.Length(1, len(Grounds), error="items {min} {max}"),
        error_messages={"invalid": "list", "null": "null", "required": "required"},
        metadata={"description": "异议理由，可以有几个", "example": ["wrong"]},
    )
    statement = filing.statement("情况说明")
    evidence = EvidenceIds()


@blueprint.post("")
@blueprint.doc(operationId="fileObjection", summary="提出异议", security=[{"bearer": []}])
@blueprint.refuses(*receipts.REFUSALS, "not_entitled", "not_published")
@signed_in
@once_while(receipts.judge_again)
@blueprint.arguments(ObjectionForm)
@blueprint.response(201, OwnCase, headers=receipts.LOCATION)
def file(caller: Caller, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """File an objection to a record of one's own, or of the entity that one represents."""
    given["grounds"] = dict.fromkeys(given["grounds"])
    form, now = filing.read(given), asking.current().now
    filed = partial(objection.file, record_id=given["record_id"], form=form)
    return receipts.file(caller, partial(filed, office=filing.office(), now=now))
