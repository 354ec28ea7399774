"""Read the days that campaigns are planned around."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from core.campaigning.anchors import Anchor

_FILE = Path(__file__).parent / "anchors.yaml"


def read(file: Path = _FILE) -> tuple[Anchor, ...]:
    """Return the anchors of a file. Raises ValueError for a code or a day that cannot be."""
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    found = TypeAdapter(tuple[Anchor, ...]).validate_python(rows)
    for one in found:
        # Every year has this day: the last of February is no anchor.
        one.effective_from.replace(year=2001, month=one.month, day=one.day)
    return found


@cache
def load() -> tuple[Anchor, ...]:
    """Return the anchors of this process."""
    return read()
