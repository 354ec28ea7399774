"""The door with the sandbox's identity provider behind it, and the clock that both have."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import redis as redis_py

from config import identity, relying
from tests.fixtures.service import settings_for
from tests.mobile_api import conftest
from tests.mobile_api.conftest import World
from tests.mobile_api.provider import Walk


@pytest.fixture(scope="module")
def identity_client(sandbox_server, valkey_url):
    """Us as the sandbox knows us."""
    issuer = f"{sandbox_server.url}/identity"
    settings = settings_for("sqlite:///none.db", valkey_url, identity_issuer=issuer)
    with redis_py.Redis.from_url(valkey_url) as redis:
        identity.fetch(redis, issuer)
        client = relying.client(settings, redis)
        assert client.provider() is not None
    held = client.provider()
    return replace(client, provider=lambda: held)


@pytest.fixture(scope="module")
def shared(identity_client):
    world = World()
    return world, conftest.create_app(world, identity_client)


@pytest.fixture
def world(shared):
    shared[0].now = datetime.now(UTC)
    return shared[0]


@pytest.fixture
def walk(client, sandbox, database, identity_client):
    identity_client.breaker.answered()
    return Walk(client, sandbox)


@pytest.fixture
def citizen(sign_in):
    return sign_in()
