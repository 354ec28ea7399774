"""Who is to hear: followers by the thousand, one entity, one black-list record."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from core import subscriptions, tables, watch
from core.accounts import Account, Address, Channel
from core.calendar import day
from core.departments import Department
from core.follows import Follow, Topic
from core.outbox.deliveries import Delivery
from core.records import Record, RecordKind, RecordState
from core.subjects import Subject, SubjectKind, name_key

NAME, USCC = "昆明示例旅行社有限公司", "91530100MA6K000000"
SUBSCRIPTION = "credit-sub-alert"  # the template of the sandbox
TABLES = tables.__name__  # every table is known once this is imported


@dataclass(frozen=True)
class Told:
    """One delivery: to whom, where it stands, WeChat's number of it."""

    openid: str
    state: str
    msgid: str | None
    reason: str | None
    way: str | None
    due_at: datetime
    settled_at: datetime | None


def openids(count):
    return [f"oDrill{number:022d}" for number in range(1, count + 1)]


def gather(session, count, *, now):
    """Open accounts that follow one entity since yesterday; return the entity's id."""
    since = now - timedelta(days=1)
    subject = _entity(since)
    session.add(subject)
    session.flush()
    ids = range(1, count + 1)
    at = {"channel": Channel.WECHAT, "active": True, "changed_at": since}
    follow = {"topic": Topic.SUBJECT, "subject_id": subject.id, "since": since}
    session.execute(sa.insert(Account), [{"id": one, "created_at": since} for one in ids])
    addresses = [
        at | {"account_id": one, "value": openid}
        for one, openid in zip(ids, openids(count), strict=True)
    ]
    session.execute(sa.insert(Address), addresses)
    session.execute(sa.insert(Follow), [follow | {"account_id": one} for one in ids])
    return subject.id


def agree(session, whose, *, now):
    """Note that some have agreed to one subscription message (订阅通知)."""
    for openid in whose:
        subscriptions.accept(session, openid, SUBSCRIPTION, now=now)


def _entity(since):
    return Subject(
        kind=SubjectKind.LEGAL_ENTITY,
        uscc=USCC,
        uscc_check_ok=True,
        name=NAME,
        name_key=name_key(NAME),
        district="530100",
        first_seen_at=since,
    )


def blacklist(session, subject_id, *, now):
    """Publish a black-list record of the entity: from this moment its followers are owed."""
    department = Department(name="昆明市示例局", uscc=None)
    session.add(department)
    session.flush()
    record = Record(
        natural_key="drill",
        fingerprint="drill",
        version=1,
        subject_id=subject_id,
        kind=RecordKind.BLACK_LIST,
        list_kind="drill",
        title="列入严重失信主体名单",
        state=RecordState.PUBLISHED,
        authority=department.name,
        department_id=department.id,
        document_no="演练〔2025〕1号",
        event_date=day(now),
        facts={},
        batch_id=1,
        received_at=now,
        published_at=now,
    )
    session.add(record)
    session.flush()
    watch.alert(session, [record.id], now=now, max_age=timedelta(days=30))


def told(session):
    """List every delivery."""
    columns = Address.value, Delivery.state, Delivery.msgid, Delivery.reason
    columns += Delivery.way, Delivery.due_at, Delivery.settled_at
    rows = session.execute(
        sa.select(*columns).join(Address, Address.account_id == Delivery.account_id)
    )
    return [Told(*row) for row in rows]


def now():
    return datetime.now(UTC)
