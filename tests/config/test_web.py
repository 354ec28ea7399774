"""The web application: whom it answers to, what it does not take in, and when it cannot serve."""

import io

import pytest

from config.settings import Mode
from config.web import Ground, create, create_app
from core import db
from tests.config.programs import GOOD, let_go
from tests.fixtures.service import settings_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_it_answers_only_to_its_own_names(database, redis, valkey_url):
    settings = settings_for(database.url, valkey_url, trusted_hosts="credit.km.gov.cn")
    client = create_app(settings, Ground(database.engine, redis)).test_client()

    assert client.get("/healthz", base_url="https://credit.km.gov.cn").status_code == 200
    assert client.get("/healthz", base_url="https://evil.example.cn").status_code == 400


def test_a_database_away_means_come_back_later(database, redis, settings, tmp_path):
    engine = db.connect(f"sqlite:///{tmp_path}/no/such/folder/x.db")
    client = create_app(settings, Ground(engine, redis)).test_client()

    for path in ("/wechat/articles/1", "/api/v1/entities/91530100MA6K00001X"):
        reply = client.get(path)
        assert reply.status_code == 503, path
        assert reply.headers["Retry-After"]
    assert client.get("/readyz").json["checks"] == {
        "database": False,
        "redis": True,
        "queue": False,
    }
    assert client.get("/healthz").status_code == 200
    engine.dispose()


@pytest.mark.parametrize("path", ["/wechat", "/api/v1/objections"])
def test_a_body_too_large_is_not_taken_in(app, path):
    body = io.BytesIO(b"x" * (2 * 1024 * 1024))

    reply = app.test_client().post(path, input_stream=body, content_length=2 * 1024 * 1024)

    assert reply.status_code in {401, 413}
    assert path != "/wechat" or reply.status_code == 413


def test_on_a_desk_the_phone_may_frame_our_pages_and_in_the_city_nobody(database, redis, settings):
    for mode, frames in ((Mode.DEVELOPMENT, settings.wechat_api), (Mode.PRODUCTION, "'none'")):
        chosen = settings.model_copy(update={"mode": mode})
        client = create_app(chosen, Ground(database.engine, redis)).test_client()
        policy = client.get("/wechat/articles/1").headers["Content-Security-Policy"]
        assert f"frame-ancestors {frames}" in policy


def test_the_web_server_builds_it_from_the_environment(database, valkey_url, redis, monkeypatch):
    given = GOOD | {"DATABASE_URL": database.url, "REDIS_URL": valkey_url}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("config.web.logs.set_up", lambda *_: None)

    app = create()

    assert app.test_client().get("/readyz").status_code == 200
    let_go(database)
