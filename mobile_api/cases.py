"""Cases (办件): progress by receipt code, without a login: step, holder and deadline only."""

from typing import Any

from core import cases
from core.db import Reading
from mobile_api import limits, receipts
from mobile_api.receipts import CaseProgress
from mobile_api.resource import Resource

blueprint = Resource("cases", description="凭受理编号查进度，不用登录")
blueprint.keep_private()


@blueprint.get("/<code>")
@blueprint.doc(operationId="getCase", summary="凭受理编号查进度")
@blueprint.refuses("case_not_found")
@limits.at_most(limits.GUESSES, per="address")
@blueprint.tagged
@blueprint.response(200, CaseProgress)
def show(code: str) -> dict[str, Any]:
    """Show where a case stands; hyphens and lower case in its code are forgiven."""
    with Reading() as session:
        return receipts.progress(session, cases.by_code(session, code))
