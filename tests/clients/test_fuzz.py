"""schemathesis finds nothing: every check, on PostgreSQL, a fixed seed."""

import pytest

from config import identity as provider
from sandbox.options import Options
from tests.clients import cast
from tests.clients import fuzz as fuzz_command
from tests.clients.fuzzing import fuzz
from tests.fixtures.service import settings_for

EXAMPLES, SEED = 25, 20_261_125


@pytest.fixture
def database_url(postgresql_url):
    """PostgreSQL is the stricter one about what may be stored and compared."""
    return postgresql_url


@pytest.fixture
def settings(database, valkey_url, redis, sandbox):
    """As everywhere, but with an identity provider and a WeChat that answer."""
    issuer = f"{sandbox.url}/identity"
    provider.fetch(redis, issuer)
    wechat = {"wechat_api": sandbox.url, "wechat_open_secret": Options().open_secret}
    return settings_for(database.url, valkey_url, identity_issuer=issuer, **wechat)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", ["citizen", "institution", "nobody"])
def test_nothing_is_found(own_app, settings, who):
    found = fuzz(own_app, cast.identity(who, settings.vault), examples=EXAMPLES, seed=SEED)

    assert not found.findings, "\n".join(found.findings.values())
    assert found.is_whole
    assert found.operations == operations(own_app)


def test_what_the_document_does_not_say_would_be_found(own_app):
    api = own_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    api.spec._paths["/api/v1/lists"]["get"]["responses"]["200"]["content"] = {"text/plain": {}}

    found = fuzz(own_app, cast.Identity("nobody"), examples=1, seed=SEED, operations={"listLists"})

    assert list(found.findings) == ["nobody: GET /api/v1/lists: Undocumented Content-Type"]


def operations(app):
    paths = app.test_client().get("/api/v1/openapi.json").json["paths"]
    return {
        f"{method.upper()} {path}"
        for path, methods in paths.items()
        for method, held in methods.items()
        if "operationId" in held
    }


@pytest.mark.timeout(600)
def test_the_long_search_can_be_cut_short_and_says_so(postgres_url, capfd):
    found = fuzz_command.main(["--examples", "1", "--minutes", "0.02", "--seed", "7"])

    assert found["requests"]["value"] > 0
    assert found["cut_short"] == {"value": 1, "goal": None, "met": True}
    said = capfd.readouterr().out
    assert "种子 7" in said
    assert all(f"{who}：" in said for who in fuzz_command.SHARES)
