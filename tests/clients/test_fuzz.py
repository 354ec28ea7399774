"""schemathesis finds nothing: every check, on PostgreSQL, a fixed seed."""

import pytest

from config import identity as provider
from tests.clients.cast import Citizen, City, Institution
from tests.clients.fuzzing import Identity, fuzz
from tests.fixtures.service import settings_for

EXAMPLES, SEED = 25, 20_261_125


@pytest.fixture
def database_url(postgresql_url):
    """PostgreSQL is the stricter one about what may be stored and compared."""
    return postgresql_url


@pytest.fixture
def settings(database, valkey_url, redis, sandbox):
    """As everywhere, but with an identity provider that answers."""
    issuer = f"{sandbox.url}/identity"
    provider.fetch(redis, issuer)
    return settings_for(database.url, valkey_url, identity_issuer=issuer)


@pytest.fixture
def identity(settings, database):
    """Return who asks, by name, in a city where all of them have something."""
    city = City(settings.vault)

    def identity(name):
        who = {"citizen": lambda: Citizen(city), "institution": Institution}
        return Identity(name, who[name]().headers) if name in who else Identity(name)

    return identity


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", ["citizen", "institution", "nobody"])
def test_nothing_is_found(app, identity, who):
    found = fuzz(app, identity(who), examples=EXAMPLES, seed=SEED)

    assert not found.findings, "\n".join(found.findings.values())
    assert found.is_whole
    assert found.operations == operations(app)


def test_what_the_document_does_not_say_would_be_found(app):
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    api.spec._paths["/api/v1/lists"]["get"]["responses"]["200"]["content"] = {"text/plain": {}}

    found = fuzz(app, Identity("nobody"), examples=1, seed=SEED, operations={"listLists"})

    assert list(found.findings) == ["nobody: GET /api/v1/lists: Undocumented Content-Type"]


def operations(app):
    paths = app.test_client().get("/api/v1/openapi.json").json["paths"]
    return {
        f"{method.upper()} {path}"
        for path, methods in paths.items()
        for method, held in methods.items()
        if "operationId" in held
    }
