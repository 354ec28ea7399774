"""What the pages are made of: files known by hash, nothing from elsewhere, no text too pale."""

import hashlib
import json
from pathlib import Path

from bot import h5
from messages.wording import h5_en, h5_own_en, h5_own_zh, h5_zh, pages_en, pages_zh

STATIC = Path(h5.__file__).parent / "static"
TEMPLATES = Path(h5.__file__).parent / "templates"
VENDOR = STATIC / "vendor"
HELD = json.loads((VENDOR / "vendored.json").read_text())


def test_each_vendored_file_is_what_its_maker_published():
    for one in HELD:
        assert hashlib.sha256((VENDOR / one["file"]).read_bytes()).hexdigest() == one["sha256"]
        assert one["version"]
        assert (VENDOR / one["licence_file"]).read_text()
    named = {one["file"] for one in HELD} | {one["licence_file"] for one in HELD}
    assert {path.name for path in VENDOR.iterdir()} == named | {"vendored.json"}


def test_no_page_loads_anything_from_elsewhere():
    own = [*TEMPLATES.rglob("*.html"), *STATIC.glob("*.css"), *STATIC.glob("*.js")]

    assert [path.name for path in own if "://" in path.read_text(encoding="utf-8")] == []


def test_the_words_are_all_there_and_all_used():
    pages = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    code = "".join(path.read_text("utf-8") for path in TEMPLATES.parent.glob("*.py"))

    for name in h5_zh.TEXTS | h5_own_zh.TEXTS:
        dynamic = name.startswith(("http_", "outlet_", "done_", "gone_"))
        assert dynamic or f"t.{name}" in pages or f'"{name}"' in pages + code, name
    assert set(h5_zh.TEXTS) == set(h5_en.TEXTS)
    assert set(h5_own_zh.TEXTS) == set(h5_own_en.TEXTS)
    assert set(h5_zh.REFUSALS) == set(h5_en.REFUSALS)
    assert not set(h5_zh.TEXTS) & set(h5_own_zh.TEXTS)
    assert all("{" not in text for text in (h5_en.TEXTS | h5_own_en.TEXTS).values())


def test_the_words_of_pages_that_messages_lead_to_are_all_there_and_all_used():
    own = TEMPLATES.parent.parent / "templates"
    pages = "".join(path.read_text("utf-8") for path in own.glob("*.html"))

    assert set(pages_zh.TEXTS) == set(pages_en.TEXTS)
    assert not set(pages_zh.TEXTS) & set(h5_zh.TEXTS | h5_own_zh.TEXTS)
    assert [name for name in pages_zh.TEXTS if f"t.{name} " not in pages] == []
