"""The pages in the whole application, with the sandbox as WeChat and as identity provider."""

import pytest

from config import identity
from config.web import Ground, create_app
from sandbox.options import Options
from tests.bot.h5.browser import Browser
from tests.bot.h5.scene import Scene
from tests.fixtures.service import settings_for


@pytest.fixture
def settings(database, valkey_url, sandbox, tmp_path):
    known = Options()
    return settings_for(
        database.url,
        valkey_url,
        wechat_appid=known.appid,
        wechat_secret=known.secret,
        wechat_api=sandbox.url,
        wechat_page=f"{sandbox.url}/connect/oauth2/authorize",
        identity_issuer=f"{sandbox.url}/identity",
        var_dir=tmp_path,
    )


@pytest.fixture
def app(settings, database, redis):
    identity.fetch(redis, settings.identity_issuer)
    return create_app(settings, Ground(database.engine, redis))


@pytest.fixture
def browse(app, sandbox):
    """Give a citizen a phone of their own."""
    return lambda citizen="zhangsan": Browser(app, sandbox, citizen)


@pytest.fixture
def scene(archive, on_record, settings, sandbox, browse):
    return Scene(archive, on_record, settings.vault, sandbox, browse)
