"""Registrations (登记信息): what the registrar says of a subject as of a day, read from one row.

An empty cell says nothing: what is known stays. The state is always said, with all that belongs to
it. The representative is read at the door and kept nowhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core import numbers
from core.db import Facts
from core.identifiers import uscc_check_ok
from core.intake import cells
from core.intake.given import Given
from core.intake.reasons import Fault, Reason
from core.intake.rows import Known
from core.numbers import NumberScheme
from core.registrations import Said, fingerprint
from core.subjects import SubjectState

_STATES = {
    SubjectState.ACTIVE: "存续 在营 在业 开业 正常 存续(在营、开业、在册) 在营(开业)企业",
    SubjectState.SUSPENDED: "歇业",
    SubjectState.REVOKED: "吊销 吊销未注销 吊销,未注销",
    SubjectState.ANNULLED: "撤销 撤销登记",
    SubjectState.DEREGISTERED: "注销 已注销 吊销已注销 吊销,已注销",
    SubjectState.MERGED: "合并 合并注销 被合并",
    SubjectState.MOVED_AWAY: "迁出",
}
_BY_WORD = {word: state for state, words in _STATES.items() for word in words.split()}
_NO_ZONE = frozenset(("无", "不在开发区"))
_BETWEEN = re.compile("[;；|\n]")
_NAMED = re.compile("(?P<name>.+?)(?:[(（](?:至)?(?P<until>[0-9]{4}[^()（）]*)[)）])?")
_LONGEST = 200


@dataclass(frozen=True)
class Registration:
    """One row that registers: of whom it speaks, as of when, and what it says."""

    number: int
    uscc: str
    as_of: date
    said: Said
    warnings: tuple[Fault, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Return what changes with whatever is said, but for the day."""
        return fingerprint(self.said)


def read(given: Given, known: Known, as_of: date | None) -> Registration | list[Fault]:
    """Read a row that registers, or say why it is sent back."""
    uscc = given.code("uscc")
    if uscc and not uscc_check_ok(uscc):
        given.blame("uscc", Reason.CHECK_DIGIT)
    said = _said(given, known, as_of or known.today)
    refused = [fault for fault in given.faults if not fault.is_warning]
    if refused or as_of is None:
        return refused
    return Registration(given.number, uscc, as_of, said, tuple(given.faults))


def _said(given: Given, known: Known, as_of: date) -> Said:
    said: Facts = {"name": given.raw("counterparty_name"), **_state(given, as_of)}
    if word := given.raw("district"):
        said["district"] = known.rules.district(word, as_of)
        if said["district"] is None:
            given.blame("district", Reason.UNKNOWN_DISTRICT)
    if word := given.raw("zone"):
        said["zone"] = None if word in _NO_ZONE else known.rules.zone(word, as_of)
        if said["zone"] is None and word not in _NO_ZONE:
            given.blame("zone", Reason.UNKNOWN_ZONE)
    renamed = _day(given, "renamed_on", as_of)
    return said | {
        "renamed_on": renamed,
        "former_names": list(_former_names(given, as_of)),
        "numbers": list(_numbers(given)),
    }


def _state(given: Given, as_of: date) -> Facts:
    """Return whether the subject exists, since when, and who goes on if it was merged."""
    word = given.raw("state").replace("（", "(").replace("）", ")").replace("，", ",")
    state = _BY_WORD.get(word)
    if word and state is None:
        given.blame("state", Reason.UNKNOWN_STATE)
    successor = given.code("successor")
    if state is SubjectState.MERGED and not successor:
        given.blame("successor", Reason.NO_SUCCESSOR)
    elif successor and state not in (None, SubjectState.MERGED):
        given.blame("successor", Reason.NOT_MERGED)
    elif successor and successor == given.code("uscc"):
        given.blame("successor", Reason.OWN_SUCCESSOR)
    return {
        "state": state,
        "state_since": _day(given, "state_since", as_of),
        "successor": successor or None,
    }


def _day(given: Given, field: str, as_of: date) -> str | None:
    found = given.day(field)
    if found is not None and found > as_of:
        given.blame(field, Reason.AFTER_AS_OF)
    return found.isoformat() if found else None


def _former_names(given: Given, as_of: date) -> Iterator[Facts]:
    """Read names, each perhaps with its last day in brackets behind it."""
    for part in _BETWEEN.split(given.raw("former_names")):
        if not part.strip():
            continue
        found = _NAMED.fullmatch(part.strip())
        name, until = (found["name"], found["until"]) if found else (part.strip(), None)
        if len(name) > _LONGEST:
            given.blame("former_names", Reason.TOO_LONG)
        yield {"name": name, "until": _until(given, until, as_of) if until else None}


def _until(given: Given, text: str, as_of: date) -> str | None:
    try:
        last = cells.day(text)
    except ValueError:
        given.blame("former_names", Reason.BAD_DATE)
        return None
    if last > as_of:
        given.blame("former_names", Reason.AFTER_AS_OF)
    return last.isoformat()


def _numbers(given: Given) -> Iterator[Facts]:
    for scheme in NumberScheme:
        if scheme is NumberScheme.USCC or not (text := given.raw(scheme)):
            continue
        value = numbers.kept(scheme, text)
        first, last = given.day(f"{scheme}_from"), given.end(f"{scheme}_until")
        if value is None:
            given.blame(scheme, Reason.BAD_NUMBER, hidden=True)
        if first and last and last < first:
            given.blame(f"{scheme}_until", Reason.ENDS_BEFORE_START)
        yield {
            "scheme": scheme,
            "value": value,
            "valid_from": first.isoformat() if first else None,
            "valid_to": last.isoformat() if last else None,
        }
