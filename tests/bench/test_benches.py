"""Every benchmark and every drill can be loaded and begun: none is left behind by a change."""

from importlib import import_module
from pathlib import Path

import pytest

PARTS = Path("tests/bench"), Path("tests/drills")
NAMES = [
    f"{folder.parent.name}.{folder.name}.{path.stem}"
    for folder in PARTS
    for path in sorted(folder.glob("*.py"))
    if not path.stem.startswith(("test_", "__"))
]


@pytest.mark.parametrize("name", NAMES)
def test_each_part_of_a_bench_or_drill_loads(name):
    assert import_module(name).__doc__
