"""The referee's notebook and strings."""

import pytest

from sandbox.options import Options


def test_the_log_holds_every_call_and_no_secret(desk):
    desk.follow("oA")
    token = desk.token()
    desk.get("token", **desk.account())
    desk.send(client_msg_id="e1", url="http://127.0.0.1/x")
    desk.post("menu/create", b"{broken", access_token=token)
    calls = desk.read("log")["calls"]
    assert [call["seq"] for call in calls] == [1, 2, 3, 4, 5]
    sent = calls[3]
    assert (sent["openid"], sent["client_msg_id"], sent["errcode"]) == ("oA", "e1", 0)
    assert sent["body"]["url"] == "http://127.0.0.1/x"
    assert calls[4]["body"] == "{broken"
    assert desk.options.secret not in str(calls)
    assert token not in str(calls)
    assert desk.read("log", after=4)["calls"] == calls[4:]


def test_the_phone_shows_what_a_citizen_got(desk):
    desk.follow("oA")
    desk.send(client_msg_id="e1", url="http://127.0.0.1/x")
    (card,) = desk.got()
    assert (card["kind"], card["title"], card["url"]) == (
        "template",
        "信用提醒",
        "http://127.0.0.1/x",
    )
    assert card["fields"][0] == {
        "name": "thing1",
        "label": "事项",
        "value": "云南示例商贸有限公司",
    }


def test_who_does_not_follow_cannot_write(desk):
    zhangsan = desk.read("citizens")["citizens"][0]
    assert zhangsan["following"] is False
    answer = desk.client.post("/_control/say", json={"openid": zhangsan["openid"], "text": "你好"})
    assert answer.status_code == 409


def test_three_citizens_are_there_from_the_start(desk):
    citizens = desk.read("citizens")["citizens"]
    assert [citizen["name"] for citizen in citizens] == ["张三", "李四", "王五"]
    assert {len(citizen["openid"]) for citizen in citizens} == {28}


def test_a_citizen_can_be_added(desk):
    desk.order("citizens", openid="oNew", name="赵六")
    added = {"openid": "oNew", "name": "赵六", "following": False}
    assert added in desk.read("citizens")["citizens"]


def test_reset_forgets_everything(desk):
    desk.follow("oA")
    desk.send()
    desk.order("latency", seconds=0.01)
    desk.order("reset")
    assert desk.read("log")["calls"] == desk.read("pushes")["pushes"] == []
    assert desk.read("counts")["messages"] == 0
    assert desk.get("menu/get", access_token="x" * 64)["errcode"] == 40001


def test_an_unknown_string_is_refused(desk):
    assert desk.client.get("/_control/nothing").status_code == 400
    assert desk.client.post("/_control/say", data=b"{").status_code == 400


def test_followers_are_listed_by_page(desk):
    token = desk.token()
    assert desk.get("user/get", access_token=token) == {"total": 0, "count": 0, "next_openid": ""}
    desk.follow("oA", "oB")
    page = desk.get("user/get", access_token=token)
    assert (page["data"]["openid"], page["next_openid"]) == (["oA", "oB"], "oB")
    rest = desk.get("user/get", access_token=token, next_openid="oA")
    assert rest["data"]["openid"] == ["oB"]
    assert desk.get("user/get", access_token=token, next_openid="oX")["errcode"] == 40003
    assert desk.get("user/info", access_token=token, openid="oX")["errcode"] == 40003


@pytest.mark.parametrize("given", [{"mode": "open"}, {"pace": 0}])
def test_options_that_make_no_sense_are_refused(given):
    with pytest.raises(ValueError, match=r"mode|pace"):
        Options(**given)
