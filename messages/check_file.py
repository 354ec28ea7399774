"""The file of a batch of checks: CSV that a spreadsheet opens as text, never as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from types import ModuleType
from typing import Any

from core.calendar import in_kunming
from core.checks.outcomes import LineOutcome, Outcome
from messages import wording
from messages.release_file import BOM, safe


def parts(
    pages: Iterable[Sequence[Outcome]], *, check_no: str, as_of: datetime, language: str
) -> Iterator[str]:
    """Give a batch as a file, part by part."""
    words = wording.CHECKS[language]
    head = {"check_no": check_no, "as_of": f"{in_kunming(as_of):%Y-%m-%d %H:%M:%S}"}
    yield BOM + _written([list(words.CHECK_COLUMNS.values())])
    for page in pages:
        rows = (_row(one, language) | head for one in page)
        yield _written([[safe(row.get(name, "")) for name in words.CHECK_COLUMNS] for row in rows])


def _written(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _row(one: Outcome, language: str) -> dict[str, str]:
    words = wording.CHECKS[language]
    outcome = words.CHECK_OUTCOMES[one.outcome]
    if one.outcome is LineOutcome.REJECTED:
        outcome = f"{outcome}：{words.LINE_FAULTS[one.fault]}"
    line = {
        "line": str(one.line_no),
        "uscc": one.uscc or "",
        "given": one.given or "",
        "outcome": outcome,
    }
    return line | (_told(one.told, one.agrees, language) if one.told else {})


def _told(told: dict[str, Any], agrees: bool | None, language: str) -> dict[str, str]:  # noqa: FBT001
    words = wording.CHECKS[language]
    if not (subject := told["subject"]):
        return {}
    return {
        "name": subject["name"],
        "agrees": "" if agrees is None else _said(agrees, words),
        "state": wording.LANGUAGES[language].SUBJECT_STATES[subject["state"]],
        "serious": _said(bool(told["serious"]), words),
        "lists": "；".join(dict.fromkeys(one["title"] for one in told["serious"])),
        "others": str(len(told["others"])),
        "red": str(len(told["red"])),
        "penalty": str(told["counts"].get("penalty", 0)),
    }


def _said(is_so: bool, words: ModuleType) -> str:  # noqa: FBT001
    said: str = words.YES if is_so else words.NO
    return said
