"""Ready is who can serve; who cannot says which part is missing."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import health
from config.settings import ROOT
from core import db
from core.outbox.deliveries import EventKind
from core.pace import Pace
from tests.core.given import account, begun, expanded, owed

AWAY = Redis(port=1, retry=Retry(NoBackoff(), 0))


@pytest.fixture
def ask(database, redis):
    def ask(path="/readyz", *, store=redis, engine=None, later=timedelta()):
        app = Flask("health")
        parts = {"pace": Pace(), "clock": lambda: datetime.now(UTC) + later}
        app.register_blueprint(health.create_blueprint(engine or database.engine, store, **parts))
        reply = app.test_client().get(path)
        checks = reply.json.get("checks", {})
        return reply.status_code, sorted(name for name, good in checks.items() if not good)

    return ask


def owe(kind=EventKind.BLACKLISTED):
    owed("event", account_id=account(), kind=kind, now=datetime.now(UTC))


def test_a_new_service_is_ready(ask):
    assert ask() == (200, [])


def test_a_process_lives_whatever_is_missing(ask):
    assert ask("/healthz", store=AWAY) == (200, [])


def test_redis_away_is_named(ask):
    assert ask(store=AWAY) == (503, ["redis"])


def test_a_database_at_an_older_migration_is_named(ask, database):
    with database.engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '0000'"))

    assert ask() == (503, ["database"])


def test_a_database_without_tables_is_named(ask, tmp_path):
    engine = db.connect(f"sqlite:///{tmp_path}/empty.db")
    db.bind(engine)

    assert ask(engine=engine) == (503, ["database", "queue"])
    engine.dispose()


def test_a_delivery_that_nobody_sends_is_named(ask):
    owe()
    expanded(now=datetime.now(UTC))

    assert ask(later=health.OLDEST - timedelta(seconds=30)) == (200, [])
    assert ask(later=health.OLDEST + timedelta(seconds=30)) == (503, ["queue"])


def test_an_event_that_nobody_expands_is_named(ask):
    owe()

    assert ask(later=health.OLDEST + timedelta(seconds=30)) == (503, ["queue"])


def test_a_campaign_may_wait(ask):
    owe(EventKind.CAMPAIGN)

    assert ask(later=timedelta(hours=1)) == (200, [])


def test_what_only_waits_for_a_receipt_is_not_stuck(ask):
    owe()
    now = datetime.now(UTC)
    expanded(now=now)
    begun(now=now)

    assert ask(later=timedelta(minutes=30)) == (200, [])


def test_a_writer_at_work_does_not_make_it_unready(ask, database):
    with database.engine.begin() as connection:
        connection.execute(sa.text("delete from receipts"))

        assert ask() == (200, [])


def test_the_newest_migration_is_the_head_whatever_its_number(tmp_path):
    of_alembic = Config()
    of_alembic.set_main_option("script_location", str(ROOT / "core" / "migrations"))
    script = ScriptDirectory.from_config(of_alembic)
    assert health.newest_migration() == script.get_current_head()

    for name, before in (("0001", None), ("0003", "0001"), ("0002", "0003")):
        text = f"revision = {name!r}\ndown_revision = {before!r}\n"
        (tmp_path / f"{name}_x.py").write_text(text)
    assert health.newest_migration(tmp_path) == "0002"
