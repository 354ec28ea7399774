"""Repairs (信用修复): the subject asks that a settled record come down early."""

from functools import partial
from typing import Any

from core import repair
from mobile_api import asking, filing, receipts
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Question, RecordId
from mobile_api.filing import EvidenceIds
from mobile_api.once import once_while
from mobile_api.receipts import OwnCase
from mobile_api.resource import Resource

blueprint = Resource("repairs", description="信用修复申请")
blueprint.keep_private()


class RepairForm(Question):
    """What the app sends."""

    record_id = RecordId()
    statement = filing.statement("整改和履行情况说明")
    evidence = EvidenceIds()
    promised = filing.promised()
    promise_version = filing.promise_version()


@blueprint.post("")
@blueprint.doc(operationId="applyForRepair", summary="申请信用修复", security=[{"bearer": []}])
@blueprint.refuses(
    *receipts.REFUSALS,
    *("not_entitled", "not_published", "repair_too_early", "not_repairable", "promise_missing"),
    "promise_outdated",
)
@signed_in
@once_while(receipts.judge_again)
@blueprint.arguments(RepairForm)
@blueprint.response(201, OwnCase, headers=receipts.LOCATION)
def apply(caller: Caller, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Apply for the repair of a record of one's own, or of the entity that one represents."""
    form, now = filing.read(given), asking.current().now
    filed = partial(repair.apply, record_id=given["record_id"], form=form)
    return receipts.file(caller, partial(filed, office=filing.office(), now=now))
