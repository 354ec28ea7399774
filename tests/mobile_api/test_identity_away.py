"""The identity provider is slow, down, elsewhere, or says what we cannot use."""

from dataclasses import replace

import pytest
import requests
from sqlalchemy import func, select

from core.db import Reading
from core.persons import Person
from messages.identity import oidc
from messages.identity.breaker import Breaker
from messages.identity.oidc import Names
from sandbox.options import Options
from sandbox.server import Running

from . import conftest
from .conftest import World
from .identities import citizen, identity_client, shared, walk, world
from .provider import WAY, Walk

__all__ = ["citizen", "identity_client", "shared", "walk", "world"]  # fixtures

TOKEN = "/identity/token"


@pytest.fixture
def otherwise(identity_client, world, sandbox, database):
    """Walk with another client than the one that all tests share."""

    def otherwise(**changed):
        changed = {"breaker": Breaker()} | changed
        app = conftest.create_app(world, replace(identity_client, **changed))
        return Walk(app.test_client(), sandbox)

    return otherwise


@pytest.mark.parametrize("kind", ["html502", "timeout"])
def test_while_the_provider_is_down_the_same_answer_may_come_again(walk, citizen, kind):
    answer = walk.to_the_door(citizen)
    walk.order(kind=kind, path=TOKEN, count=1, seconds=0)

    away = walk.complete(citizen, answer)

    assert (away.status_code, away.json["code"]) == (503, "identity_unavailable")
    assert int(away.headers["Retry-After"]) > 0
    assert walk.complete(citizen, answer).status_code == 200


def test_a_slow_provider_is_not_waited_for(walk, citizen):
    answer = walk.to_the_door(citizen)
    walk.order(kind="delay", path=TOKEN, count=1, seconds=30)

    assert walk.complete(citizen, answer).status_code == 503


def test_a_provider_that_never_answers_is_left_alone_for_a_while(otherwise, citizen):
    walk = otherwise(breaker=Breaker(most=2, rest=3600))
    answer = walk.to_the_door(citizen)
    walk.order(kind="html502", path=TOKEN, count=9)

    replies = [walk.complete(citizen, answer) for _ in range(4)]

    assert [reply.status_code for reply in replies] == [503] * 4
    assert replies[-1].headers["Retry-After"] == "3600"
    assert [fault["count"] for fault in walk.ordered()] == [7]  # asked twice only


def test_a_provider_that_nobody_found_yet_cannot_be_gone_to(otherwise, citizen):
    walk = otherwise(provider=lambda: None)

    reply = walk.begin(citizen)

    assert (reply.status_code, reply.json["code"]) == (503, "identity_unavailable")


@pytest.mark.parametrize("endpoint", ["/nowhere", "/identity", "/identity/jwks.json"])
def test_whatever_is_no_token_endpoint_is_a_provider_that_is_away(
    otherwise, citizen, identity_client, sandbox, endpoint
):
    elsewhere = replace(identity_client.provider(), token_endpoint=f"{sandbox.url}{endpoint}")
    walk = otherwise(provider=lambda: elsewhere)

    assert walk.whole(citizen).status_code == 503


def test_a_client_that_the_provider_does_not_know_is_a_fault_of_ours(otherwise, citizen):
    walk = otherwise(secret="guessed")

    assert walk.whole(citizen).status_code == 503


@pytest.mark.parametrize("missing", ["name", "number"])
def test_a_provider_that_gives_no_name_or_number_is_of_no_use(otherwise, citizen, missing):
    walk = otherwise(names=Names(**{missing: "unheard_of"}))

    reply = walk.whole(citizen)

    assert (reply.status_code, reply.json["code"]) == (422, "identity_unusable")
    with Reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_claims_may_have_other_names(otherwise, citizen):
    walk = otherwise(names=Names(organisation="id_number"))  # a citizen's number is no code

    assert walk.whole(citizen).json["code"] == "identity_unusable"


def test_a_secret_is_given_where_there_is_one(tmp_path, database, sign_in, identity_client):
    with Running(Options(var=tmp_path, identity_secret="s3cret")) as running:
        issuer = f"{running.url}/identity"
        jwks = requests.get(f"{issuer}/jwks.json", timeout=10).json()
        there = oidc.Provider(f"{issuer}/authorize", f"{issuer}/token", keys(jwks))
        client = replace(identity_client, issuer=issuer, secret="s3cret", provider=lambda: there)
        world = World()
        walk = Walk(conftest.create_app(world, client).test_client(), running)
        world.now = conftest.datetime.now(conftest.UTC)
        assert walk.whole(sign_in()).status_code == 200
    assert "s3cret" not in repr(client)


def keys(jwks):
    from joserfc.jwk import KeySet

    return KeySet.import_key_set(jwks)


def test_a_breaker_opens_after_failures_in_a_row_and_lets_one_try_through_later():
    at = [0.0]
    breaker = Breaker(most=2, rest=10, clock=lambda: at[0])
    tries = []
    for failed in (True, False, True, True):
        tries.append(breaker.lets_through())
        (breaker.failed if failed else breaker.answered)()
    assert tries == [True] * 4
    assert not breaker.lets_through()

    at[0] = 10.0
    assert breaker.lets_through()
    assert not breaker.lets_through()  # one try, until it is known what became of it
    breaker.answered()
    assert breaker.lets_through()


def test_nobody_asks_what_is_under_way_twice(walk, citizen):
    assert walk.client.get(f"{WAY}/complete", headers=citizen).status_code == 405
