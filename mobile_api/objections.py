"""Objections (异议): the subject says that a public record is wrong."""

from functools import partial
from typing import Any

from core import objection
from core.objection import Grounds
from mobile_api import asking, receipts
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Choice, Question, RecordId, Text
from mobile_api.once import once
from mobile_api.receipts import CaseReceipt
from mobile_api.resource import Resource

blueprint = Resource("objections", description="异议申请")
blueprint.keep_private()


class ObjectionForm(Question):
    """What the app sends."""

    record_id = RecordId()
    grounds = Choice(Grounds, required=True, metadata={"description": "异议理由"})
    statement = Text(1, 2000, required=True, metadata={"description": "情况说明"})


@blueprint.post("")
@blueprint.doc(operationId="fileObjection", summary="提出异议", security=[{"bearer": []}])
@blueprint.refuses(*receipts.REFUSALS)
@signed_in
@once
@blueprint.arguments(ObjectionForm)
@blueprint.response(201, CaseReceipt, headers=receipts.LOCATION)
def file(caller: Caller, form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """File an objection."""
    return receipts.file(caller, partial(objection.file, **form, now=asking.current().now))
