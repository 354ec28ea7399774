"""Reports: what was sent back and why, as a table that a department opens in its spreadsheet."""

import csv
from collections.abc import Iterable
from typing import TextIO

from core.intake.reasons import Fault

ENCODING = "utf-8-sig"  # with the mark by which spreadsheets know UTF-8
_HEAD = ("行号", "列", "值", "原因", "结果")
# A cell that begins so would be run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def begin(file: TextIO) -> None:
    """Write the header."""
    csv.writer(file).writerow(_HEAD)


def write(file: TextIO, faults: Iterable[Fault]) -> None:
    """Write faults in the order of their rows."""
    ordered = sorted(faults, key=lambda fault: fault.row)
    csv.writer(file).writerows(_row(fault) for fault in ordered)


def _row(fault: Fault) -> list[str]:
    reason = f"{fault.reason}（{fault.note}）" if fault.note else str(fault.reason)
    result = "提醒" if fault.is_warning else "退回"
    return [str(fault.row), *map(_safe, (fault.column, fault.value, reason)), result]


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
