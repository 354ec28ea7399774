"""What we carry of others' work: known by name, version, licence and hash, and nothing else."""

import hashlib
import json
from pathlib import Path

import console

STATIC = Path(console.__file__).parent / "static"
VENDOR = STATIC / "vendor"
HELD = json.loads((VENDOR / "vendored.json").read_text())


def test_each_file_is_what_its_maker_published():
    for one in HELD:
        assert hashlib.sha256((VENDOR / one["file"]).read_bytes()).hexdigest() == one["sha256"]
        assert one["version"]
        assert one["licence"]
        assert (VENDOR / one["licence_file"]).read_text()


def test_nothing_else_lies_there():
    named = {one["file"] for one in HELD} | {one["licence_file"] for one in HELD}

    assert {path.name for path in VENDOR.iterdir()} == named | {"vendored.json"}


def test_no_page_loads_anything_from_elsewhere():
    templates = (STATIC.parent / "templates").rglob("*.html")
    own = [*templates, STATIC / "console.css", STATIC / "console.js"]

    assert [path.name for path in own if "://" in path.read_text(encoding="utf-8")] == []
