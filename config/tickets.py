"""The ticket of WeChat's JS-SDK: a worker asks for it and keeps it, the web reads it."""

from collections.abc import Callable
from contextlib import suppress

from redis import Redis
from redis.exceptions import RedisError

from config import pairs
from config.settings import Settings
from messages.wechat.client import CreditWeChat

KEPT = "wechat:jsapi_ticket"
_EARLY = 600  # it is asked for again so many seconds before it ends
_LATEST = 60
_MOST = 5  # of one tag, as WeChat has it


def templates(settings: Settings) -> tuple[str, ...]:
    """Return the templates of subscription messages that pages offer: those that we send.

    One tag takes no mixture: where some last, only they are offered.
    """
    ours, lasting = settings.subscription_templates, pairs.lasting(settings.subscription_templates)
    offered = tuple(one for one in pairs.templates(ours).values() if not lasting or one in lasting)
    return offered[:_MOST]


def fetch(redis: Redis, account: CreditWeChat) -> None:
    """Ask for a ticket if the one that we hold is about to end. Raises WeChatError."""
    if int(str(redis.ttl(KEPT))) > _EARLY:
        return
    answer = account.get("ticket/getticket", params={"type": "jsapi"})
    redis.set(KEPT, answer["ticket"], ex=max(_LATEST, int(answer["expires_in"]) - _LATEST))


def reader(redis: Redis) -> Callable[[], str | None]:
    """Return a function that gives the ticket, if there is one."""

    def ticket() -> str | None:
        with suppress(RedisError):
            held = redis.get(KEPT)
            return held.decode() if isinstance(held, bytes) else None
        return None

    return ticket
