"""The stage of a drill: database, Valkey, sandbox, our programs, sixty times as fast if it can."""

import functools
import os
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
import sqlalchemy as sa
from redis import Redis
from sqlalchemy.orm import Session

from config.launch import environment, programs
from config.launch.valkey import Valkey
from config.settings import Settings
from core import db
from sandbox.__main__ import told
from sandbox.server import Running
from tests.bench.served import free_port
from tests.drills import audience
from tests.drills.crew import Crew

PACE = 60
# So busy a machine would start a killed worker only after WeChat, at that pace, has forgotten.
BUSY_PACE, BUSY_SECONDS = 15, 3.0
DEADLINE = 60.0  # generous: a drill that is slow has not failed
_LOOK = 0.05
EVERY = 3


@dataclass(frozen=True)
class Stage:
    """What a drill plays on."""

    folder: Path
    environ: dict[str, str]
    engine: sa.Engine
    valkey: Valkey
    crew: Crew
    sandbox: str

    @contextmanager
    def writing(self):
        with Session(self.engine) as session, session.begin():
            yield session

    def read(self, name, **params):
        """Ask the referee."""
        answer = requests.get(f"{self.sandbox}/_control/{name}", params=params, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def order(self, name, **order):
        """Tell the referee what shall happen."""
        answer = requests.post(f"{self.sandbox}/_control/{name}", json=order, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def no_faults(self):
        requests.delete(f"{self.sandbox}/_control/faults", timeout=30).raise_for_status()

    def start(self, *names):
        """Start programs by their names, all of them if none is named."""
        ours = programs.of(self.environ, sandbox=False)
        self.crew.start([one for one in ours if one.name in names or not names])

    def web_is_there(self):
        with suppress(requests.RequestException):
            return requests.get(f"{self.environ['PUBLIC_URL']}/healthz", timeout=5).ok
        return False

    def gather(self, followers, *, agreed=EVERY):
        """Have followers; return the id of the entity that they follow.

        One of so many has agreed to a subscription message; the others get a template message.
        """
        openids, now = audience.openids(followers), audience.now()
        some = openids[::agreed] if agreed else []
        self.order("followers", openids=openids)
        self.order("consents", openids=some, templates=[audience.SUBSCRIPTION])
        with self.writing() as session:
            subject_id = audience.gather(session, followers, now=now)
            session.flush()
            audience.agree(session, some, now=now)
        return subject_id

    def blacklist(self, subject_id):
        """Let the event happen that all wait for."""
        with self.writing() as session:
            audience.blacklist(session, subject_id, now=audience.now())

    def redis(self):
        return Redis.from_url(self.valkey.url)

    def wipe(self):
        """Let Redis forget everything."""
        with self.redis() as redis:
            redis.flushall()

    def told(self):
        with Session(self.engine) as session:
            return audience.told(session)

    def sent(self):
        """Count the messages that phones have got."""
        return self.read("counts")["messages"]

    def until(self, check, *, within=DEADLINE):
        """Wait for a fact, while whatever dies is started again; fail when it never comes."""
        end = time.monotonic() + within
        while not check():
            if time.monotonic() > end:
                raise TimeoutError(f"{check}: not in {within} s\n{self.crew.logs()}")
            self.crew.keep()
            time.sleep(_LOOK)

    def rest(self, seconds):
        """Let time pass, while whatever dies is started again."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end, within=seconds + DEADLINE)


@functools.cache
def load_seconds():
    """Return how long a worker takes to load here."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import config.worker"], cwd=environment.ROOT, check=True)
    return time.monotonic() - began


def pace_here():
    """Return the pace that this machine keeps up with, by how long a worker takes to load."""
    return PACE if load_seconds() < BUSY_SECONDS else BUSY_PACE


@contextmanager
def stage(database_url, folder, *, pace=None, **more):
    """Set the stage on a migrated database and an empty folder; leave nothing behind."""
    environ = _environ(database_url, folder, {"PACE": str(pace or pace_here()), **more})
    valkey = Valkey(folder, tied=True)
    engine = db.connect(database_url)
    crew = Crew(environ, folder)
    try:
        valkey.ensure()
        with Running(told(environ), port=int(environ["SANDBOX_PORT"])) as sandbox:
            try:
                yield Stage(folder, environ, engine, valkey, crew, sandbox.url)
            finally:
                crew.end()
    finally:
        valkey.stop()
        engine.dispose()


def _environ(database_url, folder, more):
    """Return the environment as the launcher makes it, and none of this shell's own settings."""
    ours = {name.upper() for name in Settings.model_fields}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    named = {
        "VAR_DIR": str(folder),
        "DATABASE_URL": database_url,
        "PORT": str(free_port()),
        "SANDBOX_PORT": str(free_port()),
        "WECHAT_TIMEOUT": "1",
        "WEB_WORKERS": "1",
        "MARK": uuid.uuid4().hex,
    }
    return environment.embedded_environment(clean | named | more)
