"""`./xinyong bench` and `./xinyong drill`: run one by its name, end with one line of JSON."""

import json
import sys
from importlib import import_module
from pathlib import Path

from config.launch.unsuitable import Unsuitable
from config.settings import ROOT


def run(kind: str, name: str | None, arguments: list[str]) -> int:
    """Run tests/<kind>/<name>.py; return 0 if every figure met its goal."""
    folder = ROOT / "tests" / kind
    if name not in (known := _names(folder)):
        raise Unsuitable(f"请给出名称，可选：{'、'.join(known) or '（还没有）'}")
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    figures = import_module(f"tests.{kind}.{name}").main(arguments)
    print(json.dumps({"name": name, "figures": figures}, ensure_ascii=False), flush=True)
    return 0 if all(figure["met"] for figure in figures.values()) else 1


def _names(folder: Path) -> list[str]:
    """List what has a `main`: the rest are parts and tests."""
    return sorted(
        path.stem
        for path in folder.glob("[a-z]*.py")
        if "\ndef main(" in path.read_text(encoding="utf-8")
    )
