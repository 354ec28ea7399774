"""The console in a real application, and staff who are signed in."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pyotp
import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient

import console
from config import access, failures, staffing
from console import sessions
from core.db import Writing
from core.staff import administration, invitations, passwords
from core.staff.administration import OPERATOR, Newcomer
from core.staff.members import Staff, at_work
from core.staff.roles import Role
from tests.core.given_staff import hired

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ORIGIN = "http://localhost"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "五华区翠湖的春天来了很多海鸥"


@dataclass
class World:
    """What a test may change while the application runs."""

    now: datetime = NOW


class Browser(FlaskClient):
    """Sends as a browser does; `send` fills a form of the session that it is signed in with."""

    staff = None
    origin = ORIGIN

    def open(self, *args, **kwargs):
        kwargs.setdefault("base_url", self.origin)
        if kwargs.get("method") == "POST":
            kwargs["headers"] = {"Origin": self.origin} | dict(kwargs.get("headers") or {})
        return super().open(*args, **kwargs)

    def proof(self):
        """Read the proof that the pages of this session carry."""
        return re.search(r'data-csrf="(\w+)"', self.get("/console/").text)[1]

    def send(self, path, **form):
        """Submit a form as its page would, with the proof in it; say data={...} for odd names."""
        data = form.pop("data", {}) | form | {"csrf": self.proof()}
        return self.post(path, data=data)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def parts(settings, redis, world, tmp_path):
    given = staffing.parts(settings, redis, clock=lambda: world.now)
    return replace(given, evidence_dir=tmp_path / "evidence", uploads_dir=tmp_path / "uploads")


@pytest.fixture
def app(parts):
    """An application with this door alone, at the world's time."""
    return build(parts)


def build(parts):
    app = failures.Web("console", static_folder=None)
    access.watch(app)
    failures.watch(app)
    console.register(app, parts)
    app.test_client_class = Browser
    return app


@pytest.fixture
def client(app):
    """A browser that is not signed in."""
    return app.test_client()


@pytest.fixture
def hire(database):
    """Add members of the staff who can work; each is returned as core takes it."""
    return partial(hired, now=NOW)


@dataclass
class Somebody:
    """A member who can sign in: with a password, and a telephone that shows codes."""

    login: str
    staff: Staff
    secret: str
    world: World
    password: str = PASSWORD

    def code(self):
        return pyotp.TOTP(self.secret).at(self.world.now)


@pytest.fixture
def member(database, parts, world, monkeypatch):
    """Invite somebody, who accepts long before now; their passwords are cheap to check."""
    monkeypatch.setattr(passwords, "HASHER", CHEAP)
    monkeypatch.setattr(passwords, "NOBODYS", CHEAP.hash("nobody"))

    def member(login, *roles, department_id=None):
        then = world.now - timedelta(hours=1)
        newcomer = Newcomer(login, "李华", frozenset(roles), department_id)
        with Writing() as session:
            code = administration.invite(
                session, parts.vault, OPERATOR, newcomer=newcomer, now=then
            )
            secret = invitations.look(session, parts.vault, code, now=then).secret
            kept, factor = passwords.new(PASSWORD, login=login), pyotp.TOTP(secret).at(then)
            invitations.accept(session, parts.vault, code, password=kept, factor=factor, now=then)
            staff = at_work(administration.by_login(session, login))
        return Somebody(login, staff, secret, world)

    return member


@pytest.fixture
def secure_client(settings, redis, world):
    """A browser that comes by https, to a console that people reach by https alone."""
    given = settings.model_copy(update={"public_url": "https://localhost"})
    app = build(staffing.parts(given, redis, clock=lambda: world.now))
    client = app.test_client()
    client.origin = "https://localhost"
    return client


@pytest.fixture
def enter(app, hire, redis, world):
    """Give a browser that is signed in as a new member of the staff with these roles."""

    def enter(*roles, department_id=None):
        return let_in(app, redis, hire(*roles, department_id=department_id), world.now)

    return enter


def let_in(app, redis, staff, now):
    """Give a browser that is signed in as this member."""
    browser = app.test_client()
    browser.staff = staff
    token, _ = sessions.open_(redis, (staff.id, 0), browser="Firefox", address="127.0.0.1", now=now)
    browser.set_cookie("console", token)
    return browser


@pytest.fixture
def somebody(member):
    return member("li.hua", Role.AUDITOR)


@pytest.fixture
def editor(enter):
    return enter(Role.CAMPAIGN_EDITOR)


@pytest.fixture
def approver(enter):
    return enter(Role.CAMPAIGN_APPROVER)
