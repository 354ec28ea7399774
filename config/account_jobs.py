"""What RQ workers run for accounts: codes by text message, and forgetting what is over."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from config import rulebook, tickets, wechat_account
from config.jobs import tools
from core import codes, sessions, tallies, wechat_tags
from core.db import Writing
from messages import tagging, texts
from messages.texts import Gateway, Texting

_TEXTING = timedelta(seconds=30)


def send_codes() -> None:
    """Send the codes that somebody waits for, for a while."""
    chosen = tools().settings
    gateway = Gateway(chosen.sms_api, chosen.sms_key.get_secret_value())
    texts.send_codes(Texting(gateway, chosen.vault, _now), until=_now() + _TEXTING)


def fetch_jsapi_ticket() -> None:
    """Keep the ticket of WeChat's JS-SDK fresh, where pages offer subscription messages."""
    chosen, redis = tools().settings, tools().redis
    if tickets.templates(chosen):
        tickets.fetch(redis, wechat_account.client(chosen, redis))


def forget_tokens() -> None:
    """Drop the tokens and codes that open nothing any more, and the tallies of past days."""
    tools()
    with Writing() as session:
        sessions.forget(session, now=_now())
        codes.forget(session, now=_now())
        tallies.forget(session, now=_now())


def tags_are_owed(session: Session, _now: datetime) -> bool:
    """Say whether WeChat has to hear of a tag."""
    return wechat_tags.any_owed(session)


def keep_tags() -> None:
    """Tell WeChat which followers bear which tags, where that has changed."""
    held = tools()
    account = wechat_account.client(held.settings, held.redis)
    tagging.keep(account, tagging.names(rulebook.load().places))


def _now() -> datetime:
    return datetime.now(UTC)
