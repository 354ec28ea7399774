"""Each errcode that the sandbox knows, provoked by the cause that WeChat names."""

import re

import pytest

from sandbox.errors import NOT_LATEST, WORDS

RID = re.compile(r" rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$")
LONG = "x" * 80


def template(**change):
    data = {"thing1": {"value": "甲"}, "time2": {"value": "2026-03-01"}, "thing3": {"value": "乙"}}
    return {"touser": "oA", "template_id": "credit-alert", "data": data, **change}


def text(**change):
    return {"touser": "oA", "msgtype": "text", "text": {"content": "好"}, **change}


def button(**change):
    return {"button": [{"type": "click", "name": "查信用", "key": "query", **change}]}


TEMPLATE, CUSTOM, MENU = "message/template/send", "message/custom/send", "menu/create"
PROVOKED = [
    (40003, TEMPLATE, template(touser="oStranger")),
    (40003, TEMPLATE, template(touser=None)),
    (40036, TEMPLATE, template(template_id=LONG)),
    (40036, TEMPLATE, template(template_id="")),
    (40037, TEMPLATE, template(template_id="a-subscription-template")),
    (43004, TEMPLATE, template(touser="oLeft")),
    (44002, TEMPLATE, b""),
    (47001, TEMPLATE, b"{not json"),
    (47001, TEMPLATE, b"[]"),
    (47001, TEMPLATE, template(data=None)),
    (47001, TEMPLATE, template(url=7)),
    (47003, TEMPLATE, template(data={})),
    (40003, CUSTOM, text(touser="oStranger")),
    (40007, CUSTOM, text(msgtype="image", image={})),
    (40008, CUSTOM, text(msgtype="telegram")),
    (44003, CUSTOM, text(msgtype="news", news={"articles": []})),
    (44004, CUSTOM, text(text={"content": ""})),
    (44004, CUSTOM, text(msgtype="msgmenu", msgmenu={"list": []})),
    (45002, CUSTOM, text(text={"content": "字" * 683})),
    (45008, CUSTOM, text(msgtype="news", news={"articles": [{}, {}]})),
    (45015, CUSTOM, text()),
    (45015, CUSTOM, text(touser="oLeft")),
    (47001, CUSTOM, text(text="好")),
    (47001, CUSTOM, text(msgtype="news", news={"articles": ["x"]})),
    (47003, CUSTOM, text(msgtype="wxcard", wxcard={})),
    (40003, "message/custom/typing", {"touser": "oStranger", "command": "Typing"}),
    (45072, "message/custom/typing", {"touser": "oA", "command": "Sleeping"}),
    (45080, "message/custom/typing", {"touser": "oA", "command": "Typing"}),
    (40007, MENU, button(type="media_id")),
    (40016, MENU, {"button": []}),
    (40016, MENU, {"button": button()["button"] * 4}),
    (40016, MENU, {"button": "x"}),
    (40017, MENU, button(type="dance")),
    (40018, MENU, button(name="一二三四五六")),
    (40018, MENU, button(name="")),
    (40019, MENU, button(key="k" * 129)),
    (40020, MENU, button(type="view", url="http://" + "u" * 1020)),
    (40023, MENU, button(sub_button=button()["button"] * 6)),
    (40055, MENU, button(type="view", url="ftp://x")),
    (47001, MENU, {"button": ["x"]}),
    (40013, "clear_quota", {"appid": "wx-other"}),
    (76021, "openapi/quota/get", {"cgi_path": "/cgi-bin/nothing"}),
]


@pytest.mark.parametrize(("code", "path", "body"), PROVOKED)
def test_a_wrong_body_is_refused_by_number(desk, code, path, body):
    desk.follow("oA", "oLeft")
    desk.order("event", openid="oLeft", event="unsubscribe")
    answer = desk.call(path, body)
    assert answer["errcode"] == code
    assert RID.search(answer["errmsg"])
    assert answer["errmsg"].startswith(("argument invalid!", WORDS[code]))


@pytest.mark.parametrize(
    ("code", "change"),
    [
        (40002, {"grant_type": "password"}),
        (40013, {"appid": "wx-other"}),
        (40125, {"secret": "wrong"}),
        (41002, {"appid": ""}),
        (41004, {"secret": ""}),
    ],
)
def test_a_wrong_account_gets_no_token(desk, code, change):
    assert desk.post("stable_token", desk.account(**change))["errcode"] == code
    assert desk.get("token", **desk.account(**change))["errcode"] == code


def test_a_wrong_token_is_refused(desk):
    assert desk.get("menu/get")["errcode"] == 41001
    assert desk.get("menu/get", access_token="short")["errcode"] == 40014
    unknown = desk.get("menu/get", access_token=LONG)
    assert unknown["errcode"] == 40001
    assert unknown["errmsg"].startswith(NOT_LATEST)


def test_a_wrong_method_is_refused(desk):
    assert desk.get("stable_token")["errcode"] == 43002
    assert desk.post("user/get", {}, access_token=desk.token())["errcode"] == 43001


def test_an_unknown_path_is_a_plain_404(desk):
    assert desk.client.get("/cgi-bin/nothing").status_code == 404


def test_the_message_after_the_last_is_one_too_many(desk):
    desk.follow("oA")
    desk.order("say", openid="oA", text="你好")
    codes = [desk.write()["errcode"] for _ in range(6)]
    assert codes == [0, 0, 0, 0, 0, 45047]


def test_the_call_after_the_last_of_a_day_is_refused_until_midnight_in_kunming(desk, clock):
    desk.order("quota", path="/cgi-bin/getcallbackip", daily=1)
    assert "errcode" not in desk.get("getcallbackip", access_token=desk.token())
    assert desk.get("getcallbackip", access_token=desk.token())["errcode"] == 45009
    clock.at += 86_400 - (clock.at + 8 * 3600) % 86_400
    assert "errcode" not in desk.get("getcallbackip", access_token=desk.token())


def test_quotas_are_cleared_ten_times_a_month(desk, clock):
    clear = {"appid": desk.options.appid}
    codes = [desk.call("clear_quota", clear)["errcode"] for _ in range(11)]
    assert codes == [0] * 10 + [48006]
    clock.forward(31 * 86_400)
    assert desk.call("clear_quota", clear)["errcode"] == 0


def test_no_menu_is_an_error_of_its_own(desk):
    assert desk.get("menu/get", access_token=desk.token())["errcode"] == 46003


@pytest.mark.parametrize("code", [code for code in WORDS if code])
def test_every_number_can_be_ordered(desk, code):
    desk.follow("oA")
    desk.order("faults", kind="errcode", errcode=code, path="/cgi-bin/message/template/send")
    answer = desk.send()
    assert answer["errcode"] == code
    assert answer["errmsg"].startswith(WORDS[code])
    assert desk.got() == []
