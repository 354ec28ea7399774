"""schemathesis finds nothing: every check, on PostgreSQL, a fixed seed."""

import pytest

from tests.clients.fuzzing import Identity, fuzz

EXAMPLES, SEED = 25, 20_261_125


@pytest.fixture
def database_url(postgresql_url):
    """PostgreSQL is the stricter one about what may be stored and compared."""
    return postgresql_url


@pytest.fixture
def public(app):
    document = app.test_client().get("/api/v1/openapi.json").json
    every = [each for path in document["paths"].values() for each in path.values()]
    return {
        each["operationId"] for each in every if "operationId" in each and not each.get("security")
    }


@pytest.mark.timeout(600)
def test_nothing_is_found_by_nobody(app, public):
    found = fuzz(app, Identity("nobody"), examples=EXAMPLES, seed=SEED, operations=public)

    assert not found.findings, "\n".join(found.findings.values())
    assert found.is_whole
    assert len(found.operations) == len(public)


def test_what_the_document_does_not_say_would_be_found(app):
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    api.spec._paths["/api/v1/lists"]["get"]["responses"]["200"]["content"] = {"text/plain": {}}

    found = fuzz(app, Identity("nobody"), examples=1, seed=SEED, operations={"listLists"})

    assert list(found.findings) == ["nobody: GET /api/v1/lists: Undocumented Content-Type"]
