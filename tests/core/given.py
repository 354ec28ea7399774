"""What tests of core begin with: accounts, entities, records, followers, deliveries."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from core import accounts, departments, watch
from core.accounts import Channel
from core.db import Reading, Writing
from core.outbox import events, leasing, settle
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from core.outbox.events import Audience, Owed, owe
from core.outbox.leasing import Turn
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from core.records import Record, RecordKind, RecordState
from core.subjects import Subject, SubjectKind, name_key

NOW = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)  # noon in Kunming
TODAY = date(2026, 5, 20)
PACE = Pace()
SECOND = timedelta(seconds=1)
_numbers = itertools.count(1)


def account(openid=None, *, now=NOW):
    with Writing() as session:
        value = openid or f"oKM_{next(_numbers):024}"
        return accounts.at(session, Channel.WECHAT, value, now=now)


def subject(name="云南示例商贸有限公司", uscc=None):
    row = Subject(
        kind=SubjectKind.LEGAL_ENTITY,
        uscc=uscc or f"91530100MA{next(_numbers):08}",
        uscc_check_ok=True,
        name=name,
        name_key=name_key(name),
        district="530100",
        first_seen_at=NOW,
    )
    with Writing() as session:
        session.add(row)
    return row


def record(subject_id, **others):
    """A black-list record of today, published, shown for three years."""
    number = next(_numbers)
    given = {
        "natural_key": f"record-{number}",
        "fingerprint": "f",
        "subject_id": subject_id,
        "kind": RecordKind.BLACK_LIST,
        "list_kind": "WAGE_ARREARS",
        "title": "拖欠农民工工资",
        "state": RecordState.PUBLISHED,
        "authority": "昆明市人力资源和社会保障局",
        "document_no": f"昆人社列字〔2026〕{number}号",
        "event_date": TODAY,
        "repairable_from": date(2026, 11, 20),
        "ends_on": date(2029, 5, 20),
        "facts": {},
        "batch_id": 0,
        "received_at": NOW,
        "published_at": NOW,
    }
    with Writing() as session:
        department = departments.known(session, "昆明市人力资源和社会保障局", None)
        row = Record(department_id=department, **given | others)
        session.add(row)
    return row


def followers(subject_id, number, *, now=NOW - timedelta(days=1)):
    """Let so many new accounts follow an entity; return their ids in order."""
    ids = [account(now=now) for _ in range(number)]
    with Writing() as session:
        for one in ids:
            watch.follow(session, one, subject_id, now=now)
    return ids


def owed(key="an event", *, subject_id=0, kind=EventKind.BLACKLISTED, now=NOW, **others):
    """Owe an event to an entity's followers, or to one account."""
    audience = Audience.ACCOUNT if "account_id" in others else Audience.SUBJECT_FOLLOWERS
    one = Owed(
        kind=kind,
        key=key,
        audience=audience,
        audience_id=others.get("account_id", subject_id),
        event_date=TODAY,
        facts=others.get("facts", {}),
    )
    with Writing() as session:
        owe(session, one, now=now)


def expanded(*, now=NOW, **options):
    """Expand until nothing waits; return how many chunks that took."""
    chunks = -1
    more = True
    while more:
        with Writing() as session:
            more = events.expand(session, now=now, **options)
        chunks += 1
    return chunks


def delivery(*, kind=EventKind.BLACKLISTED, now=NOW, facts=None):
    """Owe one account one thing; return the key of its delivery."""
    to = account()
    owed(f"event-{to}", account_id=to, kind=kind, now=now, facts=facts or {})
    expanded(now=now)
    with Reading() as session:
        return session.scalars(select(Delivery).where(Delivery.account_id == to)).one().key


def refused(reason="user block", *, now=NOW):
    """Let WeChat take an alert that the phone then refuses; return its event and its account."""
    key, (held,) = delivery(), begun()
    taken = Outcome(Verdict.ACCEPTED, msgid="m1")
    with Writing() as session:
        settle.settle(session, [(held, taken)], now=now, pace=PACE)
        settle.receipt(session, "m1", f"failed:{reason}", now=now)
    return key


def leased(*, now=NOW, limit=100, urgent=True, pace=PACE):
    with Writing() as session:
        return leasing.lease(session, Turn(urgent, limit), now=now, pace=pace)


def begun(*, now=NOW, limit=100, urgent=True):
    """Lease what is due and begin to send it."""
    taken = leased(now=now, limit=limit, urgent=urgent)
    with Writing() as session:
        ours = leasing.begin(session, taken, now=now, pace=PACE)
    return [one for one in taken if one.key in ours]


def row(key):
    with Reading() as session:
        return session.get_one(Delivery, key)


def state(key):
    return row(key).state


def told():
    """List the accounts that anything is owed to, in order."""
    with Reading() as session:
        return session.scalars(select(Delivery.account_id).order_by(Delivery.account_id)).all()


def at_once(number, act):
    """Call a function in so many threads at the same moment; return what they returned."""
    gate = threading.Barrier(number)

    def run(_number):
        gate.wait(60)
        return act()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


FINAL = {
    DeliveryState.DELIVERED,
    DeliveryState.FAILED,
    DeliveryState.UNKNOWN,
    DeliveryState.SUPPRESSED,
}
