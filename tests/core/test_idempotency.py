"""Claims and kept answers: one holder at a time, one answer for a day."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from core import idempotency
from core.db import Reading, Together, Writing
from core.idempotency import (
    Answer,
    Asked,
    Claim,
    IdempotencyReusedError,
    IdempotencyRunningError,
    KeptAnswer,
)
from core.pace import Pace
from core.vault import Vault

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
PACE = Pace()
VAULT = Vault({"k1": b"k" * 32}, (b"h" * 32,))
ROTATED = Vault({"k2": b"n" * 32, "k1": b"k" * 32}, (b"i" * 32, b"h" * 32))
ASKED = Asked("Caller:1", "POST /things", "a-key-of-mine", "a thing")
OTHER = Asked("Caller:1", "POST /things", "a-key-of-mine", "another thing")
ANSWER = Answer(201, [("Location", "/things/1")], '{"name": "东西"}')

pytestmark = pytest.mark.usefixtures("database")


def claim(asked=ASKED, *, now=NOW, vault=VAULT):
    with Writing() as session:
        return idempotency.claim(session, asked, vault=vault, now=now, pace=PACE)


def keep(held, vault=VAULT):
    with Writing() as session:
        idempotency.keep(session, held, ANSWER, vault=vault)


def test_a_claim_keeps_others_away_until_its_lease_ends():
    assert isinstance(claim(), Claim)

    with pytest.raises(IdempotencyRunningError):
        claim(now=NOW + PACE.request_lease - timedelta(seconds=1))
    assert isinstance(claim(now=NOW + PACE.request_lease), Claim)


def test_who_was_taken_over_can_keep_no_answer():
    slow = claim()
    heir = claim(now=NOW + PACE.request_lease)

    with pytest.raises(IdempotencyRunningError):
        keep(slow)
    keep(heir)
    with pytest.raises(IdempotencyRunningError):
        keep(heir)


def test_who_was_taken_over_gives_nothing_back():
    slow = claim()
    claim(now=NOW + PACE.request_lease)

    with Writing() as session:
        idempotency.release(session, slow)

    with pytest.raises(IdempotencyRunningError):
        claim(now=NOW + PACE.request_lease)


def test_a_kept_answer_is_given_for_a_day_and_then_forgotten():
    keep(claim())

    almost = NOW + timedelta(hours=24) - timedelta(seconds=1)
    assert claim(now=almost) == ANSWER
    with pytest.raises(IdempotencyReusedError):
        claim(OTHER, now=almost)
    assert isinstance(claim(OTHER, now=NOW + timedelta(hours=24)), Claim)


def test_answers_outlive_a_change_of_keys():
    keep(claim())

    assert claim(vault=ROTATED) == ANSWER


def test_whoever_asks_elsewhere_or_is_another_has_keys_of_their_own():
    keep(claim())

    for changed in ({"caller": "Caller:2"}, {"route": "POST /others"}, {"key": "another-key"}):
        assert isinstance(claim(Asked(**vars(ASKED) | changed)), Claim)


def test_what_works_together_is_undone_together():
    held = claim()

    with suppress(LookupError), Together():
        with Writing() as session:
            idempotency.keep(session, held, ANSWER, vault=VAULT)
        with Reading() as session:
            assert session.get_one(KeptAnswer, held.id).answer
        raise LookupError

    with Reading() as session:
        assert session.get_one(KeptAnswer, held.id).answer is None


def test_a_part_that_fails_is_undone_alone():
    held = claim()

    with Together():
        with suppress(LookupError), Writing() as session:
            idempotency.release(session, held)
            raise LookupError
        with Writing() as session:
            idempotency.keep(session, held, ANSWER, vault=VAULT)

    assert claim() == ANSWER
