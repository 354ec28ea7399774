"""The whole service on a real port, a citizen with the app, staff with browsers."""

import itertools
import subprocess
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pikepdf
import pytest
import requests
from playwright.sync_api import expect, sync_playwright

from config.launch import client, programs
from config.settings import ROOT, Settings
from core import accounts, db, persons, realname, sessions, watch
from core.accounts import Channel
from core.calendar import add_months, day
from core.db import Reading, Writing
from core.realname import Verified
from core.records import Record, RecordKind
from core.sign_ins import Device, Platform
from core.staff import factors, members, passwords
from sandbox import numbers
from tests.browser.desk import PASSWORD, PATIENCE, Desk, Hired, until
from tests.browser.phones import Phone
from tests.clients import cast
from tests.core.given_staff import member
from tests.drills.stage import stage
from tests.fixtures import spares
from tests.fixtures.archive import Archive
from tests.fixtures.persons import OnRecord

_numbers, _citizens = itertools.count(1), itertools.count()
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")  # for longer it would take from the other tests' time
def service(postgres_url, postgres_template, tmp_path_factory):
    """Web, workers and ticker as they are started for the city."""
    if not client.is_ready():
        pytest.skip("axe-core is not installed: ./xinyong test does it")
    name, folder = f"test_{uuid.uuid4().hex}", tmp_path_factory.mktemp("service")
    copied = f"create database {name} template {postgres_template}"
    spares.administer(postgres_url, copied)
    with stage(spares.at(postgres_url, name), folder, pace=1) as service:
        service.start()
        service.until(service.web_is_there)
        menu = programs.menu().command
        subprocess.run(menu, env=service.environ, cwd=ROOT, check=True)
        yield service
    spares.administer(postgres_url, f"drop database {name} with (force)")


@pytest.fixture
def vault(service):
    """What seals, with core bound to the service's database."""
    db.bind(service.engine)
    given = {name.lower(): value for name, value in service.environ.items()}
    yield Settings.model_validate(given).vault
    db._writing.configure(bind=None)
    db._reading.configure(bind=None)


@pytest.fixture
def chromium():
    # Its event loop holds this thread for as long as it is open: nobody else could have one.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, service):
    """A browser that has seen nothing of us yet."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def enter(chromium, service, hire):
    """Hire somebody and let them sign in at a browser of their own."""
    open_ = []

    def enter(*roles, department_id=None):
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE)
        open_.append(context)
        desk = Desk(context.new_page(), service.environ["PUBLIC_URL"])
        return desk.enter(hire(*roles, department_id=department_id))

    yield enter
    for context in open_:
        context.close()


@pytest.fixture
def hire(vault):
    def hire(*roles, department_id=None):
        number, secret = next(_numbers), factors.secret()
        held = passwords.new(PASSWORD, login=f"staff{number}")
        with Writing() as session:
            row = member(
                f"staff{number}",
                f"工作人员{number}",
                *roles,
                department_id=department_id,
                password_hash=held,
                totp_sealed=vault.seal(secret, members.TOTP),
                now=cast.now(),
            )
            session.add(row)
        return Hired(f"staff{number}", secret)

    return hire


@dataclass
class Scene:
    """An entity on a black list, followed and alerted; the citizen with the app acts for it."""

    service: Any
    vault: Any
    person: int = field(init=False)
    entity: int = field(init=False)
    department: int = field(init=False)
    uscc: str = field(init=False)

    def __post_init__(self):
        number = next(_numbers)
        self.uscc = f"91530100MA6K3Q{number:03}T"
        self.entity = Archive().entity(f"昆明示例第{number}建筑有限公司", self.uscc)
        given = [persons.Given("110101199003078515", "张三")]
        with Writing() as session:
            known = persons.known(session, self.vault, given, now=cast.now())
        (self.person,) = known.values()

    def listing(self, **others):
        """List the entity of today; return the record's id."""
        today = day(cast.now())
        dates = {"event_date": today, "repairable_from": today, "ends_on": add_months(today, 36)}
        row = {"subject_id": self.entity, "published_at": cast.now()} | dates | others
        record_id = Archive().record(**row)
        with Reading() as session:
            self.department = session.get_one(Record, record_id).department_id
        return record_id

    def follow(self, openid):
        """Let somebody on WeChat follow the entity."""
        self.service.order("followers", openids=[openid])
        with Writing() as session:
            account = accounts.at(session, Channel.WECHAT, openid, now=cast.now())
            watch.follow(session, account, self.entity, now=cast.now())

    def alert(self, record_id):
        with Writing() as session:
            watch.alert(session, [record_id], now=cast.now(), max_age=timedelta(days=30))

    def app(self):
        return App(self)


