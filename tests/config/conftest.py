"""Commands as they are typed, against a fresh database."""

import os

import pytest

from config import cli
from tests.fixtures.spares import administer, at


@pytest.fixture
def typed(database, tmp_path, monkeypatch, capsys):
    """Type a command; get its exit code, what it said, what it complained of."""
    before = dict(os.environ)
    monkeypatch.chdir(tmp_path)
    os.environ.update(
        DATABASE_URL=database.url,
        REDIS_URL="redis://127.0.0.1:1/0",  # no command here speaks to it
        VAR_DIR=str(tmp_path / "var"),
    )

    def type_(*words):
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    yield type_
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new/folder/x.db"
        return
    server = request.getfixturevalue("postgres_url")
    name = f"empty_{tmp_path.name.replace('-', '_')}"[:60].lower()
    administer(server, f'create database "{name}"')
    yield at(server, name)
    administer(server, f'drop database "{name}" with (force)')
