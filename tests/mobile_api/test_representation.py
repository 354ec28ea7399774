"""Who represents an organisation today, and so may see its cases and go on with them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import cases, export, leaving
from core.audit.trail import Entry
from core.calendar import day
from core.cases import Action, Case
from core.casework import saying
from core.db import Reading, Writing
from core.outbox.events import Event
from tests.core.given import expanded
from tests.mobile_api.files import PNG

from .conftest import NOW, USCC, VAULT
from .my_cases import as_staff, code, get, post
from .test_evidence import work

__all__ = ["as_staff", "code", "get", "post", "work"]  # fixtures

DAY = timedelta(days=1)
MISSING = "7KQ2-M9XD-4TBV-W8RE"
MORE = {"statement": "补充一份凭证"}
STEPS = {"supplements": MORE, "withdrawal": None, "review": MORE, "resubmission": {}}


@pytest.fixture
def representative(sign_in):
    """Somebody who represents the subject until the end of today."""
    return sign_in(organisation=USCC, until=day(NOW))


@pytest.fixture
def successor(sign_in):
    return sign_in(organisation=USCC)


@pytest.fixture
def later(sign_in, world):
    """Let time pass; whoever comes back then signs in anew."""

    def later(*people, by=DAY):
        world.now = NOW + by
        return [sign_in(one.account_id) for one in people]

    return later


@pytest.fixture
def file(upload, work, representative):
    """A file that was examined and is part of the case."""
    sent = upload(PNG).json["id"]
    work()
    return sent


@pytest.fixture
def filed(object_to, record, file):
    return object_to(record.id, evidence=[file]).json["receipt_code"]


def told(reply):
    """Return an answer without what names its request."""
    return reply.status_code, (reply.json or {}) | {"instance": "", "request_id": ""}


def looked(client, headers, code, file):
    """Return what the case and its file answer, by what was asked."""
    seen = headers | {"If-Match": "*"}
    case, files = f"/api/v1/me/cases/{code}", f"/api/v1/evidence/{file}"
    reads = [case, f"{case}/certificate", f"{case}/certificate/file", files, f"{files}/file"]
    found = {one: client.get(one, headers=headers) for one in reads}
    for step, form in STEPS.items():
        sent = {} if form is None else {"json": form}
        found[f"{case}/{step}"] = client.post(f"{case}/{step}", headers=seen, **sent)
    found[f"DELETE {files}"] = client.delete(files, headers=headers)
    return {name: told(reply) for name, reply in found.items()}


def test_who_represents_it_no_more_cannot_tell_its_case_from_none(
    client, representative, stranger, filed, file, later, get
):
    assert get(f"/{filed}").status_code == 200
    gone, strange = later(representative, stranger)

    former = looked(client, gone, filed, file)
    other = looked(client, strange, filed, file)
    missing = looked(client, gone, MISSING, "0" * 32)

    assert list(former.values()) == list(other.values()) == list(missing.values())
    assert {status for status, _ in former.values()} == {404}
    assert get(headers=gone).json["items"] == []


def test_on_its_last_day_a_representation_counts_until_midnight(
    get, filed, later, representative, world
):
    (late,) = later(representative, by=timedelta(hours=14, minutes=59))
    assert get(f"/{filed}", headers=late).status_code == 200

    world.now += timedelta(minutes=1)
    assert get(f"/{filed}", headers=late).status_code == 404


def test_nothing_is_told_again_to_who_represents_it_no_more(client, representative, record, later):
    client.keyed = False
    form = {"record_id": str(record.id), "grounds": ["wrong"], "statement": "金额有误"}

    def file(who):
        once = who | {"Idempotency-Key": "file-it-once"}
        return client.post("/api/v1/objections", json=form, headers=once)

    def add(who):
        once = who | {"Idempotency-Key": "add-it-once", "If-Match": "*"}
        return client.post(address, json=MORE, headers=once)

    first = file(representative)
    address = f"/api/v1/me/cases/{first.json['receipt_code']}/supplements"
    assert add(representative).status_code == 200
    again = file(representative)
    assert (again.data, again.headers["Idempotency-Replayed"]) == (first.data, "true")

    (gone,) = later(representative, by=timedelta(hours=23))

    for late in (file(gone), add(gone)):
        assert (late.status_code, late.json["code"]) == (404, "case_not_found")


def test_who_represents_it_no_more_files_nothing_for_it(object_to, record, later, representative):
    (gone,) = later(representative)

    assert object_to(record.id, headers=gone).json["code"] == "not_entitled"


def test_a_new_representative_goes_on_with_the_case(
    client, get, post, filed, file, successor, upload, work, later
):
    (successor,) = later(successor)
    assert [one["receipt_code"] for one in get(headers=successor).json["items"]] == [filed]
    assert get(f"/{filed}", headers=successor).json["statement"] == "金额有误"
    whole = client.get(f"/api/v1/evidence/{file}/file", headers=successor)
    assert whole.status_code == 200
    new = upload(PNG, "补充.png", headers=successor).json["id"]

    added = post(filed, "supplements", MORE | {"evidence": [new]}, headers=successor)
    taken = post(filed, "withdrawal", headers=successor)
    again = post(filed, "resubmission", {}, headers=successor)

    assert [one.status_code for one in (added, taken, again)] == [200, 200, 201]
    with Reading() as session:
        held = session.scalars(select(Case).order_by(Case.id)).all()
        acts = session.execute(select(Entry.actor, Entry.action).order_by(Entry.id)).all()
    assert [case.organisation for case in held] == [USCC, USCC]
    assert held[1].account_id == successor.account_id
    mine = f"account:{successor.account_id}"
    assert [action for actor, action in acts if actor == mine] == [
        *("case_supplemented", "case_withdrawn", "case_filed")
    ]


def test_news_come_to_who_represents_it_on_that_day(representative, sign_in, filed, get, client):
    def tell(now):
        with Writing() as session:
            case = cases.by_code(session, filed)
            step = cases.note(session, case, Action.MOVED, who="staff:1", now=now)
            saying.owe_progress(session, case, step, now=now)

    tell(NOW)
    tell(NOW + DAY)  # nobody represents it then
    successor = sign_in(organisation=USCC)
    tell(NOW)  # whoever filed it, as long as they do
    tell(NOW + DAY)

    with Reading() as session:
        told = session.scalars(select(Event.audience_id).order_by(Event.id)).all()
    mine, theirs = representative.account_id, successor.account_id
    assert told == [mine, mine, mine, theirs]  # the first is the receipt


def test_the_inbox_tells_nothing_of_a_case_to_who_represents_it_no_more(
    client, representative, filed, later
):
    expanded(now=NOW)
    (before,) = client.get("/api/v1/me/inbox", headers=representative).json["items"]
    (gone,) = later(representative)
    (after,) = client.get("/api/v1/me/inbox", headers=gone).json["items"]

    assert before["about"] == {"kind": "case", "id": filed}
    assert (after["title"], after["facts"], after["about"]) == ("一件单位办件的消息", [], None)
    assert filed not in str(after)


def test_what_is_one_persons_own_is_not_the_organisations(client, representative, successor, get):
    form = {"about": "service", "statement": "等了很久"}
    reply = client.post("/api/v1/complaints", json=form, headers=representative)

    assert get(f"/{reply.json['receipt_code']}").status_code == 200
    assert get(f"/{reply.json['receipt_code']}", headers=successor).status_code == 404
    assert get(headers=successor).json["items"] == []


def test_who_represents_it_no_more_exports_nothing_of_it_and_may_leave(
    client, representative, filed
):
    mine = representative.account_id
    with Writing() as session:
        now = export.of_account(session, VAULT, mine, now=NOW)
        then = export.of_account(session, VAULT, mine, now=NOW + DAY)
        assert (len(now["cases"]), len(now["evidence"])) == (1, 1)
        assert (then["cases"], then["evidence"]) == ([], [])
        with pytest.raises(leaving.OpenCasesError):
            leaving.leave(session, mine, now=NOW)
        leaving.leave(session, mine, now=NOW + DAY)
