"""Every route, whoever asks: exactly what the table says."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import campaigns, institutions, releases
from core.db import Reading, Writing
from core.institutions import Scope
from core.reports.ledger import Report

from .access_table import CHECK, EXPECTED, INSTITUTIONS, REPORT
from .conftest import NOW, USCC, bearer


def routes(app):
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_the_table_names_every_route(app):
    assert routes(app) == set(EXPECTED)


@pytest.fixture
def case(object_to, add_record):
    return object_to(add_record().id).json["receipt_code"]


@pytest.fixture
def institution(register):
    """Return the header of an institution with a key of every scope, and of one with none."""
    held = register(NOW)
    with Writing() as session:
        year = timedelta(days=365)
        _, bare = institutions.issue(session, held.enrol(), (), lasts=year, now=NOW)
    return {"full": held.key(*Scope), "bare": {"X-Api-Key": bare}}


@pytest.fixture
def post(client):
    def post(path, form, headers):
        reply = client.post(f"/api/v1/{path}", json=form, headers=headers)
        assert reply.status_code in (201, 202), reply.text
        return reply.json

    return post


@pytest.fixture
def rows(record, case, upload, post, representative, institution):
    """Return what the addresses name: all of it is the owner's, or the institution's."""
    with Writing() as session:
        release = releases.make(session, "WAGE_ARREARS", now=NOW)
        article = campaigns.publish(session, "诚信兴商", "正文", now=NOW)
    asked = post(f"entities/{USCC}/reports", REPORT, representative)
    with Reading() as session:
        report = session.scalar(select(Report.report_no))
    return {
        "record": record.id,
        "case": case,
        "release": release,
        "article": article,
        "file": upload().json["id"],
        "operation": asked["id"],
        "report": report,
        "share": post("me/shares", {"about": "organisation"}, representative)["id"],
        "check": post("checks", CHECK, institution["full"])["check_no"],
        "sign_in": representative.sign_in_id,
    }


def filled(value, rows):
    return value.format(**rows) if isinstance(value, str) else value


@pytest.fixture
def send(client):
    """Ask a route as the table says, as somebody."""

    def send(route, rows, headers):
        tail, form, *_ = EXPECTED[route]
        method, rule = route.split()
        address = (rule.partition("/<")[0] + tail).replace("/records/records", "/records")
        sent = form and {name: filled(value, rows) for name, value in form.items()}
        seen = {"If-Match": "*"} if method in {"POST", "PUT"} else {}
        return client.open(address.format(**rows), method=method, json=sent, headers=seen | headers)

    return send


@pytest.mark.parametrize("route", EXPECTED)
def test_everybody_gets_what_the_table_says(
    send, route, rows, stranger, representative, institution
):
    nobodys, strangers, owners = EXPECTED[route][2:]
    whom = {
        "nobody": ({}, nobodys),
        "stranger": (stranger, strangers),
        "owner": (representative, owners),
    }
    bare, full = INSTITUTIONS.get(route, (nobodys, nobodys))
    whom |= {
        "without scope": (institution["bare"], bare),
        "institution": (institution["full"], full),
    }

    answers = {who: send(route, rows, headers).status_code for who, (headers, _) in whom.items()}

    assert answers == {who: expected for who, (_, expected) in whom.items()}


NAMED = [route for route, row in EXPECTED.items() if "{" in row[0] and row[3] == 404]


@pytest.mark.parametrize("route", NAMED)
def test_a_stranger_cannot_tell_not_yours_from_not_there(send, route, rows, stranger):
    theirs = send(route, rows, stranger)
    nowhere = send(route, dict.fromkeys(rows, "7KQ2M9XD4TBVW8RE") | {"sign_in": 99999}, stranger)

    assert (theirs.status_code, nowhere.status_code) == (404, 404)
    assert told(theirs) == told(nowhere)


def told(reply):
    """Return all that is told, but for what names this request alone."""
    kept = {name: value for name, value in reply.headers if name != "X-Request-Id"}
    request_id = reply.headers["X-Request-Id"]
    counted = {name for name in kept if name.lower().startswith("ratelimit")}
    return reply.text.replace(request_id, ""), {n: v for n, v in kept.items() if n not in counted}


def test_a_bad_token_harms_nobody_where_none_is_asked_for(client, record):
    reply = client.get(f"/api/v1/entities/{USCC}", headers=bearer("garbage"))

    assert reply.status_code == 200


def test_a_case_is_filed_in_the_name_of_the_token_and_no_field(client, citizen, record):
    form = {"record_id": str(record.id), "statement": "已缴清", "organisation": USCC}

    reply = client.post("/api/v1/repairs", json=form, headers=citizen)

    assert (reply.status_code, reply.json["errors"][0]["pointer"]) == (422, "#/organisation")
