"""Migrations: the tables in code, twice the same, two at once; and a drift is seen."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.util import CommandError

from config import database as databases
from core import db
from tests.config.programs import surroundings


def tables(url):
    engine = db.connect(url)
    names = sa.inspect(engine).get_table_names()
    engine.dispose()
    return set(names)


def test_the_tables_in_code_are_those_of_the_migrations(database_url):
    databases.check(database_url)


def test_upgrading_again_changes_nothing(database_url):
    before = tables(database_url)

    databases.upgrade(database_url)

    assert tables(database_url) == before


def test_a_table_that_the_code_does_not_know_is_seen(database):
    with database.engine.begin() as connection:
        connection.execute(sa.text("create table forgotten (id integer)"))

    with pytest.raises(CommandError):
        databases.check(database.url)


def test_an_older_database_is_known_as_such(database):
    assert databases.is_current(database.engine)

    with database.engine.begin() as connection:
        connection.execute(sa.text("delete from alembic_version"))

    assert not databases.is_current(database.engine)


def test_a_migration_may_take_as_long_as_a_city_needs(postgresql_url):
    with databases._migrating(postgresql_url) as config:
        asked = (f"show {name}" for name in ("statement_timeout", "lock_timeout"))
        held = [config.attributes["connection"].scalar(sa.text(one)) for one in asked]

    assert held == ["0", "10s"]


def test_two_that_upgrade_at_once_take_turns(empty):
    call = "import sys; from config import database; database.upgrade(sys.argv[1])"

    def upgrade(_number):
        command = [sys.executable, "-c", call, empty]
        done = subprocess.run(command, env=surroundings({}), check=False, capture_output=True)
        return done.returncode, done.stderr

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(upgrade, range(2)))

    assert [said for code, said in done if code] == []
    assert {"events", "deliveries", "records"} <= tables(empty)


def test_a_revision_is_written_from_the_tables_in_code(database_url, monkeypatch, tmp_path):
    written = tmp_path / "migrations"
    (written / "versions").mkdir(parents=True)
    source = databases.ROOT / "core" / "migrations"
    for name in ("env.py", "script.py.mako"):
        (written / name).write_text((source / name).read_text())
    for path in (source / "versions").glob("[0-9]*.py"):
        (written / "versions" / path.name).write_text(path.read_text())
    config = databases._config()
    config.set_main_option("script_location", str(written))
    monkeypatch.setattr(databases, "_config", lambda: config)

    databases.make_revision(database_url, "nothing new")

    (new,) = [p for p in (written / "versions").glob("*.py") if "nothing_new" in p.name]
    assert "def upgrade() -> None:\n    # ### commands auto generated" in new.read_text()
    assert "op." not in new.read_text().split("def upgrade")[1]
