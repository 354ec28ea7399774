"""The pusher signs, encrypts, waits, and tries again as WeChat does."""

import socket
import threading
import time
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

FAULT = "该公众号提供的服务出现故障，请稍后再试"


def read(text):
    return {element.tag: element.text for element in ET.fromstring(text)}


@pytest.fixture
def told(pushing):
    """A desk with one follower."""
    pushing.follow("oA")
    return pushing


def test_in_safe_mode_a_push_shows_nothing_but_its_ciphertext(told, account):
    told.order("say", openid="oA", text="你好 ]]> <b>")
    (push,) = account.pushes
    query = {"signature", "timestamp", "nonce", "openid", "encrypt_type", "msg_signature"}
    assert push["query"].keys() == query
    assert read(push["body"]).keys() == {"ToUserName", "Encrypt"}
    opened = read(account.opened(push, told.options))
    assert opened["Content"] == "你好 ]]> <b>"
    assert (opened["MsgType"], opened["FromUserName"]) == ("text", "oA")
    assert int(opened["MsgId"]) > 2**53


def test_in_compatible_mode_a_push_shows_both(make, account):
    desk = make(push_url=account.url, mode="compatible")
    desk.order("say", openid="oA", text="你好")
    (push,) = account.pushes
    assert read(push["body"])["Content"] == "你好"
    assert read(account.opened(push, desk.options))["Content"] == "你好"


def test_in_plain_mode_a_push_is_plain(make, account):
    desk = make(push_url=account.url, mode="plain")
    desk.order("say", openid="oA", text="你好")
    (push,) = account.pushes
    assert push["query"].keys() == {"signature", "timestamp", "nonce", "openid"}
    assert read(push["body"])["Content"] == "你好"


def test_a_server_error_is_tried_three_times_with_the_same_message(told, account):
    account.answer = lambda _push: (503, "busy")
    outcome = told.order("say", openid="oA", text="你好")
    assert outcome["outcome"] == "fault"
    assert len(account.pushes) == 3
    assert len({push["query"]["nonce"] for push in account.pushes}) == 3
    assert len({read(push["body"])["Encrypt"] for push in account.pushes}) == 3
    assert len({account.opened(push, told.options) for push in account.pushes}) == 1
    assert [entry["text"] for entry in told.got()] == [FAULT]


def test_an_answer_at_the_third_try_counts(told, account, seal):
    reply = seal(told.options, "oA", "<Content>好</Content>")
    account.answer = lambda push: reply if push["number"] == 3 else (500, "")
    assert told.order("say", openid="oA", text="你好")["reply"] == {"kind": "text", "text": "好"}


def test_a_refusal_is_not_tried_again(told, account):
    account.answer = lambda _push: (403, "no")
    outcome = told.order("say", openid="oA", text="你好")
    assert (outcome["outcome"], len(account.pushes)) == ("fault", 1)
    assert outcome["pushes"][0]["tries"][0]["error"] == "HTTP 403"


def test_an_answer_after_the_limit_is_no_answer(make, account, capfd):
    desk = make(push_url=account.url, push_timeout=0.1)
    late = threading.Event()
    account.answer = lambda _push: late.wait(60) * "" or "success"
    outcome = desk.order("say", openid="oA", text="你好")
    late.set()
    assert [attempt["error"] for attempt in outcome["pushes"][0]["tries"]] == ["TimeoutError"] * 3
    account.close()
    assert capfd.readouterr().err == ""  # the account bears it that nobody waits


