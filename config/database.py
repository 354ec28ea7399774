"""The database of this machine: bound for a process, and brought to the newest migration."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.pool import NullPool

from config.settings import ROOT
from core import db

# Any number: it only has to be the same in every process of ours.
_MIGRATION_LOCK = 530_100


def upgrade(url: str) -> None:
    """Bring the database to the newest migration; two that start together take turns."""
    with _migrating(url) as config:
        command.upgrade(config, "head")


def check(url: str) -> None:
    """Raise alembic's CommandError if the tables in code differ from the migrations."""
    with _migrating(url) as config:
        command.check(config)


def make_revision(url: str, message: str) -> None:
    """Write the migration from the database to the tables in code."""
    with _migrating(url) as config:
        command.revision(config, message, autogenerate=True)


def is_current(engine: Engine) -> bool:
    """Say whether the database stands at the newest migration."""
    with engine.connect() as connection:
        held = MigrationContext.configure(connection).get_current_revision()
    return held == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "core" / "migrations"))
    return config


@contextmanager
def _migrating(url: str) -> Iterator[Config]:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = db.connect(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        # SQLite copies a table to change it; the keys that refer to it are checked at the end.
        event.listen(engine, "connect", _without_foreign_keys)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            _take_turns(connection)
        config = _config()
        config.attributes["connection"] = connection
        yield config
        if connection.dialect.name == "sqlite":
            _check_foreign_keys(connection)
    engine.dispose()


def _take_turns(connection: Connection) -> None:
    """Wait for whoever migrates now. To index a whole city's names may take minutes."""
    connection.execute(text("set local statement_timeout = 0"))
    connection.execute(text("set local lock_timeout = 0"))
    connection.execute(text(f"select pg_advisory_xact_lock({_MIGRATION_LOCK})"))
    # Readers of a table that is changed must not queue behind us for ever.
    connection.execute(text("set local lock_timeout to default"))


def _without_foreign_keys(connection: Any, _record: object) -> None:  # noqa: ANN401
    connection.execute("pragma foreign_keys=off")


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("pragma foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(f"a row of {broken[0]} refers to a row of {broken[2]} that is not there")
