import logging
from datetime import date
from urllib.parse import quote

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import names
from core.db import Writing

from .conftest import USCC

SHARED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
CITIZEN_ID = "110101199003078515"
CITIZEN_IDS = [
    CITIZEN_ID,
    "110101-19900307-8515",
    "１１０１０１１９９００３０７８５１５",
    "1101 0119 9003 0785 15",
    "11010119900307851x",
    "110101900307851",
    "362322198709086409",  # passes the check digit of a credit code, too
    f"张三{CITIZEN_ID}",
    f"昆明公司 {CITIZEN_ID} 的信用",
]


HIT = {
    "uscc": USCC,
    "name": "昆明示例商贸有限公司",
    "district": "530100",
    "kind": "legal_entity",
    "kind_label": "法人或非法人组织",
    "former_name": None,
}


def search(client, q, **more):
    return client.get("/api/v1/entities", query_string={"q": q} | more)


def test_an_entity_is_found_by_part_of_its_name(client, subject):
    reply = search(client, "示例商贸")

    assert reply.status_code == 200
    assert reply.json == {
        "items": [HIT],
        "next_cursor": None,
        "searched_as_of": "2026-11-23T09:00:00+08:00",
    }


@pytest.mark.parametrize("typed", [USCC, USCC.lower(), "9153 0100 MA6K 3Q5R 8T", f" {USCC} "])
def test_an_entity_is_found_by_its_code(client, subject, typed):
    assert [hit["uscc"] for hit in search(client, typed).json["items"]] == [USCC]


@pytest.mark.parametrize("text", ["没有这家公司", "91530100MA6K99999X"])
def test_nothing_found_is_an_empty_page(client, subject, text):
    reply = search(client, text)

    assert (reply.status_code, reply.json["items"], reply.json["next_cursor"]) == (200, [], None)


@pytest.mark.parametrize("text", ["昆", "abc", "123", "%%", "\N{ZERO WIDTH SPACE}"])
def test_a_text_without_two_characters_is_too_short(client, database, text):
    reply = search(client, text)

    assert (reply.status_code, reply.json["code"]) == (422, "query_too_short")


@pytest.mark.parametrize("number", CITIZEN_IDS)
def test_a_citizens_number_is_refused_and_leaves_no_trace(client, caplog, capfd, number):
    caplog.set_level(logging.DEBUG)

    with structlog.testing.capture_logs() as logs:
        reply = search(client, number)

    assert (reply.status_code, reply.json["code"]) == (422, "citizen_id_refused")
    seen = f"{reply.text}{reply.headers}{logs}{caplog.text}{capfd.readouterr()}"
    for trace in (number, quote(number), CITIZEN_ID, "0307"):
        assert trace not in seen


@pytest.mark.parametrize("number", CITIZEN_IDS[:7])
def test_a_citizens_number_is_no_entity_either(client, number):
    reply = client.get(f"/api/v1/entities/{number}")

    assert (reply.status_code, reply.json["code"]) == (422, "citizen_id_refused")
    assert number not in reply.text


@pytest.mark.parametrize(
    ("wrong", "pointer", "detail"),
    [
        ({"limit": "0"}, "?limit", "应在 1 到 50 之间。"),
        ({"limit": "51"}, "?limit", "应在 1 到 50 之间。"),
        ({"limit": "many"}, "?limit", "应为整数。"),
        ({"limit": ""}, "?limit", "应为整数。"),
        ({"limit": "9" * 5000}, "?limit", "应为整数。"),
        ({"q": ""}, "?q", "应为 1 到 100 个字符。"),
        ({"q": "  "}, "?q", "应为 1 到 100 个字符。"),
        ({"q": "昆明" * 51}, "?q", "应为 1 到 100 个字符。"),
        ({"district": "5301"}, "?district", "应为 6 到 6 个字符。"),
        ({"kind": "citizen"}, "?kind", "不在可选的值之内。"),
        ({"kind": "natural_person"}, "?kind", "不在可选的值之内。"),
        ({"q": "昆明\0公司"}, "?q", "含有不能显示的控制字符。"),
    ],
)
def test_a_wrong_parameter_is_named(client, wrong, pointer, detail):
    reply = client.get("/api/v1/entities", query_string={"q": "昆明公司"} | wrong)

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_request")
    assert reply.json["errors"] == [{"pointer": pointer, "detail": detail}]


def test_q_is_required(client):
    assert client.get("/api/v1/entities").json["errors"] == [{"pointer": "?q", "detail": "必填。"}]


@pytest.mark.parametrize("limit", [1, 3, 7, 50])
def test_a_walk_by_cursor_meets_every_hit_once(client, add_subject, limit):
    names = {add_subject(f"昆明百货第{number}分公司").name for number in range(7)}

    met, cursor = [], {}
    while cursor is not None:
        page = search(client, "昆明百货", limit=limit, **cursor).json
        assert len(page["items"]) <= limit
        met += [hit["name"] for hit in page["items"]]
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else None

    assert len(met) == 7
    assert set(met) == names


@pytest.fixture
def cursor(client, add_subject):
    for number in range(2):
        add_subject(f"昆明百货第{number}分公司")
    return search(client, "昆明百货", limit=1).json["next_cursor"]


def test_a_district_and_a_kind_narrow_the_search(client, subject):
    whole = {"district": "530100", "kind": "legal_entity"}

    for q in ("示例商贸", USCC):
        assert [hit["uscc"] for hit in search(client, q, **whole).json["items"]] == [USCC]
        assert search(client, q, district="530102").json["items"] == []
        assert search(client, q, kind="sole_trader").json["items"] == []


def test_a_former_name_is_found_and_said(client, subject):
    with Writing() as session:
        names.keep(session, subject.id, "昆明旧名商行", until=date(2020, 1, 1))

    assert search(client, "旧名").json["items"] == [HIT | {"former_name": "昆明旧名商行"}]
    assert search(client, "示例").json["items"] == [HIT]


@pytest.mark.parametrize("more", [{"district": "530102"}, {"kind": "sole_trader"}])
def test_a_cursor_belongs_to_its_filters(client, cursor, more):
    reply = search(client, "昆明百货", cursor=cursor, **more)

    assert (reply.status_code, reply.json["code"]) == (422, "bad_cursor")


def test_a_cursor_belongs_to_its_query_and_does_not_tell_it(client, cursor):
    reply = search(client, "昆明百货第", cursor=cursor)

    assert (reply.status_code, reply.json["code"]) == (422, "bad_cursor")
    assert cursor.isascii()
    assert "昆明" not in cursor


@SHARED
@given(data=st.data())
def test_a_tampered_cursor_is_refused_and_never_fails(client, cursor, data):
    place = data.draw(st.integers(0, len(cursor) - 1))
    end = data.draw(st.integers(place, len(cursor)))
    tampered = cursor[:place] + data.draw(st.text(max_size=12)) + cursor[end:]

    reply = search(client, "昆明百货", limit=1, cursor=tampered)

    assert reply.status_code == (200 if tampered == cursor else 422)


@SHARED
@given(text=st.text(max_size=120))
def test_no_text_makes_the_search_fail(client, database, text):
    sendable = text.encode(errors="replace").decode()

    assert search(client, sendable).status_code in {200, 422}
