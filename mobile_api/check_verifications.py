"""Verifying a check (核验): is this answer ours, unchanged? Anybody may ask, not too often."""

from typing import Any

import marshmallow as ma

from core.checks import batches, ledger
from core.db import Reading
from mobile_api import asking, limits
from mobile_api.checks import FORM_REFUSALS, NUMBER
from mobile_api.fields import Answer, Moment, Question, Text
from mobile_api.resource import Resource

blueprint = Resource("check-verifications", description="核验核查结果是不是我们给出的")


class CheckProof(Question):
    """By what a check is verified."""

    check_no = Text(1, 40, required=True, metadata=NUMBER)
    sha256 = Text(64, 64, required=True, metadata={"description": "核查结果的散列"})


class CheckVerification(Answer):
    """Whether an answer is ours; of one that is not all the rest is null."""

    genuine = ma.fields.Boolean(metadata={"description": "编号和散列是否与我们给出的相符"})
    as_of = Moment(allow_none=True, metadata={"description": "信息截至"})
    verified_at = Moment(metadata={"description": "核验时间"})


@blueprint.post("")
@blueprint.doc(operationId="verifyCheck", summary="凭编号和散列核验核查结果")
@blueprint.refuses(*FORM_REFUSALS)
@limits.at_most(limits.GUESSES, per="address")
@blueprint.arguments(CheckProof)
@blueprint.response(200, CheckVerification)
def verify(form: dict[str, Any]) -> dict[str, Any]:
    """Say whether an answer is ours, unchanged; a wrong number and a wrong hash look alike."""
    with Reading() as session:
        found = ledger.ours(session, **form) or batches.ours(session, **form)
    genuine = found is not None
    as_of = found.as_of if found else None
    return {"genuine": genuine, "as_of": as_of, "verified_at": asking.current().now}
