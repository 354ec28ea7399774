"""Who plays in the client's tests, as real rows: a city's few subjects, a citizen, an institution.

The examples of the document name these rows, so that whatever tries an example finds something.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from core import accounts, institutions, persons, realname, sessions
from core.calendar import day
from core.db import Reading, Writing
from core.institutions import Scope
from core.realname import Verified
from core.records import RecordKind, Severity
from core.sessions import Lives
from core.sign_ins import Device, Platform
from core.vault import Vault
from tests.fixtures.archive import Archive

USCC, OFFICE = "91530100MA6K3Q5R8T", "11530100015101018P"
NUMBER, NAME = "110101199003078515", "张三"
RECORD = 1024
LIVES = Lives(access=timedelta(hours=2), step_up=timedelta(hours=2))


def now():
    return datetime.now(UTC)


@dataclass
class City:
    """A little of a city: an entity with a penalty and a listing, a person with a penalty."""

    vault: Vault
    number: str = NUMBER
    name: str = NAME
    entity: int = field(init=False)
    person: int = field(init=False)

    def __post_init__(self):
        archive, today = Archive(), now()
        self.entity = archive.entity("昆明示例商贸有限公司", USCC)
        archive.record(self.entity)
        archive.record(self.entity, id=RECORD, **_penalty(today))
        with Writing() as session:
            given = [persons.Given(self.number, self.name)]
            (self.person,) = persons.known(session, self.vault, given, now=today).values()
        archive.record(self.person, visibility="subject", **_penalty(today))


def _penalty(today):
    decided = day(today - timedelta(days=100))
    return {
        "kind": RecordKind.PENALTY,
        "list_kind": None,
        "title": "罚款",
        "severity": Severity.GENERAL,
        "event_date": decided,
        "repairable_from": decided + timedelta(days=90),
        "ends_on": decided + timedelta(days=1095),
        "rule": None,
    }


@dataclass
class Citizen:
    """Somebody who was verified to be a person and to represent an entity, just now.

    Whoever signs out, or deletes the account, comes again.
    """

    city: City
    account: int | None = None
    token: str = ""

    def headers(self):
        with Reading() as session:
            known = sessions.known(session, self.token, lives=LIVES, now=now())
        if known is None or not known.fresh:
            self._come()
        return {"Authorization": f"Bearer {self.token}"}

    def _come(self):
        with Writing() as session:
            if self.account is None or realname.of_account(session, self.account) is None:
                self.account = accounts.open_one(session, now=now())
                who = Verified(
                    "https://identity.example", "zhangsan", self.city.person, USCC, date.max
                )
                realname.bind(session, self.account, who, now=now())
            phone = Device("phone", Platform.ANDROID, "HUAWEI Mate 70")
            tokens = sessions.begin(session, self.account, phone, lives=LIVES, now=now())
            sessions.freshen(session, tokens.sign_in_id, now=now())
        self.token = tokens.access


class Institution:
    """An institution that was given a key of every scope."""

    def __init__(self, scopes=tuple(Scope)):
        with Writing() as session:
            institutions.enrol(session, "昆明市公共资源交易中心", OFFICE, now=now())
            _, self.key = institutions.issue(
                session, OFFICE, scopes, lasts=timedelta(days=30), now=now()
            )

    def headers(self):
        return {"X-Api-Key": self.key}


@dataclass(frozen=True)
class Identity:
    """Somebody who asks; `headers` may be asked for anew with every request."""

    name: str
    headers: Callable[[], dict[str, str]] = dict


def identity(name, vault):
    """Return who asks, in a city where each of them has something: citizen, institution, nobody."""
    city = City(vault)
    who = {"citizen": lambda: Citizen(city), "institution": Institution}
    return Identity(name, who[name]().headers) if name in who else Identity(name)
