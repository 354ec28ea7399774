"""Records as the pages show them: each with its words, its dates, and what may be done about it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.h5 import asking
from core import advice
from core.advice import Advice
from core.calendar import day
from messages import labels


def shown(record: Any) -> dict[str, Any]:  # noqa: ANN401 - core's several kinds of record
    """Return a public record as a template takes it."""
    here = asking.current()
    held = record._asdict() if hasattr(record, "_asdict") else dict(vars(record))
    advised = advice.of(record, day(here.now))
    return _named(held) | {"todo": things_to_do(advised, record.repairable_from)}


def own(line: Any) -> dict[str, Any]:  # noqa: ANN401 - core.lines.Line
    """Return a record as its subject sees it, what the public may not see included."""
    here = asking.current()
    today = day(here.now)
    told = {name: value for name, value in line.facts.items() if value}
    return _named(dict(vars(line))) | {
        "published_on": day(line.published_at) if line.published_at else None,
        "todo": things_to_do(advice.of_own(line, today), line.repairable_from),
        "advised": set(advice.of_own(line, today)),
        "facts": facts(told),
        "basis": basis(line.rule),
        "seen_by": labels.label("VISIBILITIES", line.seen_by, here.language),
        "timeline": [_point(point, today) for point in line.timeline],
    }


def things_to_do(advised: Iterable[Advice], since: date | None) -> list[str]:
    """Say advice in words; `since` is from when the record may be repaired."""
    return [labels.advice(one, since, asking.current().language) for one in advised]


def facts(held: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label facts of a record; what has no label is not for people."""
    names = labels.facts(asking.current().language)
    return [(names[name], str(value)) for name, value in held.items() if name in names]


def basis(rule: str | None) -> str | None:
    """Say in plain words the term that was applied to a record, and which law it is of."""
    here = asking.current()
    applied = next((term for term in here.parts.rules.terms if term.name == rule), None)
    return labels.term(applied, here.language) if applied else None


def _named(held: dict[str, Any]) -> dict[str, Any]:
    language = asking.current().language
    severity, fulfilment = held.get("severity"), held.get("fulfilment")
    return held | {
        "kind_label": labels.label("RECORD_KINDS", held["kind"], language),
        "state_label": labels.label("RECORD_STATES", held["state"], language),
        "severity": labels.label("SEVERITIES", severity, language) if severity else None,
        "fulfilment": labels.label("FULFILMENTS", fulfilment, language) if fulfilment else None,
        "mark": labels.mark(held["state"], language),
    }


def _point(point: Any, today: date) -> dict[str, Any]:  # noqa: ANN401 - core.timeline.Point
    language = asking.current().language
    state = labels.label("RECORD_STATES", point.state, language) if point.state else None
    return {
        "what": labels.label("HAPPENINGS", point.what, language),
        "day": point.day,
        "state": state,
        "why": point.why,
        "ahead": point.day > today,
    }
