"""Own credit at the app's door: one's own and nobody else's, each reading of a person a look."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from core.audit.trail import Entry
from core.db import Reading
from core.records import RecordState, Severity, Visibility
from tests.fixtures.persons import CITIZEN_ID, NAME
from tests.mobile_api.conftest import NOW, VAULT

URL = "/api/v1/me/credit"


@pytest.fixture
def held(on_record):
    return on_record(VAULT, NOW)


@pytest.fixture
def person(held):
    return held.person()


@pytest.fixture
def me(sign_in, person):
    """The person, just verified again."""
    return sign_in(person=person, fresh=True)


@pytest.fixture
def get(client, me):
    def get(query="", headers=None, url=URL):
        return client.get(f"{url}{query}", headers=me if headers is None else headers)

    return get


def looks(person):
    with Reading() as session:
        return session.scalars(sa.select(Entry).where(Entry.subject_id == person)).all()


def test_one_sees_ones_own_record_with_all_there_is_to_say(get, held, person):
    facts = {"violation_type": "拖欠工资", "penalty_types": ["罚款"]}
    one = held.record(person, facts=facts, rule="令45 拖欠农民工工资")

    reply = get()

    assert (reply.status_code, reply.json["name"]) == (200, NAME)
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert CITIZEN_ID not in reply.text
    (line,) = reply.json["items"]
    assert line["id"] == str(one.id)
    assert (line["kind_label"], line["state_label"]) == ("严重失信主体名单", "公示中")
    assert (line["seen_by"], line["seen_by_label"]) == ("authorised", "主体授权后可查")
    assert line["department"] == "昆明市人力资源和社会保障局"
    assert line["facts"] == [
        {"code": "violation_type", "label": "违法行为类型", "text": "拖欠工资"}
    ]
    assert "人力资源社会保障部令第45号" in line["legal_basis"]
    assert line["published_on"] == "2026-05-21"
    assert [one["code"] for one in line["what_to_do"]] == ["repair_now", "object"]


def test_each_record_has_its_timeline(get, held, person):
    held.record(person)

    (line,) = get().json["items"]

    assert [(point["what"], point["day"], point["ahead"]) for point in line["timeline"]] == [
        ("decided", "2026-05-20", False),
        ("received", "2026-05-20", False),
        ("published", "2026-05-21", False),
        ("repairable", "2026-11-20", False),
        ("ends", "2029-05-20", True),
    ]
    assert line["timeline"][-1]["what_label"] == "公示的最后一天"


def test_one_sees_what_others_do_not_and_what_is_over_but_nothing_of_ours(get, held, person):
    minor = held.record(person, visibility=Visibility.SUBJECT, severity=Severity.MINOR)
    over = held.record(person, state=RecordState.EXPIRED, ends_on=date(2026, 11, 22))
    held.record(person, state=RecordState.QUARANTINED)
    held.record(person, visibility=Visibility.INTERNAL)

    shown = {line["id"]: line for line in get().json["items"]}

    assert shown.keys() == {str(minor.id), str(over.id)}
    assert shown[str(over.id)]["seen_by"] == "subject"
    assert shown[str(over.id)]["what_to_do"] == []


@pytest.mark.parametrize(
    ("moment", "seen_by"),
    [
        (datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC), "authorised"),
        (datetime(2026, 11, 24, 16, 0, tzinfo=UTC), "subject"),
    ],
)
def test_a_term_ends_at_midnight_in_kunming(client, held, person, world, sign_in, moment, seen_by):
    held.record(person, ends_on=date(2026, 11, 24))
    world.now = moment

    (line,) = client.get(URL, headers=sign_in(person=person, fresh=True)).json["items"]

    assert line["seen_by"] == seen_by


def test_each_reading_is_a_look(get, me, person):
    get()
    get()

    assert [(look.actor, look.role, look.purpose) for look in looks(person)] == [
        (f"account:{me.account_id}", "self", "own_file")
    ] * 2


def test_who_has_the_newest_is_not_told_it_again_but_has_looked(get, client, me, held, person):
    tag = get().headers["ETag"]

    same = client.get(URL, headers=me | {"If-None-Match": tag})
    held.record(person)
    other = client.get(URL, headers=me | {"If-None-Match": tag})

    assert (same.status_code, same.data, other.status_code) == (304, b"", 200)
    assert len(looks(person)) == 3


def test_records_are_read_page_by_page_with_a_cursor_of_ones_own(
    get, client, held, person, sign_in
):
    ids = [str(held.record(person, event_date=date(2026, 5, day)).id) for day in (3, 2, 1)]

    first = get("?limit=2").json
    rest = get(f"?limit=2&cursor={first['next_cursor']}").json

    assert [line["id"] for line in (*first["items"], *rest["items"])] == ids
    assert rest["next_cursor"] is None
    other = sign_in(person=held.person("530112199001010020", "别人"), fresh=True)
    stolen = get(f"?cursor={first['next_cursor']}", headers=other)
    assert stolen.json["code"] == "bad_cursor"
    assert get("?cursor=").json["code"] == "bad_cursor"


def test_who_has_no_record_sees_none(get):
    assert (get().json["items"], get().json["next_cursor"]) == ([], None)


def test_nobody_else_sees_it(get, held, person, sign_in, citizen):
    held.record(person)
    other = sign_in(person=held.person("530112199001010020", "别人"), fresh=True)

    assert get(headers=other).json["items"] == []
    assert get(headers={}).json["code"] == "unauthorised"
    assert get(headers=citizen).json["code"] == "step_up_required"
    assert get(headers=sign_in(organisation="91530100MA6KX0000X", fresh=True)).json["code"] == (
        "real_name_required"
    )
    assert looks(person) == []


def test_an_old_step_up_does_not_do(get, client, me, world, person):
    world.now = NOW + timedelta(minutes=11)

    reply = get()

    assert (reply.status_code, reply.json["code"]) == (403, "step_up_required")
    assert "insufficient_user_authentication" in reply.headers["WWW-Authenticate"]
    assert looks(person) == []


ORGANISATION = f"{URL}/organisation"


def test_a_representative_sees_what_the_public_does_not(get, representative, add_record):
    public = add_record()
    minor = add_record(
        severity=Severity.MINOR, state=RecordState.HELD, visibility=Visibility.SUBJECT
    )
    add_record(visibility=Visibility.INTERNAL)

    shown = get(url=ORGANISATION, headers=representative).json

    assert (shown["name"], shown["uscc"]) == ("昆明示例商贸有限公司", "91530100MA6K3Q5R8T")
    assert {line["id"]: line["seen_by"] for line in shown["items"]} == {
        str(public.id): "public",
        str(minor.id): "subject",
    }
    assert shown["kind_label"] == "法人或非法人组织"


def test_only_the_representative_sees_it(get, representative, stranger, me, record):
    assert get(url=ORGANISATION, headers=stranger).json["code"] == "entity_not_found"
    assert get(url=ORGANISATION, headers=me).json["code"] == "not_entitled"
    page = get("?limit=1", url=ORGANISATION, headers=representative).json
    assert (len(page["items"]), page["next_cursor"]) == (1, None)
