"""The phone page, and what it carries with it."""

import hashlib
import json
import re
from pathlib import Path

import pytest

import sandbox

ROOM = Path(sandbox.__file__).parent
PAGES = [*ROOM.glob("pages/*.html"), *ROOM.glob("static/*.js"), *ROOM.glob("static/*.css")]
VENDORED = [path for path in ROOM.glob("static/vendor/*/*") if path.suffix in (".css", ".js")]


def test_the_page_is_a_page_in_chinese_that_runs_no_inline_script(desk):
    answer = desk.client.get("/")
    assert answer.status_code == 200
    assert '<html lang="zh-CN">' in answer.text
    assert 'data-weui-mode="care"' in answer.text
    assert "<script>" not in answer.text
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text):
        with desk.client.get(name) as file:
            assert file.status_code == 200


def test_the_state_holds_what_is_new(desk):
    (zhangsan, *_) = desk.read("citizens")["citizens"]
    openid = zhangsan["openid"]
    state = desk.client.get("/phone/state").get_json()
    assert (state["openid"], state["following"], state["chat"]) == (openid, False, [])
    assert state["menu"] == []  # until the account puts one
    desk.order("event", openid=openid, event="subscribe", key="")
    desk.send(openid)
    query = {"openid": openid, "after": 1}
    state = desk.client.get("/phone/state", query_string=query).get_json()
    assert (state["following"], state["last"]) == (True, 2)
    assert [entry["kind"] for entry in state["chat"]] == ["template"]


def test_the_page_shows_the_menu_that_the_account_has_put(desk):
    menu = {"button": [{"type": "click", "name": "新菜单", "key": "new"}]}
    desk.call("menu/create", menu)
    assert desk.client.get("/phone/state").get_json()["menu"] == menu["button"]


def test_followers_without_a_name_are_not_on_the_list_but_have_a_phone(desk):
    desk.follow("oA")
    listed = desk.client.get("/phone/state").get_json()["citizens"]
    assert len(listed) == 3
    state = desk.client.get("/phone/state?openid=oA").get_json()
    assert [citizen["openid"] for citizen in state["citizens"]][-1] == "oA"


def test_vendored_files_are_what_they_were():
    folder = ROOM / "static" / "vendor"
    vendored = json.loads((folder / "VENDOR.json").read_text("utf-8"))
    for library in vendored:
        assert library["name"]
        assert library["version"]
        assert library["licence"] == "MIT"
        for name, digest in library["sha256"].items():
            assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    named = {name for library in vendored for name in library["sha256"]}
    there = {str(path.relative_to(folder)) for path in folder.glob("*/*")}
    assert named == there


@pytest.mark.parametrize("path", [*PAGES, *VENDORED], ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path):
    text = path.read_text("utf-8")
    fetched = r"""(src|href)\s*=\s*["']?https?://|@import\s+["']?https?:|url\(["']?https?://"""
    assert re.search(fetched, text) is None
