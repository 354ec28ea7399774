"""What tests of campaigns begin with: an article that is shown, a cover, subscribers, testers."""

from datetime import timedelta

import sqlalchemy as sa

from core import campaigns
from core.accounts import Address
from core.articles import pictures, writing
from core.articles.ledger import ArticleKind
from core.articles.writing import Text
from core.campaigning import editing, previewing, steering
from core.campaigning.editing import Draft
from core.campaigning.ledger import Campaign, Tester
from core.db import Reading, Writing
from core.outbox.deliveries import Delivery
from core.staff.roles import Role
from tests.core.department_files import VAULT
from tests.core.given import NOW, PACE, account
from tests.core.given_staff import hired

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
DAY = timedelta(days=1)


def article(title="诚信兴商", body="守信用，走得远。", *, now=NOW):
    with Writing() as session:
        text = Text(title, body)
        number = writing.write(session, None, ArticleKind.CAMPAIGN, text=text, now=now)
        writing.publish(session, None, (number, 1), now=now)
    return number


def cover(content=PNG, *, now=NOW):
    with Writing() as session:
        return pictures.add(session, None, content, now=now)


def draft(*, now=NOW, **change):
    """A campaign as an editor fills it in: to everybody, without quiet hours."""
    given = {"title": "诚信兴商宣传月", "quiet_from": None, "quiet_until": None} | change
    given |= {} if "article_id" in given else {"article_id": article(now=now)}
    return Draft(cover=cover(now=now), **given)


def written(staff=None, *, now=NOW, **change):
    held = draft(now=now, **change)
    with Writing() as session:
        return editing.write(session, staff, held, now=now)


def subscribers(number, *, now=NOW - DAY, **named):
    """Let so many new accounts subscribe; return their ids in order."""
    ids = [account(named.get("openid", "oSub{}").format(n), now=now) for n in range(number)]
    with Writing() as session:
        for one in ids:
            campaigns.subscribe(session, one, now=now)
    return ids


def named(openid, name="王五"):
    with Writing() as session:
        editing.add_tester(session, None, name, openid=openid, now=NOW)
        return session.scalars(sa.select(Tester.id).where(Tester.openid == openid)).one()


def previewed(number, *, now=NOW):
    """Say that somebody has seen the preview."""
    one = one_who_looks()
    with Writing() as session:
        revision = session.get_one(Campaign, number).revision
        editing.preview(session, None, (number, revision), testers=[one], now=now)
        shown = previewing.lease(session, now=now, pace=PACE)
        previewing.settle(session, shown, None, now=now)


def one_who_looks():
    with Reading() as session:
        found = session.scalar(sa.select(Tester.id).limit(1))
        somebody = session.scalar(sa.select(Address.value).order_by(Address.id).limit(1))
    if found is None and somebody is None:
        account(somebody := "oTester")
    return found or named(somebody)


def approved(number, *, now=NOW):
    """Let two agree on a campaign that was previewed."""
    editor, approver = hired(Role.CAMPAIGN_EDITOR), hired(Role.CAMPAIGN_APPROVER)
    with Writing() as session:
        revision = session.get_one(Campaign, number).revision
        asked = editing.ask(session, editor, (number, revision), why="宣传月", vault=VAULT, now=now)
        editing.approve(session, approver, asked, now=now)


def ready(*, now=NOW, **change):
    """A campaign that begins now."""
    number = written(now=now, **change)
    previewed(number, now=now)
    approved(number, now=now)
    with Writing() as session:
        steering.schedule(session, None, number, at=now, now=now)
    return number


def read(number):
    with Reading() as session:
        return session.get_one(Campaign, number)


def rows(number):
    """Return how each account's row of a campaign stands."""
    with Reading() as session:
        event_id = session.get_one(Campaign, number).event_id
        mine = sa.select(Delivery).where(Delivery.event_id == event_id)
        held = session.scalars(mine.order_by(Delivery.account_id)).all()
    return {
        one.account_id: (one.state.value, one.way and one.way.value, one.reason) for one in held
    }
