"""Data requests (个人信息请求): to see, have, correct or delete what is held of oneself."""

from functools import partial
from typing import Any

import marshmallow as ma

from core import data_request
from core.data_request import Right
from mobile_api import asking, auth, filing, receipts
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Choice, Question
from mobile_api.filing import EvidenceIds
from mobile_api.once import once_while
from mobile_api.receipts import OwnCase
from mobile_api.resource import Resource

blueprint = Resource("data-requests", description="个人信息请求")
blueprint.keep_private()


class DataRequestForm(Question):
    """What the app sends."""

    rights = ma.fields.List(
        Choice(Right),
        required=True,
        validate=ma.validate.Length(1, len(Right), error="items {min} {max}"),
        error_messages={"invalid": "list", "null": "null", "required": "required"},
        metadata={"description": "要求什么，可以有几项", "example": ["access", "copy"]},
    )
    statement = filing.statement("具体要求：哪些信息，怎样处理")
    evidence = EvidenceIds()


@blueprint.post("")
@blueprint.doc(operationId="fileDataRequest", summary="提出个人信息请求", security=[{"bearer": []}])
@blueprint.refuses(
    *(code for code in receipts.REFUSALS if code not in {"already_open", "record_not_found"}),
    *("real_name_required", "too_many_cases"),
)
@signed_in
@once_while(receipts.judge_again)
@blueprint.arguments(DataRequestForm)
@blueprint.response(201, OwnCase, headers=receipts.LOCATION)
def file(caller: Caller, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """File a request about one's own data, having just proved again who one is."""
    auth.person(auth.fresh(caller))
    given["grounds"] = dict.fromkeys(given.pop("rights"))
    form, now = filing.read(given), asking.current().now
    filed = partial(data_request.file, form=form, office=filing.office(), now=now)
    return receipts.file(caller, filed)
