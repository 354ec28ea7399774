"""Whoever leaves leaves no share behind: their codes answer nothing any more."""

import pytest
import sqlalchemy as sa

from core import accounts, shares
from core.db import Reading, Writing
from core.errors import ShareNotValidError
from core.shares import Giver, Share, ShareAnswer
from tests.core.given import subject
from tests.core.test_shares import NOW, ask, give

pytestmark = pytest.mark.usefixtures("database")


def count(table):
    with Reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def test_codes_of_who_left_answer_nothing_and_others_still_do():
    with Writing() as session:
        gone, stays = (accounts.open_one(session, now=NOW) for _ in range(2))
    about = subject().id
    _, lost = give(Giver(gone, about, of_person=False), uses=2)
    _, kept = give(Giver(stays, about, of_person=False), uses=2)
    ask(lost)
    ask(kept)

    with Writing() as session:
        shares.forget(session, gone)

    with pytest.raises(ShareNotValidError):
        ask(lost)
    assert ask(kept).has_serious_dishonesty is False
    assert (count(Share), count(ShareAnswer)) == (1, 2)
