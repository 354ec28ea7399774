"""What every process of ours is started with: the settings given, and a desk's defaults."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from config import production
from config.launch import keys
from config.launch.unsuitable import Unsuitable
from config.settings import ROOT, Mode

WEB_PORT = 8000
SANDBOX_PORT = 8001
_APPID = "wx0000000000000001"
# Those of the sandbox.
SUBSCRIPTIONS = "alert=credit-sub-alert,case=credit-sub-case,campaign=credit-sub-campaign"
_OPEN_APPID = "wx0000000000000002"
_LONGEST_SOCKET = 100  # Linux takes 107 bytes for the path of a Unix socket


def embedded_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment: what was given, completed by a desk's defaults.

    In production nothing is completed, so that every missing setting is named.
    """
    given = {name: value for name, value in environ.items() if value}
    _refuse_unknown_mode(given)
    given["PYTHONPATH"] = str(ROOT)
    given["PYTHONUNBUFFERED"] = "1"
    given["VAR_DIR"] = str(var_dir(given))
    if is_production(given):
        return given
    return _defaults(given) | keys.kept_in(var_dir(given)) | given


def _refuse_unknown_mode(given: Mapping[str, str]) -> None:
    # Before anything is made: a mistyped production must not get the keys of a desk.
    if given.get("MODE", Mode.DEVELOPMENT) not in set(Mode):
        raise Unsuitable(f"设置有误：\nMODE：不合要求（可选 {'、'.join(Mode)}）")


def _defaults(given: Mapping[str, str]) -> dict[str, str]:
    web = port(given, "PORT", WEB_PORT)
    sandbox = f"http://127.0.0.1:{port(given, 'SANDBOX_PORT', SANDBOX_PORT)}"
    return {
        "PORT": str(web),
        "SANDBOX_PORT": str(port(given, "SANDBOX_PORT", SANDBOX_PORT)),
        "PUBLIC_URL": f"http://127.0.0.1:{web}",
        "DATABASE_URL": f"sqlite:///{var_dir(given) / 'xinyong.db'}",
        "REDIS_URL": f"unix://{socket_path(var_dir(given))}",
        "WECHAT_APPID": _APPID,
        "WECHAT_API": sandbox,
        "WECHAT_PAGE": f"{sandbox}/connect/oauth2/authorize",
        "WECHAT_SDK": f"{sandbox}/open/js/jweixin-1.6.0.js",
        "SUBSCRIPTION_TEMPLATES": SUBSCRIPTIONS,
        "WECHAT_OPEN_APPID": _OPEN_APPID,
        "SMS_API": f"{sandbox}/sms",
        "IDENTITY_ISSUER": f"{sandbox}/identity",
        "JPUSH_API": sandbox,
        "JPUSH_KEY": production.SANDBOX_PUSH,
        "PUSH_URL": f"http://127.0.0.1:{web}/wechat",
        "SANDBOX_VAR": str(var_dir(given) / "sandbox"),
    }


def of_this_process() -> dict[str, str]:
    """Return the environment that we were started with."""
    return dict(os.environ)  # noqa: TID251 - the launcher completes what the settings then read


def adopt(environ: Mapping[str, str]) -> None:
    """Make this environment our own, for the settings and for every child."""
    os.environ.update(environ)  # noqa: TID251 - the launcher completes what the settings then read


def is_production(environ: Mapping[str, str]) -> bool:
    """Tell whether the city's own settings must all be given."""
    return environ.get("MODE") == Mode.PRODUCTION


def wants_sandbox(given: Mapping[str, str]) -> bool:
    """Tell whether WeChat is stood in for: not in production, not when a WeChat was named."""
    return not is_production(given) and not given.get("WECHAT_API")


def wants_valkey(given: Mapping[str, str]) -> bool:
    """Tell whether we bring our own Redis."""
    return not is_production(given) and not given.get("REDIS_URL")


def var_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of everything that we write."""
    return Path(environ.get("VAR_DIR") or ROOT / "var").absolute()


def port(environ: Mapping[str, str], name: str, default: int) -> int:
    """Return a port by the name of its setting."""
    text = environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 1 << 16:
        raise Unsuitable(f"{name} 应为 1 到 65535 的数字，例如：{name}={default} ./xinyong run")
    return int(text)


def socket_path(folder: Path) -> Path:
    """Return where Valkey listens: in its folder, or under a short name when that is too long."""
    path = folder / "valkey" / "valkey.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET:
        return path
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"xinyong-{os.getuid()}-{name}" / "valkey.sock"
