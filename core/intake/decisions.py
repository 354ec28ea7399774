"""Decisions: what a penalty, a licence or a listing means under the rules."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import lru_cache

from core.intake import defaulters, door, registrations, removals, ruled, statements
from core.intake.given import Given
from core.intake.layouts import Layout, LayoutName
from core.intake.lines import Line
from core.intake.reasons import Fault, Reason
from core.intake.registrations import Registration
from core.intake.removals import Removal
from core.intake.rows import Content, Known, Row, made, short
from core.records import RecordKind, RecordState

_COUNTERPARTIES = frozenset(("法人及非法人组织", "个体工商户"))
Answer = Row | Removal | Registration | list[Fault]
_IN_FORCE = frozenset(("1", "有效"))


def read(line: Line, layout: Layout, known: Known) -> Answer:
    """Read one line: a row to load, a removal, or every reason why it is sent back."""
    if line.fault:
        return [_unreadable(line, layout)]
    given = Given(line.number, layout, line.cells)
    if _is_kept_out(given, known):
        return _refused(given)
    given.check()
    if _is_not_theirs(given, known):
        return _refused(given)
    event_date = _event_date(given, known.today)
    if layout.name is LayoutName.REMOVAL:
        return removals.read(given, known, event_date)
    if layout.name is LayoutName.REGISTRATION:
        return registrations.read(given, known, event_date)
    return _row(given, known, event_date)


def _is_not_theirs(given: Given, known: Known) -> bool:
    """Blame a row that speaks for another body than whoever sent the file may speak for."""
    if known.speaks_for is None:
        return False
    is_registration = given.layout.name is LayoutName.REGISTRATION
    source = given.raw("source_department") or given.raw("authority")
    if not is_registration and source in known.speaks_for:
        return False
    given.blame("counterparty_name" if is_registration else "authority", Reason.NOT_YOURS)
    return True


def _is_kept_out(given: Given, known: Known) -> bool:
    if given.layout.name is LayoutName.JUDGMENT_DEFAULTER:
        defaulters.settle(given)
    if not _refused(given):
        door.refuses(given, known.rules, today=known.today)
    return bool(_refused(given))


def _row(given: Given, known: Known, event_date: date | None) -> Row | list[Fault]:
    if given.layout.name is not LayoutName.JUDGMENT_DEFAULTER:
        _check_whose(given)
    content = _CONTENTS[given.layout.name](given, known, event_date or known.today)
    if _refused(given) or event_date is None:
        return _refused(given)
    judged = ruled.apply(given, content, known)
    return _refused(given) or made(given, content, person=door.person_of(given), judged=judged)


def _refused(given: Given) -> list[Fault]:
    return [fault for fault in given.faults if not fault.is_warning]


def _unreadable(line: Line, layout: Layout) -> Fault:
    reason = line.fault or Reason.BROKEN
    count = f"应为 {len(layout.places)} 格，实有 {len(line.cells)} 格"
    note = count if reason is Reason.CELLS else ""
    return Fault(line.number, layout.head_of(line.place), "", reason, note)


def _check_whose(given: Given) -> None:
    uscc = given.code("uscc")
    if door.person_of(given):
        return
    if not uscc:
        given.blame("uscc", Reason.NO_USCC)
    elif not given.is_code_right("uscc"):
        given.blame("uscc", Reason.CHECK_DIGIT)
    counterparty = given.raw("counterparty_type")
    if counterparty and counterparty not in _COUNTERPARTIES:
        given.blame("counterparty_type", Reason.UNKNOWN_COUNTERPARTY)


def _event_date(given: Given, today: date) -> date | None:
    decided = given.day("decision_date")
    if decided is not None and decided > today:
        given.blame("decision_date", Reason.FUTURE)
    return decided


def _penalty(given: Given, known: Known, event_date: date) -> Content:
    types = penalty_types(given.text("penalty_types"), known.rules.penalty_types)
    ends_on, valid_to = given.end("publication_end"), given.end("valid_to")
    if ends_on is not None and ends_on < event_date:
        given.blame("publication_end", Reason.ENDS_BEFORE_START)
    return Content(
        kind=RecordKind.PENALTY,
        title=short(given.text("violation_type")),
        event_date=event_date,
        facts={
            "violation_type": given.text("violation_type"),
            "violation_facts": given.text("violation_facts"),
            "legal_basis": given.text("legal_basis"),
            "penalty_types": types,
            "content": given.text("penalty_content"),
            "fine_wan": given.amount("fine_amount_wan"),
            "confiscated_wan": given.amount("confiscated_amount_wan"),
            "licence_taken": given.optional("suspended_or_revoked_licence"),
            "valid_to": valid_to.isoformat() if valid_to else None,
            "publication_end": ends_on.isoformat() if ends_on else None,
        },
    )


def _licence(given: Given, known: Known, event_date: date) -> Content:
    del known
    start, end = given.day("valid_from"), given.end("valid_to")
    if start and end and end < start:
        given.blame("valid_to", Reason.ENDS_BEFORE_START)
    in_force = given.raw("state") in _IN_FORCE
    if given.raw("state") and not in_force:
        given.blame("state", Reason.NOT_IN_FORCE)
    return Content(
        kind=RecordKind.LICENCE,
        title=short(given.text("certificate_name") or given.text("licence_content")),
        event_date=event_date,
        state=RecordState.LOADED if in_force else RecordState.QUARANTINED,
        facts={
            "document_title": given.text("document_title"),
            "category": given.text("licence_category"),
            "certificate_name": given.optional("certificate_name"),
            "licence_no": given.optional("licence_no"),
            "content": given.text("licence_content"),
            "state": given.raw("state"),
            "valid_from": start.isoformat() if start else None,
            "valid_to": end.isoformat() if end else None,
        },
    )


def _listing(given: Given, known: Known, event_date: date) -> Content:
    code, months = given.raw("list_kind"), given.months("term_months")
    listed = ruled.listed(code, known.rules)
    if listed is None and code:
        given.blame("list_kind", Reason.UNKNOWN_LIST)
    return Content(
        kind=listed.kind if listed else RecordKind.BLACK_LIST,
        title=short(listed.name if listed else code),
        event_date=event_date,
        list_kind=listed.code if listed else code,
        facts={
            "list_name": given.optional("list_name"),
            "term_months": months,
            "early_removal_after": given.optional("early_removal_after"),
        },
    )


_CONTENTS: Mapping[LayoutName, Callable[[Given, Known, date], Content]] = {
    LayoutName.PENALTY: _penalty,
    LayoutName.LICENCE: _licence,
    LayoutName.LIST: _listing,
    LayoutName.PROMISE: statements.promise,
    LayoutName.STATEMENT: statements.statement,
    LayoutName.JUDGMENT_DEFAULTER: defaulters.content,
}


def penalty_types(text: str, known: Collection[str]) -> list[str]:
    """Split penalty types; one known type has the separator 、 in its own name."""
    return list(_types(text, frozenset(known)))


@lru_cache(4096)  # the same few come again and again
def _types(text: str, known: frozenset[str]) -> tuple[str, ...]:
    types: list[str] = []
    for part in re.split("[;；,，]", text):
        words = [word.strip() for word in part.split("、") if word.strip()]
        while words:
            size = next((n for n in range(len(words), 1, -1) if "、".join(words[:n]) in known), 1)
            types.append("、".join(words[:size]))
            words = words[size:]
    return tuple(dict.fromkeys(types))
