"""Build the web application: every door over one core."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

import console
import mobile_api
from bot import h5, pages, webhook
from bot.h5.identity import PATH as IDENTITY_PATH
from bot.limits import Limits
from bot.memory import Memory
from bot.seal import Seal
from config import (
    access,
    editions,
    failures,
    health,
    logs,
    menu,
    relying,
    rulebook,
    staffing,
    talking,
    tickets,
)
from config import settings as settings_of
from config.settings import Mode, Settings
from core import db
from core.lives import Lives
from messages.limiting.windows import Windows
from messages.report.shelf import Shelf
from messages.wechat.jssdk import Subscribing
from messages.wechat.login import TIMEOUT, Breaker, Login
from messages.wechat.tokens import Credentials
from messages.wechat.visiting import Visiting
from messages.wechat.wire import Wire
from mobile_api.parts import Parts

# A web thread waits no longer than this for a lock: WeChat hangs up after five seconds.
PATIENCE_SECONDS = 1.0


@dataclass(frozen=True)
class Ground:
    """What a web process stands on."""

    engine: Engine
    redis: Redis
    reader: Engine | None = None


def create() -> Flask:
    """Build the application from the environment, as the web server calls it."""
    settings = settings_of.read()
    logs.set_up(settings.log_level, access.with_request)
    threads = settings.web_threads
    url = settings.database_url.get_secret_value()
    pool: dict[str, Any] = {
        "patience": PATIENCE_SECONDS,
        "pool_size": threads,
        "max_overflow": 0,
    }
    ground = Ground(
        engine=db.connect(url, **pool),
        redis=_redis(settings.redis_url.get_secret_value()),
        reader=db.connect_reader(url, **pool),
    )
    return create_app(settings, ground)


def _redis(url: str) -> Redis:
    # By itself the client tries for many seconds, and WeChat hangs up after five.
    return Redis.from_url(url, socket_timeout=2, retry=Retry(NoBackoff(), 1))


def create_app(settings: Settings, ground: Ground) -> Flask:
    """Wire every door to core."""
    db.bind(ground.engine, ground.reader)
    app = failures.Web("xinyong", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    app.config["TRUSTED_HOSTS"] = settings.hosts
    if settings.proxies:  # who asks is whom the outermost proxy of ours saw
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0
        )
    access.watch(app)
    failures.watch(app)
    pace = settings.pace_of_waits
    app.register_blueprint(
        health.create_blueprint(ground.engine, ground.redis, pace=pace, clock=_now)
    )
    limits = _limits(settings)
    app.register_blueprint(pages.create_blueprint(_pages(settings, limits)))
    app.register_blueprint(h5.create_blueprint(_h5(settings, ground.redis, limits)))
    mobile_api.register(app, _api(settings, ground.redis, limits.windows))
    console.register(app, staffing.parts(settings, ground.redis, clock=_now))
    menu.load()  # a menu that WeChat would not take is refused before anybody is answered
    # Last: a conversation leads only to pages that are served.
    served = {rule.rule for rule in app.url_map.iter_rules()}
    app.register_blueprint(webhook.create_blueprint(_account(settings, ground.redis, served)))
    return app


def _account(settings: Settings, redis: Redis, served: set[str]) -> webhook.Account:
    token = settings.wechat_token.get_secret_value()
    key = settings.wechat_aes_key.get_secret_value()
    return webhook.Account(
        seal=Seal(token, key, settings.wechat_appid),
        memory=Memory(redis),
        mode=settings.wechat_message_mode,
        window=settings.push_window_seconds,
        digest_key=settings.link_key.get_secret_value().encode(),
        clock=time.time,
        desk=talking.desk(settings, rulebook.load(), served),
    )


def _frames(settings: Settings) -> str:
    # On a desk the sandbox's phone shows our pages inside its own.
    return settings.wechat_api if settings.mode is Mode.DEVELOPMENT else "'none'"


def _h5(settings: Settings, redis: Redis, limits: Limits) -> h5.Parts:
    return h5.Parts(
        _now,
        redis,
        rulebook.load(),
        settings.vault,
        wechat=_visiting(settings),
        identity=relying.client(settings, redis, IDENTITY_PATH),
        public_url=settings.public_url,
        code_key=settings.link_key.get_secret_value().encode(),
        frames=_frames(settings),
        subscribing=Subscribing(
            appid=settings.wechat_appid,
            templates=tickets.templates(settings),
            sdk=settings.wechat_sdk,
            ticket=tickets.reader(redis),
        ),
        lives=_lives(settings),
        shelf=Shelf(settings.report_dir),
        evidence_dir=settings.evidence_dir,
        away=failures.AWAY,
        limits=limits,
    )


def _visiting(settings: Settings) -> Visiting:
    account = Credentials(settings.wechat_appid, settings.wechat_secret.get_secret_value())
    wire = Wire(settings.wechat_api, timeout=TIMEOUT)
    return Visiting(Login(account, wire, Breaker(time.monotonic)), settings.wechat_page)


def _pages(settings: Settings, limits: Limits) -> pages.Pages:
    return pages.Pages(
        link_key=settings.link_key.get_secret_value().encode(),
        rules=rulebook.load(),
        clock=_now,
        frames=_frames(settings),
        away=failures.AWAY,
        limits=limits,
        secure=settings.public_url.startswith("https:"),
    )


def _limits(settings: Settings) -> Limits:
    windows = Windows(settings.redis_url.get_secret_value())
    return Limits(windows, settings.link_key.get_secret_value().encode())


def _api(settings: Settings, redis: Redis, windows: Windows | None) -> Parts:
    return Parts(
        clock=_now,
        identity=relying.client(settings, redis),
        cursor_key=settings.link_key.get_secret_value().encode(),
        rules=rulebook.load(),
        away=failures.AWAY,
        app=editions.load(),
        windows=windows,
        pace=settings.pace_of_waits,
        shelf=Shelf(settings.report_dir),
        lives=_lives(settings),
        vault=settings.vault,
        evidence_dir=settings.evidence_dir,
        wechat=_login(settings).openid,
        public_url=settings.public_url,
    )


def _lives(settings: Settings) -> Lives:
    return Lives(
        access=timedelta(minutes=settings.access_minutes),
        refresh=timedelta(days=settings.refresh_days),
        step_up=timedelta(minutes=settings.step_up_minutes),
    )


def _login(settings: Settings) -> Login:
    app = Credentials(settings.wechat_open_appid, settings.wechat_open_secret.get_secret_value())
    return Login(app, Wire(settings.wechat_api, timeout=TIMEOUT), Breaker(time.monotonic))


def _now() -> datetime:
    return datetime.now(UTC)
