"""Every setting has a default on a desk; what was given is never changed."""

import os
from pathlib import Path

import pytest

from config import settings
from config.launch import environment
from config.launch.environment import embedded_environment
from config.launch.unsuitable import Unsuitable


@pytest.fixture
def clean(monkeypatch):
    """An environment without any setting of ours."""
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


def _adopt(clean, environ):
    for name, value in environ.items():
        clean.setenv(name, value)


def test_nothing_given_is_enough(tmp_path, clean):
    environ = embedded_environment({"VAR_DIR": str(tmp_path)})

    _adopt(clean, environ)
    chosen = settings.read()

    assert chosen.database_url.get_secret_value() == f"sqlite:///{tmp_path}/xinyong.db"
    assert chosen.redis_url.get_secret_value() == f"unix://{tmp_path}/valkey/valkey.sock"
    assert chosen.wechat_api == "http://127.0.0.1:8001"
    assert chosen.identity_issuer == "http://127.0.0.1:8001/identity"
    assert chosen.public_url == "http://127.0.0.1:8000"
    assert chosen.var_dir == tmp_path


def test_addresses_follow_the_ports(tmp_path):
    given = {"VAR_DIR": str(tmp_path), "PORT": "9000", "SANDBOX_PORT": "9001"}

    environ = embedded_environment(given)

    assert environ["PUBLIC_URL"] == "http://127.0.0.1:9000"
    assert environ["PUSH_URL"] == "http://127.0.0.1:9000/wechat"
    assert environ["WECHAT_API"] == "http://127.0.0.1:9001"


def test_what_is_given_is_used_as_it_is(tmp_path):
    given = {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql+psycopg://db/credit",
        "REDIS_URL": "redis://cache:6379/0",
        "WECHAT_TOKEN": "mine",
    }

    environ = embedded_environment(given)

    assert {name: environ[name] for name in given} == given
    assert not environment.wants_valkey(given)
    assert environment.wants_sandbox(given)
    assert not environment.wants_sandbox(given | {"WECHAT_API": "https://api.weixin.qq.com"})


def test_an_empty_value_counts_as_not_given(tmp_path):
    environ = embedded_environment({"VAR_DIR": str(tmp_path), "DATABASE_URL": ""})

    assert environ["DATABASE_URL"].startswith("sqlite:///")


def test_production_is_given_nothing_and_names_all_that_is_missing(tmp_path, clean):
    given = {"VAR_DIR": str(tmp_path / "var"), "MODE": "production"}

    _adopt(clean, embedded_environment(given))

    with pytest.raises(settings.SettingsError) as refused:
        settings.read()
    for name in ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "WECHAT_SECRET", "LINK_KEY"):
        assert f"{name}：缺少" in str(refused.value)
    assert not environment.wants_sandbox(given)
    assert not environment.wants_valkey(given)
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("mode", ["prod", "Production", "desk"])
def test_an_unknown_mode_is_refused_before_anything_is_made(tmp_path, mode):
    with pytest.raises(Unsuitable, match="MODE：不合要求（可选 development、production）"):
        embedded_environment({"VAR_DIR": str(tmp_path / "var"), "MODE": mode})

    assert not (tmp_path / "var").exists()


def test_production_refuses_the_keys_of_a_desk(tmp_path, clean):
    desk = embedded_environment({"VAR_DIR": str(tmp_path)})

    _adopt(clean, desk | {"MODE": "production"})

    with pytest.raises(settings.SettingsError) as refused:
        settings.read()
    assert "WECHAT_AES_KEY：是本机自动生成的" in str(refused.value)
    assert desk["WECHAT_AES_KEY"] not in str(refused.value)


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "8000x"])
def test_a_port_that_is_none_is_named(tmp_path, port):
    with pytest.raises(Unsuitable, match="SANDBOX_PORT 应为"):
        embedded_environment({"VAR_DIR": str(tmp_path), "SANDBOX_PORT": port})


def test_a_socket_in_a_deep_folder_gets_a_short_path():
    deep = Path("/", *["a-folder-with-a-long-name"] * 6)

    path = environment.socket_path(deep)

    assert len(os.fsencode(path)) < 104
    assert path == environment.socket_path(deep)
    assert path != environment.socket_path(deep / "other")


def test_a_relative_folder_does_not_depend_on_where_a_child_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert embedded_environment({"VAR_DIR": "var"})["VAR_DIR"] == str(tmp_path / "var")