@pytest.fixture
def scene(service, vault):
    return Scene(service, vault)


@pytest.fixture
def listed(service, scene, vault):
    """Put an entity and a citizen of this test on record."""
    entity = scene.listing()
    today = day(cast.now())
    dates = {"event_date": today, "ends_on": add_months(today, 12), "published_at": cast.now()}
    dates |= {"repairable_from": today}
    Archive().record(scene.entity, kind=RecordKind.PENALTY, list_kind=None, title="罚款", **dates)
    number = next(_citizens)
    name, openid = f"市民{'甲乙丙丁戊己庚辛壬癸'[number % 10]}", f"oKM_browser_{number}"
    order = {"openid": openid, "name": name}
    requests.post(f"{service.sandbox}/_control/citizens", json=order, timeout=30)
    known = OnRecord(vault, cast.now())
    person = known.person(numbers.of(openid, None), name)
    record = known.record(person, **dates | {"event_date": today - timedelta(days=40)})
    return {"public": entity, "own": record.id, "uscc": scene.uscc, "name": name}


@pytest.fixture
def phone(chromium, service, listed):
    phone = Phone.of(chromium, service).take_up(listed["name"])
    yield phone
    phone.page.context.close()


class App:
    """The app of a citizen who represents the entity: real requests to the service."""

    def __init__(self, scene):
        self.base = f"{scene.service.environ['PUBLIC_URL']}/api/v1"
        with Writing() as session:
            account = accounts.open_one(session, now=cast.now())
            subject = f"browser-{next(_numbers)}"
            who = Verified("https://identity.example", subject, None, scene.uscc, date.max)
            realname.bind(session, account, who, now=cast.now())
            phone = Device("phone", Platform.ANDROID, "HUAWEI Mate 70")
            tokens = sessions.begin(session, account, phone, lives=cast.LIVES, now=cast.now())
            sessions.freshen(session, tokens.sign_in_id, now=cast.now())
        self.token = tokens.access

    def get(self, path, **options):
        return requests.get(f"{self.base}{path}", headers=self._headers(), timeout=60, **options)

    def post(self, path, **options):
        headers = self._headers() | {"Idempotency-Key": str(uuid.uuid4()), "If-Match": "*"}
        reply = requests.post(f"{self.base}{path}", headers=headers, timeout=60, **options)
        assert reply.ok, reply.text
        return reply.json()

    def evidence(self, folder):
        """Send a PDF and wait until it was examined; return its id."""
        path = folder / "proof.pdf"
        with pikepdf.new() as pdf:
            drawn = pdf.make_stream(b"0.8 0 0 rg 100 500 300 200 re f")  # a red stamp
            pdf.add_blank_page().obj.Contents = drawn
            pdf.save(path)
        files = {"file": ("缴款凭证.pdf", path.read_bytes(), "application/pdf")}
        sent = self.post("/evidence", files=files)["id"]
        until(lambda: self.get(f"/evidence/{sent}").json()["state"] == "clean")
        return sent

    def case(self, code):
        return self.get(f"/me/cases/{code}").json()

    def _headers(self):
        return {"Authorization": f"Bearer {self.token}"}
