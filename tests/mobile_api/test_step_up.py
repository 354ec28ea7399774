"""Who is verified proves anew who they are, and for a while may see what is theirs."""

from datetime import timedelta

from core.calendar import add_months, day
from messages.limiting.windows import Windows

from . import conftest
from .conftest import USCC, World
from .identities import citizen, identity_client, shared, walk, world
from .provider import WAY, Walk

__all__ = ["citizen", "identity_client", "shared", "walk", "world"]  # fixtures


def code_of(reply):
    return reply.status_code, reply.json["code"]


def test_a_step_up_counts_for_ten_minutes(walk, citizen, sign_in, world):
    walk.whole(citizen, organisation=USCC)
    phone = sign_in(citizen.account_id, device="another phone")
    assert not walk.client.get(WAY, headers=phone).json["fresh"]

    stepped_up = walk.whole(phone, purpose="step_up")

    assert (stepped_up.status_code, stepped_up.json["fresh"]) == (200, True)
    # Chosen for the verification, and kept until its end: a step-up makes it last no longer.
    said = stepped_up.json["organisation"], stepped_up.json["organisation_until"]
    assert said == (USCC, add_months(day(world.now), 12).isoformat())
    assert walk.client.get(WAY, headers=phone).json["fresh"]
    world.now += timedelta(minutes=10)
    assert not walk.client.get(WAY, headers=phone).json["fresh"]


def test_what_is_ones_own_opens_after_a_step_up_and_to_nobody_else(walk, citizen, sign_in):
    walk.whole(citizen)
    phone = sign_in(citizen.account_id, device="another phone")
    asked = walk.client.get("/api/v1/me/credit", headers=phone)
    assert code_of(asked) == (403, "step_up_required")

    walk.whole(phone, purpose="step_up")

    assert walk.client.get("/api/v1/me/credit", headers=phone).json["name"] == "张三"


def test_nobody_hands_in_guess_after_guess(
    redis, valkey_url, identity_client, world, sandbox, database, sign_in
):
    counting = World(world.now, windows=Windows(valkey_url, patience=10))
    walk = Walk(conftest.create_app(counting, identity_client).test_client(), sandbox)
    guess, mine, other = {"code": "c", "state": "s"}, sign_in(), sign_in()

    told = [walk.complete(mine, guess).status_code for _ in range(40)]

    assert (set(told[:30]), told[-1]) == ({404}, 429)
    assert walk.complete(other, guess).status_code == 404


def test_to_step_up_one_must_be_known(walk, citizen):
    assert code_of(walk.begin(citizen, "step_up")) == (403, "real_name_required")


def test_somebody_else_cannot_step_up(walk, citizen, sign_in):
    walk.whole(citizen)
    phone = sign_in(citizen.account_id, device="another phone")

    reply = walk.whole(phone, purpose="step_up", citizen="lisi")

    assert code_of(reply) == (409, "another_person")
    assert not walk.client.get(WAY, headers=phone).json["fresh"]
    assert walk.whole(phone, purpose="step_up").json["fresh"]
