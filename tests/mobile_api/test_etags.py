"""ETags: not told twice, and no change by who has not seen what there is."""

from datetime import timedelta

import marshmallow as ma
import pytest

from mobile_api import etags, gate
from mobile_api.fields import Answer, Question, Text
from mobile_api.resource import Resource

from .conftest import NOW, USCC, World, create_app


@pytest.fixture
def addresses(record, department):
    return {
        "entity": f"/api/v1/entities/{USCC}",
        "records of an entity": f"/api/v1/entities/{USCC}/records",
        "record": f"/api/v1/records/{record.id}",
        "search": "/api/v1/entities?q=昆明示例",
        "departments": "/api/v1/departments",
        "releases": "/api/v1/releases",
        "articles": "/api/v1/articles",
        "lists": "/api/v1/lists",
        "rules": "/api/v1/rules",
        "dictionaries": "/api/v1/dictionaries",
        "dictionary": "/api/v1/dictionaries/districts",
        "meta": "/api/v1/meta",
        "records on a list": "/api/v1/lists/WAGE_ARREARS/records",
        "decisions": "/api/v1/double-publicity",
        "promises": "/api/v1/promises",
        "policies": "/api/v1/policies",
    }


def test_who_has_the_newest_is_not_told_again_whenever_they_ask(client, world, addresses):
    for address in addresses.values():
        first = client.get(address)
        tag = first.headers["ETag"]
        assert tag.startswith('W/"')

        world.now = NOW + timedelta(minutes=1)  # when it was asked is no part of it
        for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
            again = client.get(address, headers={"If-None-Match": known})
            assert (again.status_code, again.data) == (304, b""), address
            assert again.headers["ETag"] == tag
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        world.now = NOW


def test_who_has_an_older_one_is_told(client, session, subject, addresses):
    tag = client.get(addresses["entity"]).headers["ETag"]
    subject.name = "昆明改名商贸有限公司"
    session.commit()

    reply = client.get(addresses["entity"], headers={"If-None-Match": tag})

    assert (reply.status_code, reply.json["name"]) == (200, "昆明改名商贸有限公司")
    assert reply.headers["ETag"] != tag


def test_each_language_has_tags_of_its_own(client, addresses):
    tag = client.get(addresses["dictionary"]).headers["ETag"]

    english = {"If-None-Match": tag, "Accept-Language": "en"}
    assert client.get(addresses["dictionary"], headers=english).status_code == 200


def test_a_refusal_has_no_tag(client, database):
    assert "ETag" not in client.get("/api/v1/records/9").headers


class Note(Answer):
    """A note that everybody may change."""

    text = ma.fields.String()


class NoteForm(Question):
    """How it is changed."""

    text = Text(1, 10, required=True)


@pytest.fixture
def note(monkeypatch):
    """A client of a door with a resource that can be changed; `held` is what there is."""
    held = {"text": "一", "version": 1}
    notes = Resource("notes", description="便条")

    @notes.get("")
    @notes.tagged
    @notes.response(200, Note)
    def show():
        etags.of_version(held["version"])
        return held

    @notes.patch("")
    @notes.refuses()
    @notes.guarded
    @notes.arguments(NoteForm)
    @notes.response(200, Note)
    def change(form):
        etags.demand(held["version"])
        held.update(form, version=held["version"] + 1)
        return held

    @notes.delete("")
    @notes.guarded
    @notes.response(204)
    def forget():
        return ""

    app = create_app(World())
    app.extensions["flask-smorest"]["apis"][""]["ext_obj"].register_blueprint(notes)
    return app.test_client()


def test_a_change_needs_the_tag_of_what_there_is(note):
    def change(**headers):
        reply = note.patch("/api/v1/notes", json={"text": "二"}, headers=headers)
        return reply.status_code, reply.json.get("code")

    tag = note.get("/api/v1/notes").headers["ETag"]

    assert change() == (428, "precondition_required")
    assert change(**{"If-Match": ""}) == (428, "precondition_required")
    assert change(**{"If-Match": 'W/"other"'}) == (412, "precondition_failed")
    assert change(**{"If-Match": '"", ""'}) == (412, "precondition_failed")
    assert change(**{"If-Match": f'"other", {tag}'}) == (200, None)
    assert change(**{"If-Match": tag}) == (412, "precondition_failed")
    assert change(**{"If-Match": "*"}) == (200, None)


def test_a_change_that_compares_nothing_is_our_own_mistake(note):
    reply = note.delete("/api/v1/notes", headers={"If-Match": "*"})

    assert (reply.status_code, reply.json["code"]) == (500, "internal_error")


def test_what_is_public_is_kept_until_midnight_at_most(client, world):
    def kept(now):
        world.now = now
        return client.get("/api/v1/dictionaries/districts").headers["Cache-Control"]

    assert kept(NOW) == f"public, max-age={gate.PUBLIC_SECONDS}"
    late = NOW.replace(hour=15, minute=59, second=30)  # 23:59:30 in Kunming
    assert kept(late) == "public, max-age=30"
    assert client.get("/api/v1/dictionaries/none").headers["Cache-Control"] == "no-cache"
