"""What an applicant does about a case: supplement, withdraw, ask for a review, file it again."""

from collections.abc import Callable
from functools import partial
from typing import Any

from core import case_access, own_cases
from core.cases import Case
from core.db import Writing
from core.eligibility import Applicant
from mobile_api import asking, etags, filing, my_cases, receipts
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Question
from mobile_api.filing import EvidenceIds
from mobile_api.once import once_while
from mobile_api.receipts import OwnCase

blueprint = my_cases.blueprint

_BODY = ("bad_json", "unsupported_media_type", "too_large", "invalid_request")
_FILES = ("daily_limit", "evidence_not_found", "evidence_attached", "evidence_unfit")
_REFUSALS = ("unauthorised", "step_up_required", "case_not_found")


class SupplementForm(Question):
    """What is added."""

    statement = filing.statement("补充说明")
    evidence = EvidenceIds()


class ReviewForm(Question):
    """Why it should be looked at again."""

    statement = filing.statement("为什么不服")
    evidence = EvidenceIds()


class ResubmissionForm(Question):
    """What is new; the earlier text and files come along."""

    statement = filing.statement("新的情况说明；不填就用原来的", required=False)
    evidence = EvidenceIds()
    promised = filing.promised()
    promise_version = filing.promise_version()


@blueprint.post("/<code>/supplements")
@blueprint.doc(operationId="supplementCase", summary="补充材料", security=[{"bearer": []}])
@blueprint.refuses(*_REFUSALS, *_BODY, *_FILES, "case_closed", "too_much_evidence")
@signed_in
@once_while(receipts.judge_again)
@blueprint.guarded
@blueprint.arguments(SupplementForm)
@blueprint.response(200, OwnCase)
def supplement(caller: Caller, given: dict[str, Any], code: str) -> dict[str, Any]:
    """Add a text and files while a case is open; one that waited for them goes on."""
    form, now = filing.read(given), asking.current().now
    step = partial(own_cases.supplement, form=form, office=filing.office(), now=now)
    return _stepped(caller, code, step)


@blueprint.post("/<code>/withdrawal")
@blueprint.doc(operationId="withdrawCase", summary="撤回申请", security=[{"bearer": []}])
@blueprint.refuses(*_REFUSALS, "case_closed")
@signed_in
@once_while(receipts.judge_again)
@blueprint.guarded
@blueprint.response(200, OwnCase)
def withdraw(caller: Caller, code: str) -> dict[str, Any]:
    """Take a case back before it is decided."""
    asked = asking.current()
    step = partial(own_cases.withdraw, rules=asked.parts.rules, now=asked.now)
    return _stepped(caller, code, step)


@blueprint.post("/<code>/review")
@blueprint.doc(operationId="reviewCase", summary="申请复核", security=[{"bearer": []}])
@blueprint.refuses(
    *(*_REFUSALS, *_BODY, *_FILES),
    *("not_reviewable", "already_reviewed", "review_too_late", "already_open"),
)
@signed_in
@once_while(receipts.judge_again)
@blueprint.guarded
@blueprint.arguments(ReviewForm)
@blueprint.response(201, OwnCase, headers=receipts.LOCATION)
def review(
    caller: Caller, given: dict[str, Any], code: str
) -> tuple[dict[str, Any], dict[str, str]]:
    """Ask once, within the term, that a refusal be looked at again by somebody else."""
    form, now = filing.read(given), asking.current().now

    def filed(session: Any, who: Applicant) -> Case:  # noqa: ANN401 - core's session
        case = case_access.of_applicant(session, code, who, locked=True)
        etags.demand(case.version)
        return own_cases.review(session, who, case, form=form, office=filing.office(), now=now)

    return receipts.file(caller, filed)


@blueprint.post("/<code>/resubmission")
@blueprint.doc(operationId="resubmitCase", summary="重新提交", security=[{"bearer": []}])
@blueprint.refuses(
    *(*_REFUSALS, *_BODY, *_FILES, "not_resubmittable", "record_not_found", "not_entitled"),
    *("not_published", "already_open", "repair_too_early", "not_repairable", "promise_missing"),
    *("department_not_found", "too_many_cases", "promise_outdated"),
)
@signed_in
@once_while(receipts.judge_again)
@blueprint.guarded
@blueprint.arguments(ResubmissionForm)
@blueprint.response(201, OwnCase, headers=receipts.LOCATION)
def resubmit(
    caller: Caller, given: dict[str, Any], code: str
) -> tuple[dict[str, Any], dict[str, str]]:
    """File again what was turned down or withdrawn, with its files and perhaps new ones."""
    form, now = filing.read(given), asking.current().now

    def filed(session: Any, who: Applicant) -> Case:  # noqa: ANN401 - core's session
        case = case_access.of_applicant(session, code, who, locked=True)
        etags.demand(case.version)
        return own_cases.resubmit(session, who, case, form=form, office=filing.office(), now=now)

    return receipts.file(caller, filed)


def _stepped(
    caller: Caller, code: str, step: Callable[[Any, Applicant, Case], Any]
) -> dict[str, Any]:
    with Writing() as session:
        who = receipts.applicant(caller)
        case = case_access.of_applicant(session, code, who, locked=True)
        receipts.demand_fresh(caller, case)
        etags.demand(case.version)
        step(session, who, case)
        return receipts.own(session, case)
