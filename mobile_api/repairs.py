"""Repairs (信用修复): the subject asks that a settled record come down early."""

from functools import partial
from typing import Any

from core import repair
from mobile_api import asking, receipts
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Question, RecordId, Text
from mobile_api.once import once
from mobile_api.receipts import CaseReceipt
from mobile_api.resource import Resource

blueprint = Resource("repairs", description="信用修复申请")
blueprint.keep_private()


class RepairForm(Question):
    """What the app sends."""

    record_id = RecordId()
    statement = Text(1, 2000, required=True, metadata={"description": "整改和履行情况说明"})


@blueprint.post("")
@blueprint.doc(operationId="applyForRepair", summary="申请信用修复", security=[{"bearer": []}])
@blueprint.refuses(*receipts.REFUSALS, "repair_too_early", "not_repairable")
@signed_in
@once
@blueprint.arguments(RepairForm)
@blueprint.response(201, CaseReceipt, headers=receipts.LOCATION)
def apply(caller: Caller, form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Apply for repair."""
    return receipts.file(caller, partial(repair.apply, **form, now=asking.current().now))
