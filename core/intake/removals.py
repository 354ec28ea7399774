"""Removals: rows that take back, correct or delete what was sent before, by its natural key."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core import persons
from core.identifiers import (
    USCC_SHAPE,
    Scheme,
    citizen_id_of,
    classify,
    org_code_check_ok,
    uscc_check_ok,
)
from core.intake import ruled
from core.intake.given import Given
from core.intake.reasons import Fault, Reason
from core.intake.rows import Known, Named, has_number, natural_key
from core.records import RecordKind

_LIST = "名单"
_KINDS = {
    "处罚": RecordKind.PENALTY,
    "行政处罚": RecordKind.PENALTY,
    "许可": RecordKind.LICENCE,
    "行政许可": RecordKind.LICENCE,
    "失信被执行人": RecordKind.JUDGMENT_DEFAULTER,
}


class Action(StrEnum):
    """What becomes of a record: taken back, corrected, deleted, or taken off its list."""

    WITHDRAW = "撤销"
    CORRECT = "更正"
    DELETE = "删除"
    REMOVE = "移出"


@dataclass(frozen=True)
class Removal:
    """One row that removes: whose record it means, what is to become of it, why, since when."""

    number: int
    named: Named
    authority: str
    person: persons.Given | None
    action: Action
    reason: str
    day: date
    warnings: tuple[Fault, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the natural keys that the record may have: by the authority's code, or its name.

        A person's record has `rows.key_of_subject` of them. There are none for a record whose
        basis has no number: nobody knows the day that its key has.
        """
        if not has_number(self.named):
            return ()
        by_name = Named(**vars(self.named) | {"authority": self.authority})
        both = (natural_key(one, day=self.day) for one in (self.named, by_name))
        return tuple(dict.fromkeys(both))


def read(given: Given, known: Known, day: date | None) -> Removal | list[Fault]:
    """Read a row that removes, or say why it is sent back."""
    kind, list_kind = _kind(given, known)
    action = _action(given)
    code = _code(given, kind)
    refused = [fault for fault in given.faults if not fault.is_warning]
    if refused or kind is None or action is None or day is None:
        return refused
    return Removal(
        number=given.number,
        named=Named(
            kind=kind,
            list_kind=list_kind,
            authority=given.code("authority_uscc") or given.raw("authority"),
            document_no=given.raw("document_no"),
            code=code,
        ),
        authority=given.raw("authority"),
        person=_person(given, code),
        action=action,
        reason=given.text("reason"),
        day=day,
        warnings=tuple(given.faults),
    )


def _person(given: Given, code: str) -> persons.Given | None:
    number = None if code else citizen_id_of(given.raw("uscc"))
    return persons.Given(number, given.raw("counterparty_name")) if number else None


def _kind(given: Given, known: Known) -> tuple[RecordKind | None, str | None]:
    word = given.raw("record_kind")
    if word != _LIST:
        if word and word not in _KINDS:
            given.blame("record_kind", Reason.UNKNOWN_KIND)
        return _KINDS.get(word), None
    text = given.raw("list_kind")
    found = ruled.listed(text, known.rules) if text else None
    if found is None:
        given.blame("list_kind", Reason.UNKNOWN_LIST if text else Reason.MISSING)
        return None, None
    return found.kind, found.code


def _action(given: Given) -> Action | None:
    word = given.raw("action")
    if word and word not in set(Action):
        given.blame("action", Reason.UNKNOWN_ACTION)
    return Action(word) if word in set(Action) else None


def _code(given: Given, kind: RecordKind | None) -> str:
    """Return the code that the record's key has; courts also write organisation codes."""
    code = given.code("uscc")
    of_court = kind is RecordKind.JUDGMENT_DEFAULTER
    if of_court and org_code_check_ok(code):
        return code
    if not code:
        given.blame("uscc", Reason.NO_USCC)
    elif classify(code) is Scheme.CITIZEN_ID:
        return _of_person(given)
    elif not USCC_SHAPE.fullmatch(code):
        given.blame("uscc", Reason.BAD_USCC)
    elif not uscc_check_ok(code):
        given.blame("uscc", Reason.CHECK_DIGIT)
    return code[8:17] if of_court else code


def _of_person(given: Given) -> str:
    """Return the empty code that a person's record has in its key."""
    if citizen_id_of(given.raw("uscc")) is None:
        given.blame("uscc", Reason.PERSON, hidden=True)
    return ""
