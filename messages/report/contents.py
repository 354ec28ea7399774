"""The contents of a report: what was told at an instant, in words, chapter by chapter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from core import privacy
from core.calendar import day, in_kunming
from core.records import RecordKind
from core.registered import FormerName, Number
from core.reports.telling import Snapshot, Told
from messages.wording import report_zh as words
from messages.wording import zh

Chapter = dict[str, Any]


@dataclass(frozen=True)
class Edition:
    """What every report of ours is made with: our address, and the citation of each rule."""

    public_url: str
    citations: Mapping[str, str]


def address(public_url: str, report_no: str, code: str) -> str:
    """Return where a report can be verified; its code stands in no query string."""
    return f"{public_url}/wechat/reports/{report_no}/{code}"


def of(told: Snapshot, edition: Edition) -> dict[str, Any]:
    """Return all that the layout needs, as JSON takes it."""
    as_of = in_kunming(told.as_of)
    return {
        "title": words.TITLE,
        "issuer": words.ISSUER,
        "date": {"year": as_of.year, "month": as_of.month, "day": as_of.day},
        "footer": words.FOOTER.format(report_no=told.report_no, as_of=zh.time(told.as_of)),
        "page": words.PAGE,
        "qr_alt": words.QR_ALT,
        "qr_hint": words.QR_HINT,
        "facts": _facts(told, edition),
        "counts": _counts(told),
        "statement": words.STATEMENT if told.uscc else words.STATEMENT_OF_PERSON,
        "columns": words.COLUMNS,
        "chapters": _chapters(told, edition),
    }


def _facts(told: Snapshot, edition: Edition) -> list[tuple[str, str]]:
    said = {
        "name": told.name,
        _code(told): told.uscc or told.id_number or words.NOT_GIVEN,
        "report_no": told.report_no,
        "verify_code": privacy.show_code(told.verify_code),
        "as_of": zh.time(told.as_of),
        "valid_until": zh.date(told.valid_until),
        "purpose": zh.REPORT_PURPOSES[told.purpose],
        "verify_at": f"{edition.public_url}/wechat/reports",
    }
    return [(label, said[name]) for name, label in words.FACTS.items() if name in said]


def _code(told: Snapshot) -> str:
    return "uscc" if told.uscc else "id_number"


def _chapter_of(record: Told) -> int:
    return words.CHAPTER_OF.get(record.kind, words.OTHER_CHAPTER)


def _counts(told: Snapshot) -> list[tuple[str, str]]:
    places = [_chapter_of(record) for record in told.records]
    return [(label, str(places.count(place))) for place, label in enumerate(words.COUNTS, start=1)]


def _chapters(told: Snapshot, edition: Edition) -> list[Chapter]:
    first, *middle, last = words.CHAPTERS
    chapters = [_chapter(first, facts=_registered(told))]
    for place, title in enumerate(middle, start=1):
        held = [record for record in told.records if _chapter_of(record) == place]
        groups = _groups(held, edition)
        nothing = words.NOTHING if told.uscc else words.NOTHING_OF_PERSON
        chapters.append(_chapter(title, groups=groups, sentences=() if held else (nothing,)))
    hints = _hints(told.records, day(told.as_of))
    return [*chapters, _chapter(last, sentences=[*hints, *words.GUIDANCE])]


def _chapter(
    title: str,
    *,
    facts: Sequence[Any] = (),
    groups: Sequence[Any] = (),
    sentences: Sequence[str] = (),
) -> Chapter:
    return {"title": title, "facts": facts, "groups": groups, "sentences": sentences}


def _registered(told: Snapshot) -> list[tuple[str, str]]:
    since, successor = told.state_since, told.registered.successor
    said = {
        "name": told.name,
        "uscc": (told.uscc or "") + ("" if told.uscc_check_ok else words.BAD_CHECK_DIGIT),
        "id_number": told.id_number or "",
        "kind": zh.SUBJECT_KINDS[told.kind],
        "state": zh.SUBJECT_STATES[told.state] + (words.SINCE.format(since) if since else ""),
        "successor": successor and words.SUCCESSOR.format(successor.name, successor.uscc),
        "district": told.district or words.NOT_GIVEN,
        "zone": told.zone,
        "former_names": words.LISTED.join(map(_former_name, told.registered.former_names)),
        "numbers": words.LISTED.join(map(_number, told.registered.numbers)),
        "registered_as_of": told.registered_as_of and zh.date(told.registered_as_of),
    }
    labels = words.REGISTERED if told.uscc else words.REGISTERED_OF_PERSON
    return [(label, text) for name, label in labels.items() if (text := said[name])]


def _former_name(one: FormerName) -> str:
    return one.name + (words.UNTIL.format(one.until) if one.until else "")


def _number(one: Number) -> str:
    named = f"{zh.NUMBER_SCHEMES[one.scheme]} {one.value}"
    if one.valid_from is None and one.valid_to is None:
        return named
    return named + words.SPAN.format(
        _date(one.valid_from, words.UNDATED), _date(one.valid_to, words.STILL)
    )


def _groups(records: Iterable[Told], edition: Edition) -> list[dict[str, Any]]:
    """Put together what is public for the same reason, and calls for the same step."""

    def alike(record: Told) -> tuple[str, str]:
        return record.kind, _why(record, edition)

    order = list(RecordKind)
    kept = sorted(records, key=lambda one: (order.index(one.kind), alike(one)[1]))
    return [
        {"note": _note(kind, why), "rows": [_row(record) for record in held]}
        for (kind, why), held in groupby(kept, key=alike)
    ]


def _why(record: Told, edition: Edition) -> str:
    if record.rule:
        return words.WHY_RULE.format(edition.citations.get(record.rule, record.rule))
    return words.WHY.get(record.kind, words.WHY[""])


def _note(kind: str, why: str) -> list[str]:
    advice = words.ADVICE.get(kind, words.ADVICE[""])
    return [
        zh.RECORD_KINDS[kind],
        words.WHY_SHOWN.format(why) + "。" + words.WHAT_TO_DO.format(advice),
    ]


def _row(record: Told) -> dict[str, Any]:
    grave = f"（{zh.SEVERITIES[record.severity]}）" if record.severity else ""
    mark = words.DISPUTED if record.state == "disputed" else ""
    lines = [words.DOCUMENT.format(record.document_no or words.NOT_GIVEN)]
    if record.basis:
        lines.append(words.BASIS.format(record.basis))
    sources = [record.authority]
    if record.department != record.authority:
        sources.append(words.SOURCE.format(record.department))
    return {
        "title": record.title + grave + mark,
        "lines": lines,
        "sources": sources,
        "dates": _dates(record),
    }


def _dates(record: Told) -> list[str]:
    no_end = words.NO_END.get(record.kind, words.NO_END[""])
    first, last = _date(record.published_on, words.NOT_GIVEN), _date(record.ends_on, no_end)
    return [
        words.DATE_TOLD.format(record.event_date),
        _date(record.repairable_from, words.NO_REPAIR),
        words.TERM.format(first, last),
    ]


def _date(value: date | None, otherwise: str) -> str:
    return words.DATE_TOLD.format(value) if value else otherwise


def _hints(records: Sequence[Told], today: date) -> list[str]:
    starts = sorted(record.repairable_from for record in records if record.repairable_from)
    later = [start for start in starts if start > today]
    abnormal = sum(record.kind is RecordKind.ABNORMAL_OPERATION for record in records)
    said = []
    if now := len(starts) - len(later):
        said.append(words.HINTS["now"].format(now))
    if later:
        said.append(words.HINTS["later"].format(len(later), later[0]))
    if abnormal:
        said.append(words.HINTS["abnormal"].format(abnormal))
    return said or [words.HINTS["none"]]
