"""The document as it is served, and the tools of npm that read it."""

import subprocess

import pytest
from limits import parse

from config.launch import client
from mobile_api import limits


@pytest.fixture(scope="session")
def node():
    """Run a tool of the client's own packages; return what it did."""
    if not client.is_ready():
        pytest.skip("the client's packages are not installed: ./xinyong test does it")

    def run(tool, *words, folder=client.FOLDER, **options):
        command = [client.FOLDER / "node_modules" / ".bin" / tool, *words]
        return subprocess.run(
            command, cwd=folder, check=False, capture_output=True, text=True, **options
        )

    return run


@pytest.fixture(autouse=True)
def budgets(monkeypatch):
    """Let one address ask as often as it likes: here it stands for everybody."""
    for per in limits.BUDGETS:
        monkeypatch.setitem(limits.BUDGETS, per, parse("1000000/minute"))


@pytest.fixture
def database_url(sqlite_url):
    """One engine is enough where the database is not what is tested."""
    return sqlite_url


@pytest.fixture
def document(app, tmp_path):
    """The OpenAPI document in a file, as the whole application serves it."""
    path = tmp_path / "openapi.json"
    path.write_bytes(app.test_client().get("/api/v1/openapi.json").data)
    return path
