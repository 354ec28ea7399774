"""The requests that WeChat publishes are taken; with one field broken they are not."""

import copy

import pytest

KINDS = {
    "text": ("content", 44004),
    "image": ("media_id", 40007),
    "voice": ("media_id", 40007),
    "video": ("media_id", 40007),
    "music": ("thumb_media_id", 47003),
    "news": ("articles", 44003),
    "msgmenu": ("list", 44004),
    "wxcard": ("card_id", 47003),
    "miniprogrampage": ("pagepath", 47003),
}
TEMPLATE = "CgibinMessageTemplate/CgibinMessageTemplateSendRequest"
CUSTOM = "CgibinMessageCustom/CgibinMessageCustomSendRequest"
TYPING = "CgibinMessageCustom/CgibinMessageCustomTypingRequest"
MENU = "CgibinMenu/CgibinMenuCreateRequest"


@pytest.fixture(autouse=True)
def openid_has_just_spoken(desk):
    desk.follow("OPENID")
    desk.order("say", openid="OPENID", text="你好")


def test_the_template_message_is_taken(desk, published):
    answer = desk.call("message/template/send", published(TEMPLATE))
    sample = published("CgibinMessageTemplate/CgibinMessageTemplateSendResponse")
    assert answer.keys() == sample.keys()
    assert (answer["errcode"], answer["errmsg"]) == (sample["errcode"], sample["errmsg"])


def test_first_and_remark_are_not_displayed(desk, published):
    desk.call("message/template/send", published(TEMPLATE))
    card = desk.got("OPENID")[-1]
    assert [field["value"] for field in card["fields"]] == ["巧克力", "39.8元", "2014年9月22日"]


@pytest.mark.parametrize(
    ("field", "broken", "code"),
    [
        ("touser", "OTHER", 40003),
        ("template_id", "OTHER", 40037),
        ("url", 1, 47001),
        ("data", {}, 47003),
    ],
)
def test_a_template_message_with_one_field_broken_is_refused(desk, published, field, broken, code):
    body = published(TEMPLATE) | {field: broken}
    assert desk.call("message/template/send", body)["errcode"] == code


def test_a_broken_keyword_is_named(desk, published):
    body = copy.deepcopy(published(TEMPLATE))
    del body["data"]["keyword2"]["value"]
    answer = desk.call("message/template/send", body)
    assert answer["errmsg"].startswith("argument invalid! data.keyword2.value invalid")


@pytest.mark.parametrize("kind", KINDS)
def test_a_customer_service_message_of_each_type_is_taken(desk, published, kind):
    answer = desk.call("message/custom/send", published(CUSTOM) | {"msgtype": kind})
    assert answer == {"errcode": 0, "errmsg": "ok"}
    assert desk.got("OPENID")[-1]["kind"] == kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_customer_service_message_with_one_field_broken_is_refused(desk, published, kind):
    field, code = KINDS[kind]
    body = published(CUSTOM) | {"msgtype": kind}
    body[kind] = {**body[kind], field: ""}
    assert desk.call("message/custom/send", body)["errcode"] == code
    without = {**published(CUSTOM), "msgtype": kind, kind: None}
    assert desk.call("message/custom/send", without)["errcode"] == 47001


def test_the_typing_sign_is_taken(desk, published):
    assert desk.call("message/custom/typing", published(TYPING))["errcode"] == 0
    broken = published(TYPING) | {"command": "typing"}
    assert desk.call("message/custom/typing", broken)["errcode"] == 45072


def menu(sample):
    """The published menu shows seven buttons in a row, of which WeChat takes three."""
    first, second, third, *rest = sample["button"]
    return [{"button": [first, second, third]}, {"button": [{"name": "更多", "sub_button": rest}]}]


def test_the_menu_is_taken_and_read_back(desk, published):
    for part in menu(published(MENU)):
        assert desk.call("menu/create", part)["errcode"] == 0
        assert desk.get("menu/get", access_token=desk.token())["menu"] == part
    assert desk.get("menu/delete", access_token=desk.token())["errcode"] == 0
    assert desk.get("menu/get", access_token=desk.token())["errcode"] == 46003


def test_the_menu_with_one_field_broken_is_refused(desk, published):
    assert desk.call("menu/create", published(MENU))["errcode"] == 40016
    for part, field in [(0, "key"), (1, "media_id")]:
        body = copy.deepcopy(menu(published(MENU))[part])
        for button in body["button"][0]["sub_button"]:
            button.pop(field, None)
        assert desk.call("menu/create", body)["errcode"] in (40007, 40019)


def test_the_quota_requests_are_taken(desk, published):
    body = published("CgibinOpenApi/CgibinOpenApiQuotaGetRequest")
    assert desk.call("openapi/quota/get", body)["errcode"] == 76021
    answer = desk.call("openapi/quota/get", body | {"cgi_path": "/cgi-bin/token"})
    assert answer["quota"] == {"daily_limit": 2000, "used": 0, "remain": 2000}
    clear = published("CgibinOpenApi/CgibinClearQuotaRequest")
    assert desk.call("clear_quota", clear)["errcode"] == 40013
    assert desk.call("clear_quota", clear | {"appid": desk.options.appid})["errcode"] == 0
