"""What tests of linking begin with: an account in the app, one in WeChat, what they are owed."""

from datetime import timedelta

from sqlalchemy import select, update

from core import accounts, linking, sessions, watch
from core.db import Reading, Writing
from core.outbox.deliveries import Delivery
from core.sessions import Lives
from core.sign_ins import Device, Platform
from tests.core.given import NOW

EARLIER = NOW - timedelta(days=1)


def app_account(device="phone-0001"):
    """Open an account in the app, signed in on a device."""
    with Writing() as session:
        opened = accounts.open_one(session, now=NOW)
        held = Device(device, Platform.IOS, "iPhone")
        sessions.begin(session, opened, held, lives=Lives(), now=NOW)
    return opened


def follow(account_id, subject_id, *, now=EARLIER):
    with Writing() as session:
        watch.follow(session, account_id, subject_id, now=now)


def merge(wechat, app, *, now=NOW):
    with Writing() as session:
        linking.merge(session, wechat, app, now=now)


def of(account_id):
    with Reading() as session:
        mine = select(Delivery).where(Delivery.account_id == account_id)
        return session.scalars(mine.order_by(Delivery.event_id)).all()


def put(account_id, event_id, **values):
    with Writing() as session:
        mine = Delivery.account_id == account_id, Delivery.event_id == event_id
        session.execute(update(Delivery).where(*mine).values(values))
