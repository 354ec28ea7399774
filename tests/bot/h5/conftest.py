"""The pages in the whole application, with the sandbox as WeChat and as identity provider."""

from functools import partial

import pytest
import sqlalchemy as sa
from redis import Redis

from config import identity
from config.web import Ground, create_app
from core import db
from sandbox.options import Options
from tests.bot.h5.browser import Browser
from tests.bot.h5.scene import Scene
from tests.fixtures.service import NOWHERE, settings_for


@pytest.fixture(scope="session")
def chosen(valkey_url, sandbox_server, tmp_path_factory):
    """Settings for any database."""
    known = Options()
    return partial(
        settings_for,
        redis_url=valkey_url,
        wechat_appid=known.appid,
        wechat_secret=known.secret,
        wechat_api=sandbox_server.url,
        wechat_page=f"{sandbox_server.url}/connect/oauth2/authorize",
        identity_issuer=f"{sandbox_server.url}/identity",
        var_dir=tmp_path_factory.mktemp("var"),
    )


@pytest.fixture
def settings(chosen, database, sandbox):
    return chosen(database.url)


@pytest.fixture(scope="session")
def standing(chosen, valkey_url):
    """The whole application, once for all tests of this folder."""
    with Redis.from_url(valkey_url) as client:
        yield create_app(chosen(NOWHERE), Ground(sa.create_engine(NOWHERE), client))


@pytest.fixture
def app(standing, settings, database, redis):
    identity.fetch(redis, settings.identity_issuer)
    db.bind(database.engine)
    return standing


@pytest.fixture
def browse(app, sandbox):
    """Give a citizen a phone of their own."""
    return lambda citizen="zhangsan": Browser(app, sandbox, citizen)


@pytest.fixture
def scene(archive, on_record, settings, sandbox, browse):
    return Scene(archive, on_record, settings.vault, sandbox, browse)
