"""Complaints (投诉): about how a record was handled, about a department, about our service."""

from functools import partial
from typing import Any

import marshmallow as ma

from core import complaint
from core.complaint import Matter, Target
from mobile_api import asking, filing, receipts
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Choice, Question, RowId
from mobile_api.filing import EvidenceIds
from mobile_api.once import once_while
from mobile_api.receipts import OwnCase
from mobile_api.resource import Resource

blueprint = Resource("complaints", description="投诉")
blueprint.keep_private()


class ComplaintForm(Question):
    """What the app sends."""

    about = Choice(Matter, required=True, metadata={"description": "投诉什么"})
    record_id = RowId(metadata={"description": "关于哪条记录，可以不填", "example": "1024"})
    department_id = RowId(metadata={"description": "投诉哪个单位", "example": "7"})
    statement = filing.statement("情况说明")
    evidence = EvidenceIds()

    @ma.validates_schema
    def named(self, given: dict[str, Any], **_: object) -> None:
        """Ask which department it is about, if it is about one."""
        if given.get("about") is Matter.DEPARTMENT and "department_id" not in given:
            raise ma.ValidationError("required", "department_id")


@blueprint.post("")
@blueprint.doc(operationId="fileComplaint", summary="投诉", security=[{"bearer": []}])
@blueprint.refuses(
    *(code for code in receipts.REFUSALS if code != "already_open"),
    *("department_not_found", "too_many_cases"),
)
@signed_in
@once_while(receipts.judge_again)
@blueprint.arguments(ComplaintForm)
@blueprint.response(201, OwnCase, headers=receipts.LOCATION)
def file(caller: Caller, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """File a complaint; who is complained about does not decide it."""
    target = Target(given["about"], given.get("record_id"), given.get("department_id"))
    form, now = filing.read(given), asking.current().now
    filed = partial(complaint.file, target=target, form=form, office=filing.office(), now=now)
    return receipts.file(caller, filed)
