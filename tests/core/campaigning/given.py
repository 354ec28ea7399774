"""What tests of running a campaign share: its plan, its steps, its messages."""

from datetime import timedelta

import sqlalchemy as sa

from core import interests
from core.campaigning import planning, running, sending
from core.campaigning.ledger import (
    Campaign,
    MassSend,
)
from core.campaigning.planning import Calls
from core.db import Reading, Writing
from core.interests import Interests
from core.outbox.settle import Outcome, Verdict
from core.preferences import choices
from core.preferences.choices import Preferences
from tests.core.given import NOW, PACE

MASS = ("sending", "mass", None)


def said(one, *settings, places=(), language=None):
    with Writing() as session:
        interests.change(session, one, Interests(settings, places))
        if language:
            choices.change(session, one, Preferences(language=language), now=NOW)


def plan(number, *, now=NOW):
    with Reading() as session:
        return planning.plan(session, session.get_one(Campaign, number), Calls(), now=now)


def stepped(number, *, now=NOW, chunk=10_000):
    with Writing() as session:
        return running.step(session, number, now=now, chunk=chunk)


def ran(number, *, now=NOW, chunk=10_000):
    while stepped(number, now=now, chunk=chunk):
        now += timedelta(seconds=1)


def sends(number):
    with Reading() as session:
        mine = sa.select(MassSend).where(MassSend.campaign_id == number)
        return session.scalars(mine.order_by(MassSend.number)).all()


def finish(number, *, now=NOW):
    """Settle every message as WeChat would."""
    with Writing() as session:
        while taken := sending.lease(session, now=now, pace=PACE):
            good = Outcome(Verdict.ACCEPTED, msgid=taken.key)
            sending.settle(session, taken, good, now=now, pace=PACE)
