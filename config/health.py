"""Health: does this process live (/healthz), and can it serve (/readyz)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from config.settings import ROOT
from core.db import Reading
from core.outbox import events, leasing
from core.pace import Pace

# An urgent delivery that has waited so long means that no worker serves it.
OLDEST = timedelta(minutes=5)
_REVISION = re.compile(r"^revision = ['\"](\w+)['\"]", re.MULTILINE)
_BUILT_ON = re.compile(r"^down_revision = ['\"](\w+)['\"]", re.MULTILINE)


def newest_migration(folder: Path = ROOT / "core" / "migrations" / "versions") -> str:
    """Return the migration on which no other is built, without importing Alembic."""
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("[0-9]*_*.py")]
    made, built_on = (
        {found[1] for one in texts if (found := pattern.search(one))}
        for pattern in (_REVISION, _BUILT_ON)
    )
    return max(made - built_on)


def create_blueprint(
    engine: Engine, redis: Redis, *, pace: Pace, clock: Callable[[], datetime]
) -> Blueprint:
    """Build the two health pages."""
    blueprint = Blueprint("health", __name__)
    wanted = newest_migration()

    @blueprint.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return jsonify(status="ok")

    @blueprint.get("/readyz")
    def readyz() -> ResponseReturnValue:
        checks = {
            "database": _database_stands_at(engine, wanted),
            "redis": _redis_answers(redis),
            "queue": _nothing_waits(clock(), pace),
        }
        ready = all(checks.values())
        return jsonify(status="ready" if ready else "not_ready", checks=checks), (
            200 if ready else 503
        )

    return blueprint


def _database_stands_at(engine: Engine, wanted: str) -> bool:
    try:
        # Autocommit: on SQLite a transaction would wait for the one writer.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            held = connection.scalar(text("select version_num from alembic_version"))
    except DBAPIError:
        return False
    return bool(held == wanted)


def _redis_answers(redis: Redis) -> bool:
    try:
        return bool(redis.ping())
    except RedisError:
        return False


def _nothing_waits(now: datetime, pace: Pace) -> bool:
    try:
        with Reading() as session:
            unexpanded = events.oldest_waiting(session, urgent=True)
            unsent = leasing.oldest_due(session, now=now, pace=pace)
    except DBAPIError:
        return False
    return all(since is None or now - since < OLDEST for since in (unexpanded, unsent))
