"""What delivery needs, built from the settings: WeChat, and the push provider if there is one."""

from collections.abc import Callable
from datetime import datetime

from redis import Redis
from rq.timeouts import BaseTimeoutException

from config import ledgers, pairs, rulebook
from config.settings import Mode, Settings, SettingsError
from messages import fitting, tagging
from messages.letters import Stationery
from messages.mass import Mailing
from messages.notes import Noting
from messages.outage import Outage
from messages.pacing import SharedPacer
from messages.post import BATCH, Post
from messages.push.jpush import JPush
from messages.push.pushing import Pushing
from messages.texts import Gateway
from messages.wechat.client import CreditWeChat
from messages.wechat.lines import Lines
from messages.wechat.tokens import Credentials, Tokens
from messages.wechat.wire import Wire
from messages.windows import Windows

# A batch goes out well within the time that it may take.
_SECONDS_OF_BATCH, _LEAST = 10, 10


def post_of(settings: Settings, redis: Redis, *, clock: Callable[[], datetime]) -> Post:
    """Build what delivery needs from the settings. Raises SettingsError for words too long."""
    if unfit := fitting.faults():
        raise SettingsError(f"微信模板字段放不下：{'、'.join(unfit)}。请改短措辞。")
    who = Credentials(settings.wechat_appid, settings.wechat_secret.get_secret_value())
    wire = Wire(settings.wechat_api, timeout=(3.05, settings.wechat_timeout))
    tokens = Tokens(redis, wire, who)
    lines = Lines(tokens, wire.base, timeout=wire.timeout, most=settings.sends_in_flight)
    # When RQ says that the time of a job is over, the whole work ends, not one recipient's.
    pace, ends = settings.pace_of_waits, (BaseTimeoutException,)
    rate = settings.sends_per_second
    return Post(
        lines,
        _stationery(settings),
        pace,
        clock,
        interrupts=ends,
        push=_pushing(settings),
        batch=min(BATCH, max(_LEAST, int(rate * _SECONDS_OF_BATCH))),
        pacer=lambda: SharedPacer(redis, rate),
        noting=_noting(settings),
        windows=Windows(redis, pace),
        ledger=ledgers.of(settings, redis, clock=clock),
        outage=Outage(redis, pace),
    )


def mailing_of(settings: Settings, redis: Redis, *, clock: Callable[[], datetime]) -> Mailing:
    """Build what sending to many needs from the settings."""
    who = Credentials(settings.wechat_appid, settings.wechat_secret.get_secret_value())
    # Ten thousand openids are read more slowly than one.
    wire = Wire(settings.wechat_api, timeout=(3.05, settings.wechat_timeout * 4))
    wechat = CreditWeChat(who, wire, Tokens(redis, wire, who))
    ledger = ledgers.of(settings, redis, clock=clock)
    pace, chunk = settings.pace_of_waits, settings.mass_list
    tags = tagging.names(rulebook.load().places)
    return Mailing(wechat, settings.public_url, pace, clock, ledger, tags, chunk)


def _stationery(settings: Settings) -> Stationery:
    return Stationery(
        alert=settings.template_alert,
        campaign=settings.template_campaign,
        case=settings.template_case,
        public_url=settings.public_url,
        link_key=settings.link_key.get_secret_value().encode(),
        subscriptions=pairs.templates(settings.subscription_templates),
        lasting=pairs.lasting(settings.subscription_templates),
    )


def _noting(settings: Settings) -> Noting:
    gateway = Gateway(settings.sms_api, settings.sms_key.get_secret_value())
    return Noting(gateway, settings.vault)


def _pushing(settings: Settings) -> Pushing | None:
    if not settings.jpush_key:  # no application at JPush: the app shows its inbox, unasked
        return None
    jpush = JPush(
        key=settings.jpush_key,
        secret=settings.jpush_secret.get_secret_value(),
        base=settings.jpush_api,
        production=settings.mode is Mode.PRODUCTION,
    )
    return Pushing(jpush, settings.vault)
