"""The files of an export to the platform above: JSON and CSV, of one stable layout."""

import csv
import io
import json
from typing import Any

from core.calendar import in_kunming
from core.upstream import Export, Row
from messages.release_file import BOM, safe
from messages.wording import upstream_zh as words

LAYOUT = "xinyong-kunming-repairs/1"


def name(number: int, kind: str) -> str:
    """Return what the file of an export is called, of the kind json or csv."""
    return f"repairs-{number:06}.{kind}"


def as_json(export: Export) -> bytes:
    """Return an export as JSON: what it is, and its rows with the names of the layout."""
    told = {
        "layout": LAYOUT,
        "number": export.number,
        "made_at": in_kunming(export.made_at).isoformat(timespec="seconds"),
        "count": len(export.rows),
        "rows": [_plain(row) for row in export.rows],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(export: Export) -> bytes:
    """Return an export as CSV that a spreadsheet opens as text, never as a formula."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(words.COLUMNS.values())
    for row in export.rows:
        told = _plain(row) | {"what": words.WHAT[row.what]}
        rows.writerow([safe(told[name] or "") for name in words.COLUMNS])
    return (BOM + out.getvalue()).encode()


def _plain(row: Row) -> dict[str, Any]:
    return {name: None if value is None else str(value) for name, value in vars(row).items()}
