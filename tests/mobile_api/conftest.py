"""The door in a real application, with records to ask about and people who ask."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from limits import parse
from sqlalchemy.orm import Session

import mobile_api
from config import editions, rulebook
from core.departments import Department
from core.records import Record, RecordKind, RecordState, Severity
from core.subjects import Subject, SubjectKind, name_key
from core.vault import Vault
from messages.identity.oidc import Client
from messages.report.shelf import Shelf
from messages.wechat.login import LoginRefusedError
from mobile_api import Parts, limits
from tests.mobile_api.documented_client import DocumentedClient
from tests.mobile_api.files import upload
from tests.mobile_api.people import arrive, bearer, citizen, peek, sign_in, texted

# Fixtures, and what makes a header.
__all__ = ["arrive", "bearer", "citizen", "peek", "sign_in", "texted", "upload"]

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
USCC = "91530100MA6K3Q5R8T"
CURSOR_KEY = b"c" * 32
NOBODY = Client(
    issuer="https://identity.example",
    client_id="credit-kunming",
    redirect_uri="https://credit.example/verification/return",
    provider=lambda: None,
)
RULES = rulebook.load()
APP = editions.load()
VAULT = Vault({"k1": b"v" * 32}, (b"h" * 32,))


@dataclass
class World:
    """What a test may change while the application runs."""

    now: datetime = NOW
    away: tuple = ()
    app: object = None
    windows: object = None
    shelf: Shelf = field(default_factory=lambda: Shelf(Path("no shelf")))
    evidence_dir: Path = Path("no shelf of evidence")
    wechat: object = None  # names whoever a code stands for
    vault: Vault = VAULT


def _knows_nobody(_code):
    raise LoginRefusedError


def create_app(world, identity=NOBODY):
    """Build an application with this door alone; nobody knows where the identity provider is."""
    app = Flask("credit")

    def named(code):
        return world.wechat(code)

    parts = Parts(
        lambda: world.now,
        identity,
        CURSOR_KEY,
        RULES,
        vault=world.vault,
        wechat=named,
        away=world.away,
        shelf=world.shelf,
        evidence_dir=world.evidence_dir,
        app=world.app or APP,
        windows=world.windows,
        public_url="https://credit.example.cn",
    )
    mobile_api.register(app, parts)
    app.test_client_class = DocumentedClient
    return app


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """One application for all tests: its document takes a while to build."""
    world = World(
        shelf=Shelf(tmp_path_factory.mktemp("shelf")),
        evidence_dir=tmp_path_factory.mktemp("evidence"),
    )
    return world, create_app(world)


@pytest.fixture
def world(shared):
    shared[0].now, shared[0].wechat = NOW, _knows_nobody
    return shared[0]


@pytest.fixture
def app(shared, world):
    return shared[1]


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def session(database):
    with Session(database.engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def department(session):
    held = Department(name="昆明市市场监督管理局", uscc=None)
    session.add(held)
    session.commit()
    return held


@pytest.fixture
def add_subject(session):
    """Add an entity; each gets a code of its own unless one is given."""
    numbers = count(1)

    def add_subject(name, uscc=None):
        held = Subject(
            kind=SubjectKind.LEGAL_ENTITY,
            uscc=uscc or f"91530100MA6K{next(numbers):05}X",
            uscc_check_ok=True,
            name=name,
            name_key=name_key(name),
            district="530100",
            first_seen_at=NOW,
        )
        session.add(held)
        session.commit()
        return held

    return add_subject


@pytest.fixture
def subject(add_subject):
    return add_subject("昆明示例商贸有限公司", USCC)


PENALTY = {
    "fingerprint": "f",
    "kind": RecordKind.PENALTY,
    "list_kind": None,
    "title": "罚款",
    "severity": Severity.GENERAL,
    "state": RecordState.PUBLISHED,
    "event_date": date(2026, 5, 8),
    "repairable_from": date(2026, 8, 8),
    "ends_on": date(2027, 5, 8),
    "rule": None,
    "facts": {},
    "batch_id": 1,
    "received_at": NOW,
    "published_at": NOW,
}


@pytest.fixture
def add_record(session, subject, department):
    """Add a record about the subject: a published penalty that can be repaired, unless said."""
    numbers = count(1)

    def add_record(**changed):
        number = next(numbers)
        facts = {
            "natural_key": f"penalty:{number}",
            "subject_id": subject.id,
            "authority": department.name,
            "department_id": department.id,
            "document_no": f"昆市监罚〔2026〕{number}号",
        }
        held = Record(**(PENALTY | facts | changed))
        session.add(held)
        session.commit()
        return held

    return add_record


@pytest.fixture
def record(add_record):
    return add_record()


@pytest.fixture
def representative(sign_in):
    """Somebody verified to represent the subject."""
    return sign_in(organisation=USCC)


@pytest.fixture
def stranger(sign_in):
    """Somebody verified to represent another entity."""
    return sign_in(organisation="91530100MA6KX0000X")


@pytest.fixture
def object_to(client, representative):
    def object_to(record_id, headers=None, **changed):
        form = {"record_id": str(record_id), "grounds": ["wrong"], "statement": "金额有误"}
        headers = representative if headers is None else headers
        return client.post("/api/v1/objections", json=form | changed, headers=headers)

    return object_to


@pytest.fixture
def repair(client, representative):
    def repair(record_id, headers=None, **changed):
        form = {"record_id": str(record_id), "statement": "已缴清罚款", "promised": True}
        headers = representative if headers is None else headers
        return client.post("/api/v1/repairs", json=form | changed, headers=headers)

    return repair


@pytest.fixture
def budget(monkeypatch):
    """Give everything a wide budget, but some a narrow one."""

    def budget(**narrow):
        for per in limits.BUDGETS:
            monkeypatch.setitem(limits.BUDGETS, per, parse(narrow.get(per, "1000/minute")))

    budget()
    return budget
