"""Mass messages, drafts and tags as WeChat has them: limits, repetitions, receipts, pictures."""

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
SEND, ALL = "message/mass/send", "message/mass/sendall"


@pytest.fixture
def followers(desk):
    for number in range(3):
        desk.follow(f"o{number}")
    return ["o0", "o1", "o2"]


def upload(desk, path, content=PNG, **query):
    query |= {"access_token": desk.token()}
    head = b'--b\r\nContent-Disposition: form-data; name="media"; filename="a.png"\r\n\r\n'
    raw, kind = head + content + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"
    path = f"/cgi-bin/{path}"
    return desk.client.post(path, query_string=query, data=raw, content_type=kind).get_json()


def article(desk, **change):
    cover = upload(desk, "material/add_material", type="image")["media_id"]
    return {"title": "诚信", "content": "<p>正文</p>", "thumb_media_id": cover, **change}


def draft(desk, **change):
    return desk.call("draft/add", {"articles": [article(desk, **change)]})


@pytest.fixture
def media(desk):
    return draft(desk)["media_id"]


def body(media, **more):
    return {"mpnews": {"media_id": media}, "msgtype": "mpnews", "send_ignore_reprint": 1, **more}


def ends(desk):
    pushed = (push["fields"] for push in desk.read("pushes")["pushes"])
    return [one for one in pushed if one.get("Event") == "MASSSENDJOBFINISH"]


def test_a_list_is_sent_once_whatever_is_repeated(desk, clock, followers, media):
    first = desk.call(SEND, body(media, touser=followers, clientmsgid="km1-1"))
    assert (first["errcode"], first["errmsg"]) == (0, "send job submission success")

    soon = desk.call(SEND, body(media, touser=followers, clientmsgid="km1-1"))
    clock.forward(61)
    later = desk.call(SEND, body(media, touser=followers, clientmsgid="km1-1"))
    clock.forward(24 * 3600)
    forgotten = desk.call(SEND, body(media, touser=followers, clientmsgid="km1-1"))

    assert soon["errcode"] == 45066
    assert (later["errcode"], later["msg_id"]) == (45065, first["msg_id"])
    assert forgotten["errcode"] == 0
    assert [len(desk.got(one)) for one in followers] == [2, 2, 2]


def test_without_a_clientmsgid_whom_and_what_is_the_key(desk, clock, followers, media):
    desk.call(SEND, body(media, touser=followers))
    clock.forward(61)
    assert desk.call(SEND, body(media, touser=followers[::-1]))["errcode"] == 45065
    assert desk.call(SEND, body(media, touser=followers[:2]))["errcode"] == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"touser": ["o0"]}, 40130),
        ({"touser": "o0"}, 40130),
        ({"touser": [f"o{n}" for n in range(10_001)]}, 40032),
        ({"clientmsgid": "x" * 65}, 45067),
        ({"clientmsgid": ""}, 45067),
        ({"mpnews": {"media_id": "draft-0"}}, 40007),
        ({"msgtype": "video"}, 40008),
        ({"msgtype": "text", "text": {}}, 44004),
        ({"msgtype": "text", "text": "x"}, 47001),
    ],
)
def test_a_list_that_is_wrong_is_refused(desk, followers, media, change, code):
    assert desk.call(SEND, body(media, touser=followers) | change)["errcode"] == code


def test_the_fifth_of_a_month_and_who_left_get_nothing_and_are_counted(
    desk, followers, media, until
):
    desk.order("receipts", mode="normal")
    for number in range(4):
        desk.call(SEND, body(media, touser=followers[:2], clientmsgid=f"k{number}"))
    desk.order("event", openid="o2", event="unsubscribe")
    desk.call(SEND, body(media, touser=[*followers, "oStranger"], clientmsgid="k4"))

    assert [len(desk.got(one)) for one in followers] == [4, 4, 0]
    until(lambda: len(ends(desk)) == 5)
    (end,) = [one for one in ends(desk) if one["TotalCount"] == 4]
    names = ("TotalCount", "FilterCount", "SentCount", "ErrorCount", "Status")
    assert [end[name] for name in names] == [4, 0, 0, 0, "send success"]


def test_to_all_goes_once_a_day_and_counts_for_everybody(desk, clock, followers, media):
    every = {"filter": {"is_to_all": True}}
    assert desk.call(ALL, body(media, **every, clientmsgid="a"))["errcode"] == 0
    assert desk.call(ALL, body(media, **every, clientmsgid="b"))["errcode"] == 45028
    assert desk.call(ALL, body(media, **every, clientmsgid="a"))["errcode"] == 45066
    clock.forward(86_400)
    assert desk.call(ALL, body(media, **every, clientmsgid="c"))["errcode"] == 0
    assert [len(desk.got(one)) for one in followers] == [2, 2, 2]
    assert desk.call(ALL, body(media, filter=1))["errcode"] == 47001


