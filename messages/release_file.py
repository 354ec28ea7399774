"""The file of a release: CSV that a spreadsheet opens as text, never as a formula."""

import csv
import io
from collections.abc import Iterable
from types import ModuleType

from core.releases import Member, Shown
from messages.wording import RECORDS

BOM = "\ufeff"
# What a spreadsheet may take for the beginning of a formula, full-width forms included.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n|")


def text(pages: Iterable[Shown], language: str) -> str:
    """Return a release as a file: its members, and at the end how many are no longer shown."""
    words, out, page = RECORDS[language], io.StringIO(), None
    rows = csv.writer(out)
    rows.writerow(words.RELEASE_COLUMNS.values())
    for page in pages:
        rows.writerows(map(safe, _row(member, words)) for member in page.members)
    if page and page.no_longer_shown:
        rows.writerow([words.no_longer_shown(page.no_longer_shown)])
    return BOM + out.getvalue()


def safe(cell: str) -> str:
    """Let a cell that looks like a formula begin with an apostrophe."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_FORMULA) else cell


def _row(member: Member, words: ModuleType) -> Iterable[str]:
    told = member._asdict() | {"mark": words.MARKS.get(member.state)}
    return [str(told[name] or "") for name in words.RELEASE_COLUMNS]
