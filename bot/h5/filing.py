"""Filing (办理): may I, and then the form: an objection to a record, or its repair."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, drafts, guard, places, receipts, records, shown, uploads, words
from bot.h5.asking import Caller
from bot.h5.errors import IncompleteError, StaleError
from core import eligibility, objection, promises, repair
from core.applying import Form, Office
from core.cases import Case, CaseKind
from core.db import Writing
from core.eligibility import Answer, Eligibility, Need
from core.errors import CreditError, RecordNotFoundError
from core.objection import Grounds
from core.records import Record
from messages import labels

_FILERS = {"objection": objection.file, "repair": repair.apply}
_LONGEST = 2000


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""

    @blueprint.get("/records/<number>/eligibility")
    @guard.citizen()
    def eligibility(who: Caller, number: str) -> Response:
        return _eligible(who, _asked(who, number))

    @blueprint.get("/records/<number>/<any(objection,repair):kind>")
    @guard.citizen()
    def apply(who: Caller, number: str, kind: str) -> Response:
        found = _asked(who, number)
        if not _answer(found, kind).may:
            return _eligible(who, found)
        typed = drafts.take(who, f"{kind}:{number}")
        return _form(found, kind, typed)

    _add_filing(blueprint)


def _add_filing(blueprint: Blueprint) -> None:
    @blueprint.post("/records/<number>/<any(objection,repair):kind>")
    @guard.citizen(takes=uploads.TAKES)
    def file(who: Caller, number: str, kind: str) -> AnyResponse:
        typed = request.form.to_dict(flat=False)
        try:
            typed["evidence"] = list(uploads.taken(who))
            case = _filed(who, kind, number, typed=typed)
        except StaleError:
            drafts.keep(who, f"{kind}:{number}", typed)
            return redirect(url_for("h5.identity", next=request.path), 303)
        except CreditError as refusal:
            return _again(who, number, kind, typed=typed, refusal=refusal)
        return redirect(url_for("h5.my_case", code=case.receipt_code, done="filed"), 303)


def office() -> Office:
    """Return what applications are taken with."""
    parts = asking.current().parts
    return Office(parts.rules, parts.vault)


def statement(typed: drafts.Draft, *, required: bool = True) -> str:
    """Return what somebody wrote. Raises IncompleteError."""
    said = typed.get("statement", [""])[0].strip()[:_LONGEST]
    if required and not said:
        raise IncompleteError
    return said


def _filed(who: Caller, kind: str, number: str, *, typed: drafts.Draft) -> Case:
    now, id_ = asking.current().now, places.read_id(number)
    if id_ is None:
        raise RecordNotFoundError
    form = Form(
        statement=statement(typed),
        grounds=_grounds(kind, typed),
        evidence=tuple(typed["evidence"]),
        promised=typed.get("promised") == ["yes"],
        promise_version=typed.get("promise_version", [None])[0],
    )
    with Writing() as session:
        asker, filer = receipts.applicant(who), _FILERS[kind]
        case = filer(session, asker, id_, form=form, office=office(), now=now)
        receipts.demand_fresh(who, case)
    return case


def _grounds(kind: str, typed: drafts.Draft) -> tuple[str, ...]:
    if kind == "repair":
        return ()
    chosen = [
        Grounds(one) for one in dict.fromkeys(typed.get("grounds", [])) if one in set(Grounds)
    ]
    if not chosen:
        raise IncompleteError
    return tuple(chosen)


def _asked(who: Caller, number: str) -> Eligibility:
    """Ask core; what is on record about a person is shown to who has just proved to be it."""
    here, id_ = asking.current(), places.read_id(number)
    if id_ is None:
        raise RecordNotFoundError
    asker = receipts.applicant(who)
    with Writing() as session:
        found = eligibility.of(session, asker, id_, rules=here.parts.rules, now=here.now)
        if found.record.subject_id == who.subject_id:
            guard.fresh(who)
    return found


def _answer(found: Eligibility, kind: str) -> Answer:
    return found.repair if kind == CaseKind.REPAIR else found.objection


def _eligible(who: Caller, found: Eligibility) -> Response:
    answers = [_said(found.record, one) for one in (found.objection, found.repair)]
    return shown.show("eligibility.html", record=found.record, answers=answers, who=who)


def _said(record: Record, one: Answer) -> dict[str, object]:
    language, because = asking.current().language, records.basis(record.rule)
    opens = one.opens_on and because and labels.opens(one.opens_on, because, language)
    return {
        "kind": one.kind.value,
        "label": labels.label("CASE_KINDS", one.kind, language),
        "may": one.may,
        "reasons": [words.refusal(code, language) for code in one.reasons],
        "opens": opens or None,
        "needs": [labels.label("NEEDS", need, language) for need in one.needs],
        "working_days": one.working_days,
        "answered_by": one.answered_by,
    }


def _form(
    found: Eligibility, kind: str, typed: drafts.Draft, *, fault: str | None = None
) -> Response:
    language, answer = asking.current().language, _answer(found, kind)
    promise = labels.promise(promises.VERSION, language) if Need.PROMISE in answer.needs else None
    return shown.show(
        "filing.html",
        422 if fault else 200,
        record=found.record,
        kind=kind,
        answer=_said(found.record, answer),
        grounds=[(one, labels.label("GROUNDS", one, language)) for one in Grounds],
        promise=promise,
        promise_version=promises.VERSION,
        typed=typed,
        fault=fault,
        most=uploads.MOST,
    )


def _again(
    who: Caller, number: str, kind: str, *, typed: drafts.Draft, refusal: CreditError
) -> Response:
    """Show the form again with what was typed, unless it can never be filed like this."""
    found = _asked(who, number)
    if not _answer(found, kind).may:
        return _eligible(who, found)
    fault = words.refusal(refusal.code, asking.current().language)
    return _form(found, kind, typed, fault=fault)
