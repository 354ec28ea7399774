"""A post office over the sandbox: tokens in Valkey, WeChat over HTTP, a clock we can move."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from redis import Redis

from core import watch
from core.db import Reading, Writing
from core.outbox.deliveries import Delivery, EventKind
from core.pace import Pace
from messages import delivery
from messages.letters import Stationery
from messages.post import Post
from messages.wechat.client import CreditWeChat
from messages.wechat.lines import Lines
from messages.wechat.tokens import Credentials, Tokens
from messages.wechat.wire import Wire
from sandbox.options import Options
from tests.core.given import account, expanded, owed, record, subject

WHO = Credentials(Options().appid, Options().secret)
STATIONERY = Stationery(
    alert="credit-alert",
    campaign="credit-campaign",
    case="credit-case",
    public_url="https://credit.example.cn",
    link_key=b"a key for links",
)


class Referee:
    """The sandbox's control door."""

    def __init__(self, url):
        self.url = url

    def order(self, name, **order):
        requests.post(f"{self.url}/_control/{name}", json=order, timeout=10).raise_for_status()

    def read(self, name, **params):
        return requests.get(f"{self.url}/_control/{name}", params=params, timeout=10).json()

    def calls(self, path):
        return self.read("log", path=f"/cgi-bin/{path}")["calls"]

    def got(self, openid):
        return self.read("messages", openid=openid)["messages"]

    def follow(self, *openids):
        self.order("followers", openids=openids)

    def no_faults(self):
        requests.delete(f"{self.url}/_control/faults", timeout=10).raise_for_status()


@pytest.fixture
def referee(sandbox):
    referee = Referee(sandbox.url)
    referee.order("receipts", mode="off")
    return referee


@pytest.fixture
def connect(sandbox, valkey_url, redis):
    """Make a client as a process of ours would, with connections of its own."""

    def connect(*, url=sandbox.url, who=WHO, timeout=(10.0, 10.0), store=None):
        wire = Wire(url, timeout=timeout)
        return CreditWeChat(who, wire, Tokens(store or Redis.from_url(valkey_url), wire, who))

    return connect


@pytest.fixture
def lines(sandbox, valkey_url, redis):
    """Make the lines of a process of ours, with connections of its own."""

    def lines(*, url=sandbox.url, who=WHO, timeout=(10.0, 10.0), most=50, kind=Lines):
        wire = Wire(sandbox.url, timeout=(10.0, 10.0))
        tokens = Tokens(Redis.from_url(valkey_url), wire, who)
        return kind(tokens, url, timeout=timeout, most=most)

    return lines


@pytest.fixture
def wechat(connect, referee):
    return connect()


class Office:
    """Delivers under a clock that moves only when told to."""

    def __init__(self, lines):
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.post = Post(lines, STATIONERY, Pace(), lambda: self.now)

    def work(self, *, urgent=True):
        # The clock stands still while we work, so that the work ends only when nothing is due.
        until = self.now + timedelta(minutes=1)
        return delivery.deliver(self.post, urgent=urgent, until=until)

    def later(self, wait):
        self.now += wait

    def second(self):
        self.later(timedelta(seconds=1))


@pytest.fixture
def office(lines, referee):
    return Office(lines())


@pytest.fixture
def tell(database, referee, office):
    """Owe an alert about one entity to a new follower of the account; return openid and key."""

    def tell(openid="oA", *, name="云南示例商贸有限公司"):
        referee.follow(openid)
        entity = subject(name)
        one = record(entity.id)
        to = account(openid, now=office.now)
        with Writing() as session:
            watch.follow(session, to, entity.id, now=office.now)
            watch.alert(session, [one.id], now=office.now, max_age=timedelta(days=9999))
        expanded(now=office.now)
        return openid, (event_of(to), to)

    return tell


def event_of(account_id):
    with Reading() as session:
        return session.query(Delivery.event_id).filter_by(account_id=account_id).scalar()


def late_reply(office, openid="oA"):
    to = account(openid, now=office.now)
    owed(
        f"late-{to}",
        account_id=to,
        kind=EventKind.LATE_REPLY,
        now=office.now,
        facts={"text": "迟到的回答"},
    )
    expanded(now=office.now)
    return event_of(to), to
