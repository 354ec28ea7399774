"""Stepping: a form of the case page read, and the step of core that it stands for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from core.applying import Office
from core.calendar import day
from core.cases import Case, CaseState
from core.casework import deciding, steps
from core.casework.deciding import Plan
from core.casework.held import Seen
from core.casework.possible import StaffStep
from core.casework.saying import Say
from core.proposals import Remedy
from core.rules import Rulebook
from core.rules.reasons import Outcome, Reason, offered
from core.staff.members import Staff

_LONGEST = 2000


@dataclass(frozen=True)
class Form:
    """What was typed: kept and shown again when a step is refused."""

    version: int = 0
    reasons: tuple[str, ...] = ()
    text: str = ""
    outcome: str = ""
    remedy: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Doing:
    """Who acts, when, in which transaction."""

    session: Any
    staff: Staff
    now: datetime
    office: Office


def read(given: MultiDict[str, str]) -> Form:
    """Read a form; what is no choice of ours is left out."""
    version = given.get("version", "")
    names = [name.removeprefix("field:") for name in given if name.startswith("field:")]
    changes = {name: given[f"field:{name}"][:_LONGEST].strip() for name in names}
    return Form(
        version=int(version) if version.isascii() and version.isdigit() else 0,
        reasons=tuple(given.getlist("reasons"))[:10],
        text=given.get("text", "")[:_LONGEST],
        outcome=given.get("outcome", ""),
        remedy=given.get("remedy", ""),
        changes={name: text for name, text in changes.items() if text},
    )


def reasons(case: Case, rules: Rulebook, now: datetime) -> dict[str, list[Reason]]:
    """List the templates that a case offers, by outcome."""
    today = day(now)
    return {one: list(offered(rules.reasons, case.kind, one, on=today)) for one in Outcome}


def _plain(step: Callable[..., Any]) -> Callable[[Doing, int, Form], Any]:
    def take(doing: Doing, case_id: int, form: Form) -> Any:  # noqa: ANN401 - core's answer
        seen = Seen(case_id, form.version)
        return step(doing.session, doing.staff, seen, office=doing.office, now=doing.now)

    return take


def _silent(step: Callable[..., Any]) -> Callable[[Doing, int, Form], Any]:
    def take(doing: Doing, case_id: int, form: Form) -> Any:  # noqa: ANN401
        return step(doing.session, doing.staff, Seen(case_id, form.version), now=doing.now)

    return take


def _said(step: Callable[..., Any]) -> Callable[[Doing, int, Form], Any]:
    def take(doing: Doing, case_id: int, form: Form) -> Any:  # noqa: ANN401
        seen, say = Seen(case_id, form.version), Say(form.reasons, form.text)
        return step(doing.session, doing.staff, seen, say=say, office=doing.office, now=doing.now)

    return take


def _propose(doing: Doing, case_id: int, form: Form) -> None:
    outcome = CaseState.UPHELD if form.outcome == CaseState.UPHELD else CaseState.REFUSED
    upheld = outcome is CaseState.UPHELD
    remedy = next((one for one in Remedy if upheld and one == form.remedy), None)
    changes = form.changes if remedy is Remedy.CORRECT else None
    plan = Plan(outcome, Say(form.reasons, form.text), remedy, changes or None)
    seen = Seen(case_id, form.version)
    deciding.propose(
        doing.session, doing.staff, seen, plan=plan, office=doing.office, now=doing.now
    )


def _send_back(doing: Doing, case_id: int, form: Form) -> None:
    seen = Seen(case_id, form.version)
    deciding.send_back(
        doing.session, doing.staff, seen, why=form.text, office=doing.office, now=doing.now
    )


STEPS: Mapping[StaffStep, Callable[[Doing, int, Form], Any]] = {
    StaffStep.TAKE: _silent(steps.take),
    StaffStep.ANNOTATE: _plain(steps.annotate),
    StaffStep.FORWARD: _plain(steps.forward),
    StaffStep.ACCEPT: _plain(steps.accept),
    StaffStep.WANT_SUPPLEMENT: _said(steps.want_supplement),
    StaffStep.EXTEND: _said(steps.extend),
    StaffStep.PROPOSE: _propose,
    StaffStep.NOT_ACCEPT: _said(steps.not_accept),
    StaffStep.TAKE_BACK: _silent(deciding.take_back),
    StaffStep.CONFIRM: _plain(deciding.confirm),
    StaffStep.SEND_BACK: _send_back,
}
