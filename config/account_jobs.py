"""What RQ workers run for accounts: codes by text message, and forgetting what is over."""

from datetime import UTC, datetime, timedelta

from config.jobs import tools
from core import codes, sessions, tallies
from core.db import Writing
from messages import texts
from messages.texts import Gateway, Texting

_TEXTING = timedelta(seconds=30)


def send_codes() -> None:
    """Send the codes that somebody waits for, for a while."""
    chosen = tools().settings
    gateway = Gateway(chosen.sms_api, chosen.sms_key.get_secret_value())
    texts.send_codes(Texting(gateway, chosen.vault, _now), until=_now() + _TEXTING)


def forget_tokens() -> None:
    """Drop the tokens and codes that open nothing any more, and the tallies of past days."""
    tools()
    with Writing() as session:
        sessions.forget(session, now=_now())
        codes.forget(session, now=_now())
        tallies.forget(session, now=_now())


def _now() -> datetime:
    return datetime.now(UTC)
