"""`./xinyong wechat`: the menu, codes with scenes, and followers from before."""

import os

import pytest
import requests
import yaml

from config import desk_menu, menu
from config.rulebook import RulebookError
from core import db
from core import followers as walks
from core.departments import Department

TRAVEL = "9153010300000006X2"


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def wechat(typed, sandbox, valkey_url, redis):
    """Type a command to a service whose WeChat is the sandbox."""
    options = sandbox.world.options
    who = {"WECHAT_APPID": options.appid, "WECHAT_SECRET": options.secret}
    os.environ.update(WECHAT_API=sandbox.url, REDIS_URL=valkey_url, **who)
    return lambda *words: typed("wechat", *words)


def test_the_menu_is_put_shown_and_compared(wechat, sandbox):
    assert wechat("menu", "show")[1] == "公众号现在没有菜单。\n"
    code, told, _ = wechat("menu", "diff")
    assert code == 1
    assert "+查信用" in told

    code, told, _ = wechat("menu", "push")

    assert code == 0
    assert "  查欠薪  click  wages" in told
    assert wechat("menu", "diff") == (0, "没有差别。\n", "")
    assert "  扫一扫查询  scancode_waitmsg  code" in wechat("menu", "show")[1]
    sandbox.world.menu["button"][0]["name"] = "变了"
    assert "-变了" in wechat("menu", "diff")[1]


def test_what_wechat_refuses_is_said(wechat, sandbox):
    fault = {"kind": "errcode", "errcode": 48001, "path": "/cgi-bin/menu/create"}
    requests.post(f"{sandbox.url}/_control/faults", json=fault, timeout=10)

    code, _, complaint = wechat("menu", "push")

    assert code == 2
    assert "微信没有照办：48001" in complaint


def test_a_desk_puts_the_same_menu_beside_the_start(wechat, capsys):
    wechat("menu", "show")  # has completed the environment, as the start does

    desk_menu.main()

    assert capsys.readouterr().out == "手机上的菜单已按 config/menu.yaml 更新。\n"
    assert wechat("menu", "diff")[0] == 0


def test_a_desk_whose_menu_is_refused_says_so_and_what_to_do(wechat, sandbox, capsys):
    wechat("menu", "show")
    fault = {"kind": "errcode", "errcode": 48001, "path": "/cgi-bin/menu/create"}
    requests.post(f"{sandbox.url}/_control/faults", json=fault, timeout=10)

    desk_menu.main()

    told = capsys.readouterr().out
    assert told.startswith("菜单没有放到手机上，别的照常。原因：48001")
    assert told.endswith("改好以后：./xinyong wechat menu push\n")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": "查公共信用"}, "查公共信用: should have 1 to 4 characters"),
        ({"items": []}, "should have 1 to 5 items"),
        ({"items": [{"name": "查企业", "key": "nothing"}]}, "nothing answers the key nothing"),
        ({"items": [{"name": "查企业"}]}, "exactly one of key, page, scan"),
        ({"items": [{"name": "查", "key": "query", "page": "/h5/"}]}, "exactly one of"),
        ({"items": [{"name": "查", "page": "https://x"}]}, "page should be a path of ours"),
        ({"items": [{"name": "查企业的公共信用", "key": "query"}]}, "1 to 7 characters"),
        ({"items": [{"name": "查", "scan": "x" * 129}]}, "longer than 128 bytes"),
    ],
)
def test_a_menu_that_wechat_would_not_take_is_refused_at_the_start(tmp_path, change, fault):
    column = {"name": "查信用", "items": [{"name": "查企业", "key": "query"}]}
    (tmp_path / "menu.yaml").write_text(yaml.dump([column | change]))

    with pytest.raises(RulebookError, match=r"menu\.yaml") as refused:
        menu.load(tmp_path)
    assert fault in str(refused.value)


def test_a_page_of_ours_opens_by_its_address(tmp_path):
    column = {"name": "我的", "items": [{"name": "我的信用", "page": "/h5/me"}]}
    (tmp_path / "menu.yaml").write_text(yaml.dump([column]))

    sent = menu.as_sent(menu.load(tmp_path), "https://x.cn")

    assert sent["button"][0]["sub_button"][0]["url"] == "https://x.cn/h5/me"
    assert menu.lines({"button": [{"name": "帮助", "type": "click", "key": "help"}]}) == [
        "帮助",
        "  帮助  click  help",
    ]


def test_codes_are_made_with_their_scenes(wechat, sandbox, archive, tmp_path):
    archive.entity("昆明示例旅行社有限公司", uscc=TRAVEL)
    made = {
        ("enterprise", TRAVEL): f"e:{TRAVEL}",
        ("campaign", "7"): "a:7",
        ("certificate", "XF20261126ABCDEFGH", "ABCDEFGH"): "c:XF20261126ABCDEFGH-ABCDEFGH",
    }
    for words, scene in made.items():
        code, told, _ = wechat("qr", *words, "-o", "a.png")
        assert code == 0
        assert told.startswith(f"a.png：{scene}，码的内容 http://weixin.qq.com/q/")
        assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert wechat("qr", "campaign", "8", "-o", "b.svg", "--days", "30")[0] == 0

    kept = sorted((scene, until) for scene, _, until in sandbox.world.codes.values())
    assert [scene for scene, _ in kept] == sorted([*made.values(), "a:8"])
    assert sum(until < float("inf") for _, until in kept) == 1


def test_a_department_has_a_code(wechat, sandbox, database):
    db.bind(database.engine)
    with db.Writing() as session:
        session.add(Department(name="昆明市文化和旅游局"))

    assert "：d:1，" in wechat("qr", "department", "昆明市文化和旅游局", "-o", "a.png")[1]


def test_whom_there_is_not_has_no_code(wechat, archive):
    assert "没有这个单位：某局" in wechat("qr", "department", "某局", "-o", "a.png")[2]
    assert "没有查到这个主体" in wechat("qr", "enterprise", TRAVEL, "-o", "a.png")[2]
    assert "扩展名" in wechat("qr", "campaign", "1", "-o", "a.gif")[2]


def follow(sandbox, openids):
    order = {"openids": openids}
    requests.post(f"{sandbox.url}/_control/followers", json=order, timeout=30).raise_for_status()


def test_the_command_says_how_far_it_came(wechat, sandbox, database):
    follow(sandbox, ["oA", "oB"])

    assert wechat("backfill")[1] == "看到 2 人，新登记 2 人。\n全部看完。\n"
    assert walks.CALLS_A_DAY < 500
