"""My cases (我的办件): all that was filed, how it stands, and what can still be done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, filing, guard, places, receipts, shown, uploads, words
from bot.h5.asking import Caller
from bot.h5.errors import ChangedError
from core import case_access, case_detail, own_cases, privacy, promises
from core.applying import Form
from core.calendar import day
from core.case_detail import Detail, Told
from core.cases import Action, Case, CaseEvent
from core.certificates import ledger as certificates
from core.db import Reading, Writing
from core.eligibility import Applicant
from core.evidence import ledger
from core.evidence.ledger import Evidence
from core.rules.reasons import worded
from messages import labels

_PAGE = 20
_DONE = ("filed", "supplement", "withdraw", "review", "resubmit")


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_steps(blueprint)

    @blueprint.get("/me/cases")
    @guard.citizen()
    def my_cases(who: Caller) -> Response:
        before = places.read_id(request.args.get("after"))
        with Reading() as session:
            mine = receipts.applicant(who)
            found = case_access.listing(session, mine, limit=_PAGE + 1, before=before)
            items = [receipts.progress(session, case) for case in found[:_PAGE]]
        following = found[_PAGE - 1].id if len(found) > _PAGE else None
        return shown.show("cases.html", items=items, following=following)

    @blueprint.get("/me/cases/<code>")
    @guard.citizen()
    def my_case(who: Caller, code: str) -> Response:
        return _shown(who, code)


def _add_steps(blueprint: Blueprint) -> None:
    @blueprint.post("/me/cases/<code>/<any(supplement,withdraw,review,resubmit):step>")
    @guard.citizen(takes=uploads.TAKES)
    def step_case(who: Caller, code: str, step: str) -> AnyResponse:
        _demand_fresh(who, code)  # before files are taken that would have to be sent again
        with_files = step != "withdraw"
        evidence = uploads.taken(who) if with_files else ()
        form = _form(evidence, required=step in ("supplement", "review"))
        with Writing() as session:
            mine = receipts.applicant(who)
            case = case_access.of_applicant(session, code, mine, locked=True)
            if request.form.get("version") != str(case.version):
                raise ChangedError
            now_at = _STEPS[step](_Step(session, mine, case, form)) or case
            found = privacy.show_code(now_at.receipt_code)
        return redirect(url_for("h5.my_case", code=found, done=step), 303)


@dataclass(frozen=True)
class _Step:
    """A step about to be taken: on which case, by whom, with what."""

    session: Any  # core's
    by: Applicant
    case: Case
    form: Form


def _supplement(step: _Step) -> None:
    given: dict[str, Any] = {"office": filing.office(), "now": asking.current().now}
    own_cases.supplement(step.session, step.by, step.case, form=step.form, **given)


def _withdraw(step: _Step) -> None:
    here = asking.current()
    own_cases.withdraw(step.session, step.by, step.case, rules=here.parts.rules, now=here.now)


def _review(step: _Step) -> Case:
    given: dict[str, Any] = {"office": filing.office(), "now": asking.current().now}
    return own_cases.review(step.session, step.by, step.case, form=step.form, **given)


def _resubmit(step: _Step) -> Case:
    given: dict[str, Any] = {"office": filing.office(), "now": asking.current().now}
    return own_cases.resubmit(step.session, step.by, step.case, form=step.form, **given)


_STEPS: dict[str, Callable[[_Step], Case | None]] = {
    "supplement": _supplement,
    "withdraw": _withdraw,
    "review": _review,
    "resubmit": _resubmit,
}


def _demand_fresh(who: Caller, code: str) -> None:
    with Reading() as session:
        case = case_access.of_applicant(session, code, receipts.applicant(who))
        receipts.demand_fresh(who, case)


def _form(evidence: tuple[str, ...], *, required: bool) -> Form:
    typed = request.form.to_dict(flat=False)
    return Form(
        statement=filing.statement(typed, required=required),
        evidence=evidence,
        promised=request.form.get("promised") == "yes",
        promise_version=request.form.get("promise_version"),
    )


def _shown(who: Caller, code: str) -> Response:
    here, asker = asking.current(), receipts.applicant(who)
    with Writing() as session:
        found = case_detail.read(session, asker, code, office=filing.office(), now=here.now)
        receipts.demand_fresh(who, found.case)
        progress = receipts.progress(session, found.case)
        certificate = certificates.of_case(session, found.case.id)
    done = request.args.get("done")
    return shown.show(
        "case.html",
        case=progress,
        certificate=certificate,
        found=found,
        grounds=[labels.label("GROUNDS", one, here.language) for one in _codes(found.case.grounds)],
        steps=[_step(found, told) for told in found.steps],
        files_=[_file(one) for one in found.evidence],
        promise=_promise(found.case.promise_version),
        current_promise=(promises.VERSION, _promise(promises.VERSION)),
        review=found.review and privacy.show_code(found.review.receipt_code),
        first=found.first and privacy.show_code(found.first.receipt_code),
        possible={one.value for one in found.possible},
        done=words.texts(here.language)[f"done_{done}"] if done in _DONE else None,
        most=uploads.MOST,
    )


def _codes(text: str | None) -> list[str]:
    return text.split(",") if text else []


def _promise(version: str | None) -> str | None:
    return labels.promise(version, asking.current().language) if version else None


def _step(found: Detail, told: Told) -> dict[str, Any]:
    language, event = asking.current().language, told.event
    role = event.who.partition(":")[0]
    by = role if role in ("applicant", "staff") else "system"
    return {
        "at": event.at,
        "action": labels.label("ACTIONS", event.action or Action.MOVED, language),
        "state": labels.case_state(found.case.kind, event.state, language),
        "by": labels.label("ACTORS", by, language),
        "reasons": [_reason(event, code) for code in _codes(event.reasons)],
        "text": told.text,
    }


def _reason(event: CaseEvent, code: str) -> tuple[str, str | None]:
    """Say why, in the words of that day."""
    here = asking.current()
    row = worded(here.parts.rules.reasons, code, day(event.at))
    return row.said(here.language) if row else (labels.other(here.language), None)


def _file(one: Evidence) -> dict[str, str | None]:
    here = asking.current()
    flaw = labels.label("FLAWS", one.flaw, here.language) if one.flaw else None
    state = labels.label("EVIDENCE_STATES", one.state, here.language)
    name = here.parts.vault.open(one.name_sealed, ledger.NAME)
    return {"name": name, "state": state, "flaw": flaw}