def test_an_answer_that_drips_past_the_limit_is_no_answer(told):
    def drip(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            for part in (b"HTTP/1.1 200 OK\r\n", b"Content-Length: 7\r\n\r\n", b"suc", b"cess"):
                connection.sendall(part)
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        pusher = told.world.pusher
        pusher.options = replace(told.options, push_url=f"http://127.0.0.1:{port}/")
        dripping = threading.Thread(target=drip, args=(listener,))
        dripping.start()
        outcome = told.order("push", openid="oA", fields={"Content": "好"}, timeout=0.2, tries=1)
        dripping.join()
    # On a busy machine a single part may come too late, too.
    assert outcome["pushes"][0]["tries"][0]["error"] in {"too late", "TimeoutError"}


def test_nobody_there_is_a_fault(desk):
    outcome = desk.order("say", openid="oA", text="你好")
    assert outcome["pushes"][0]["tries"][0]["error"] == "ConnectionRefusedError"


def test_the_same_push_arrives_three_times_at_once(told, account):
    together = threading.Barrier(3, timeout=30)
    account.answer = lambda _push: together.wait() * "" or "success"
    fields = {"Content": "好"}
    outcome = told.order("push", openid="oA", fields=fields, copies=3, concurrent=True)
    assert len(outcome["pushes"]) == len(account.pushes) == 3
    assert len({account.opened(push, told.options) for push in account.pushes}) == 1
    assert len({push["query"]["nonce"] for push in account.pushes}) == 3


def test_copies_in_a_row_are_the_same_message(told, account):
    told.order("push", openid="oA", fields={"MsgType": "event", "Event": "CLICK"}, copies=2)
    assert len({account.opened(push, told.options) for push in account.pushes}) == 1
    assert len(account.pushes) == 2


def test_a_script_may_break_a_push_in_every_way(told, account):
    told.order("push", raw="<xml>", query={"msg_signature": "bad"}, content_type="text/plain")
    told.order("push", raw_base64="AAEC", age=600, tries=1, mode="plain")
    first, second = account.pushes
    assert (first["body"], first["query"]["msg_signature"]) == ("<xml>", "bad")
    assert second["body"] == "\x00\x01\x02"
    told.order("push", query={"nonce": None, "echostr": "x"})
    assert {"nonce", "echostr"} & account.pushes[2]["query"].keys() == {"echostr"}
    assert int(second["query"]["timestamp"]) == int(told.options.now()) - 600


@pytest.mark.parametrize("kind", ["image", "voice", "video", "shortvideo", "location", "link"])
def test_a_citizen_sends_more_than_text(told, account, kind):
    told.order("send", openid="oA", kind=kind)
    opened = read(account.opened(account.pushes[0], told.options))
    assert opened["MsgType"] == kind
    assert told.read("messages", openid="oA", all=1)["messages"][0]["kind"] == kind


def test_events_change_who_follows(told, account):
    told.order("event", openid="oA", event="unsubscribe", key="")
    assert told.get("user/info", openid="oA", access_token=told.token())["subscribe"] == 0
    told.order("event", openid="oA", event="subscribe", fields={"EventKey": "qrscene_1"})
    assert told.get("user/info", openid="oA", access_token=told.token())["subscribe"] == 1
    opened = [read(account.opened(push, told.options)) for push in account.pushes]
    assert [event["Event"] for event in opened] == ["unsubscribe", "subscribe"]
    assert opened[1]["EventKey"] == "qrscene_1"


def test_nested_and_repeated_parts_are_written(told, account):
    sent = {"TemplateId": "t", "MsgID": 1, "ErrorCode": 0}
    fields = {
        "MsgType": "event",
        "Event": "subscribe_msg_sent_event",
        "SubscribeMsgSentEvent": {"List": [sent, sent]},
    }
    told.order("push", openid="oA", fields=fields)
    root = ET.fromstring(account.opened(account.pushes[0], told.options))
    assert len(root.findall("SubscribeMsgSentEvent/List")) == 2


def test_the_pushes_can_be_read_afterwards(told):
    told.order("say", openid="oA", text="一")
    told.order("say", openid="oA", text="二")
    (second,) = told.read("pushes", after=1)["pushes"]
    assert (second["seq"], second["fields"]["Content"]) == (2, "二")
    assert (second["outcome"], second["openid"]) == ("nothing", "oA")
