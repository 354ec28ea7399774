"""Advice (怎么办): what the subject of a public record may do about it."""

from datetime import date
from enum import StrEnum
from typing import Protocol

from core.records import REPAIRABLE, STANDING, RecordKind, RecordState, Severity, Visibility


class Advice(StrEnum):
    """One thing to do, or to wait for."""

    SHOULD_NOT_BE_PUBLIC = "should_not_be_public"
    REPAIR_NOW = "repair_now"
    REPAIR_LATER = "repair_later"
    OBJECT = "object"
    AWAIT_OBJECTION = "await_objection"


class Shown(Protocol):
    """What advice depends on."""

    @property
    def kind(self) -> RecordKind: ...  # noqa: D102
    @property
    def severity(self) -> str | None: ...  # noqa: D102
    @property
    def state(self) -> RecordState: ...  # noqa: D102
    @property
    def repairable_from(self) -> date | None: ...  # noqa: D102


class Own(Shown, Protocol):
    """What advice to its subject depends on."""

    @property
    def ends_on(self) -> date | None: ...  # noqa: D102
    @property
    def seen_by(self) -> Visibility: ...  # noqa: D102


def of(record: Shown, today: date) -> tuple[Advice, ...]:
    """Say what may be done about a public record, the most urgent first."""
    return (*_at_once(record), *_repair(record, today), _objection(record))


def of_own(record: Own, today: date) -> tuple[Advice, ...]:
    """Say what its subject may do about a record; nothing about one that is over or held back."""
    is_over = record.ends_on is not None and record.ends_on < today
    if is_over or record.state not in STANDING:
        return ()
    is_public = record.seen_by is Visibility.PUBLIC
    return tuple(
        one for one in of(record, today) if is_public or one is not Advice.SHOULD_NOT_BE_PUBLIC
    )


def _at_once(record: Shown) -> tuple[Advice, ...]:
    # 轻微 penalties are held back; one that is shown all the same was classed so later on.
    is_minor = record.kind is RecordKind.PENALTY and record.severity == Severity.MINOR
    return (Advice.SHOULD_NOT_BE_PUBLIC,) if is_minor else ()


def _repair(record: Shown, today: date) -> tuple[Advice, ...]:
    if record.kind not in REPAIRABLE or record.repairable_from is None:
        return ()
    return (Advice.REPAIR_NOW if record.repairable_from <= today else Advice.REPAIR_LATER,)


def _objection(record: Shown) -> Advice:
    disputed = record.state is RecordState.DISPUTED
    return Advice.AWAIT_OBJECTION if disputed else Advice.OBJECT
