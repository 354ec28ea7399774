from datetime import date

import pytest
import requests
from flask import Flask

import mobile_api
from mobile_api import Identity, Parts

from .conftest import NOW, RULES, USCC, bearer


@pytest.fixture
def provider(sandbox):
    return requests.get(
        f"{sandbox.url}/identity/.well-known/openid-configuration", timeout=5
    ).json()


@pytest.fixture
def client(database, provider, sandbox):
    app = Flask("credit")
    jwks = requests.get(provider["jwks_uri"], timeout=5).json()
    identity = Identity(provider["issuer"], "credit-kunming", lambda: jwks)
    mobile_api.register(app, Parts(_now(sandbox), identity, b"c" * 32, RULES))
    return app.test_client()


def _now(sandbox):
    # The provider's own clock, on the day on which the record can be repaired.
    started = sandbox.world.options.now()
    return lambda: NOW.fromtimestamp(max(started, sandbox.world.options.now()), NOW.tzinfo)


def test_a_token_of_the_sandboxs_identity_page_files_a_repair(client, provider, add_record):
    record = add_record(repairable_from=date(2000, 1, 1), ends_on=None)
    order = {"citizen": "zhangsan", "organisation": USCC}
    issued = requests.post(provider["token_endpoint"], json=order, timeout=5).json()

    reply = client.post(
        "/api/v1/repairs",
        json={"record_id": str(record.id), "statement": "已缴清罚款"},
        headers=bearer(issued["access_token"]),
    )

    assert reply.status_code == 201
    code = reply.json["receipt_code"]
    assert client.get(f"/api/v1/cases/{code}").json["state"] == "submitted"
