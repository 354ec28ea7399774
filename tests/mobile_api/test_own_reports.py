"""Reports of oneself at the app's door: asked for and fetched after a step-up, by oneself alone."""

import pytest
import sqlalchemy as sa

from core.audit.trail import Entry
from core.db import Reading, Writing
from core.reports import making, personal, telling
from core.reports.ledger import Report
from messages.report.shelf import digest
from tests.fixtures.persons import NAME
from tests.mobile_api.conftest import NOW, VAULT

URL = "/api/v1/me/reports"
PDF = b"%PDF-1.7 a report of oneself"


@pytest.fixture
def person(on_record):
    return on_record(VAULT, NOW).person()


@pytest.fixture
def me(sign_in, person):
    return sign_in(person=person, fresh=True)


@pytest.fixture
def made(client, me, world):
    """Ask for a report and make it, as a worker does; return where the operation says it is."""

    def made():
        where = client.post(URL, json={"purpose": "self_check"}, headers=me).headers["Location"]
        with Writing() as session:
            report = session.query(Report).one()
            told = telling.snapshot(session, VAULT, report.id, valid_days=30, now=NOW)
            facts = {"snapshot_hash": told.hash, "pdf_hash": digest(PDF), "size": len(PDF)}
            assert making.made(session, report.id, **facts, now=NOW)
            draft = world.shelf.draft(report.file_key, PDF, personal.secret(session, VAULT, report))
            world.shelf.place(report.file_key, draft)
        return client.get(where, headers=me).json["result_url"]

    return made


def looks(person):
    with Reading() as session:
        mine = sa.select(Entry.purpose).where(Entry.subject_id == person)
        return session.scalars(mine.order_by(Entry.id)).all()


def test_it_is_made_and_fetched_and_each_reading_is_a_look(client, me, made, person):
    url = made()
    assert looks(person) == ["own_report"]

    shown = client.get(url, headers=me)
    file = client.get(f"{url}/file", headers=me)

    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith('attachment; filename="credit-report-')
    assert file.headers["Cache-Control"] == "private, no-cache"
    assert file.headers["ETag"] == f'"{shown.json["sha256"]}"'
    assert looks(person) == ["own_report"] * 2
    assert NAME not in shown.text


def test_asking_and_fetching_want_a_step_up(client, me, made, sign_in, citizen):
    url = made()
    stale = sign_in(me.account_id, device="tablet")

    assert client.get(f"{url}/file", headers=stale).json["code"] == "step_up_required"
    assert client.get(url, headers=stale).status_code == 200
    form = {"purpose": "self_check"}
    for headers in (stale, citizen):
        assert client.post(URL, json=form, headers=headers).json["code"] == "step_up_required"
    assert client.post(URL, json=form).json["code"] == "unauthorised"


def test_nobody_else_can_tell_that_it_is_there(client, made, sign_in, on_record, person):
    url = made()
    other = sign_in(person=on_record(VAULT, NOW).person("530112199001010020", "别人"), fresh=True)

    for path in (url, f"{url}/file"):
        assert client.get(path, headers=other).json["code"] == "report_not_found"
    assert looks(person) == ["own_report"]


def test_whoever_only_represents_an_organisation_has_no_report_of_oneself(client, sign_in):
    headers = sign_in(organisation="91530100MA6KX0000X", fresh=True)

    reply = client.post(URL, json={"purpose": "self_check"}, headers=headers)

    assert (reply.status_code, reply.json["code"]) == (403, "real_name_required")


def test_whoever_verifies_it_learns_that_it_is_good_and_no_name(client, me, made):
    url = made()
    shown = client.get(url, headers=me).json

    told = client.get(f"{url}/verification", query_string={"code": shown["verify_code"]}).json

    assert (told["standing"], told["name"], told["uscc"]) == ("valid", None, None)
