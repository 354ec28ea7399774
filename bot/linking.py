"""Linking by talk: the account in the app, and this one, are one person's; asked first."""

from dataclasses import replace

from bot.answer import Answer, Heard
from bot.memory import Talk
from bot.wish import Wish
from core import accounts, linking
from core.account_errors import DailyLimitError
from core.accounts import Channel
from core.db import Writing
from core.link_codes import LinkCodeError
from core.preferences import looks
from messages import wording

YES = "1"


def ask(heard: Heard, code: str) -> Answer:
    """Say which account in the app a code is of, and ask. Raises what core.linking refuses."""
    with Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        try:
            found = linking.offer(session, heard.desk.vault, account, code=code, now=heard.now)
        except DailyLimitError:
            return Answer(heard.words.LINK_LIMIT)
    if found is None:
        return Answer(wording.refusal(LinkCodeError.code, heard.wish.language))
    return Answer(heard.words.link_asked(found.phone, found.registered_at), Talk(linking=found.key))


def confirm(heard: Heard) -> Answer:
    """Link with the account that was asked about. Raises what core.linking refuses."""
    with Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        linking.link(session, account, heard.talk.linking, now=heard.now)
        joined = accounts.known_at(session, Channel.WECHAT, heard.openid) or account
        look = looks.of(session, joined)
    wish = Wish(look.language.value, look.is_large) if look else None
    return Answer(heard.words.LINKED, Talk(), wish=wish)


def let_go(heard: Heard, answer: Answer) -> Answer:
    """Forget what was asked once something else is said: a later 1 chooses, and links nothing."""
    talk = answer.talk or heard.talk
    if not heard.talk.linking or talk.linking != heard.talk.linking:
        return answer
    return replace(answer, talk=replace(talk, linking=""))