def test_to_a_tag_goes_to_who_bears_it(desk, followers, media):
    tag = desk.call("tags/create", {"tag": {"name": "企业"}})["tag"]["id"]
    assert desk.call("tags/create", {"tag": {"name": "企业"}})["errcode"] == 45157
    some = {"openid_list": followers[:2], "tagid": tag}
    assert desk.call("tags/members/batchtagging", some)["errcode"] == 0
    many = {"openid_list": ["o0"] * 51, "tagid": tag}
    assert desk.call("tags/members/batchtagging", many)["errcode"] == 40032
    assert desk.call("tags/members/batchtagging", some | {"tagid": 1})["errcode"] == 45159
    desk.call("tags/members/batchuntagging", {"openid_list": ["o1"], "tagid": tag})

    assert desk.call("user/tag/get", {"tagid": tag})["data"]["openid"] == ["o0"]
    to_tag = {"filter": {"is_to_all": False, "tag_id": tag}}
    assert desk.call(ALL, body(media, **to_tag))["errcode"] == 0
    assert [len(desk.got(one)) for one in followers] == [1, 0, 0]
    for other, code in (
        ({"is_to_all": False, "tag_id": 7}, 45159),
        ({"is_to_all": False, "tag_id": str(tag)}, 45159),
        ({"is_to_all": False, "tag_id": [tag]}, 45159),
        ({"is_to_all": False, "tag_id": True}, 45159),
        ({"is_to_all": False}, 45159),
        ({"tag_id": tag}, 47001),
        ({"is_to_all": "false", "tag_id": tag}, 47001),
    ):
        assert desk.call(ALL, body(media, filter=other))["errcode"] == code
    assert [len(desk.got(one)) for one in followers] == [1, 0, 0]


def test_to_a_tag_counts_for_the_four_of_a_month_and_who_left_bears_none(
    desk, followers, media, until
):
    desk.order("receipts", mode="normal")
    tag = desk.call("tags/create", {"tag": {"name": "企业"}})["tag"]["id"]
    desk.call("tags/members/batchtagging", {"openid_list": followers, "tagid": tag})
    for number in range(4):
        desk.call(SEND, body(media, touser=followers[:2], clientmsgid=f"k{number}"))
    desk.order("event", openid="o1", event="unsubscribe")
    to_tag = {"is_to_all": False, "tag_id": tag}
    desk.call(ALL, body(media, filter=to_tag, clientmsgid="k4"))

    assert [len(desk.got(one)) for one in followers] == [4, 4, 1]
    until(lambda: len(ends(desk)) == 5)
    assert {"TotalCount": 2, "FilterCount": 1, "SentCount": 1}.items() <= ends(desk)[-1].items()


def test_the_sixty_first_call_of_a_minute_waits(desk, clock, followers, media):
    codes = [
        desk.call(SEND, body(media, touser=followers, clientmsgid=f"k{n}"))["errcode"]
        for n in range(61)
    ]
    clock.forward(60)
    last = desk.call(SEND, body(media, touser=followers, clientmsgid="k60"))

    assert (set(codes[:60]), codes[60], last["errcode"]) == ({0}, 45011, 0)


def test_a_preview_reaches_a_tester_who_follows(desk, followers, media):
    assert desk.call("message/mass/preview", body(media, touser="o0"))["errcode"] == 0
    assert desk.got("o0")[-1]["preview"] is True
    assert desk.call("message/mass/preview", body(media, touser="oStranger"))["errcode"] == 40003


def test_a_job_can_be_asked_for(desk, followers, media):
    job = desk.call(SEND, body(media, touser=followers))["msg_id"]

    assert desk.call("message/mass/get", {"msg_id": job})["msg_status"] == "SEND_SUCCESS"
    assert desk.call("message/mass/get", {"msg_id": 1})["errcode"] == 40059


def test_what_was_sent_can_be_deleted(desk, followers, media):
    job = desk.call(SEND, body(media, touser=followers))["msg_id"]

    assert desk.call("message/mass/delete", {"msg_id": 1})["errcode"] == 40059
    assert desk.call("message/mass/delete", {"msg_id": str(job)})["errcode"] == 40059
    for _ in range(2):
        assert desk.call("message/mass/delete", {"msg_id": job})["errcode"] == 0
    assert desk.call("message/mass/get", {"msg_id": job})["msg_status"] == "DELETE"
    assert all(desk.got(one)[-1]["deleted"] for one in followers)


def test_a_draft_keeps_only_pictures_that_were_uploaded(desk):
    url = upload(desk, "media/uploadimg")["url"]
    content = f'<p><img src="{url}"/><img src="https://elsewhere.example/x.png"/></p>'
    media = draft(desk, content=content)["media_id"]

    (held,) = desk.call("draft/get", {"media_id": media})["news_item"]
    assert held["content"] == f'<p><img src="{url}"/></p>'
    assert desk.call("draft/delete", {"media_id": media})["errcode"] == 0
    assert desk.call("draft/get", {"media_id": media})["errcode"] == 40007


def test_what_a_draft_is_refused_for(desk):
    for change, code in (
        ({"title": "长" * 65}, 45003),
        ({"title": ""}, 44004),
        ({"author": "作" * 9}, 45110),
        ({"digest": "摘" * 121}, 45004),
        ({"content": "文" * 20_001}, 45002),
        ({"content": ""}, 44004),
        ({"thumb_media_id": "x"}, 40007),
    ):
        assert draft(desk, **change)["errcode"] == code
    assert desk.call("draft/add", {"articles": []})["errcode"] == 44003
    assert desk.call("draft/add", {"articles": [{}] * 9})["errcode"] == 45008
    assert desk.call("draft/add", {"articles": ["x"]})["errcode"] == 47001


def test_what_a_picture_is_refused_for(desk):
    assert upload(desk, "media/uploadimg", b"GIF89a")["errcode"] == 40005
    assert upload(desk, "media/uploadimg", PNG + bytes(1024 * 1024))["errcode"] == 40009
    assert upload(desk, "material/add_material")["errcode"] == 40004
    assert desk.call("media/uploadimg", {"x": 1})["errcode"] == 41005
