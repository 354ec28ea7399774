"""Linking by talk: the account in the app, and this one, are one person's."""

from bot.answer import Answer, Heard
from core import accounts, linking
from core.accounts import Channel
from core.db import Writing
from messages.wording import bot_zh as words


def link(heard: Heard, code: str) -> Answer:
    """Link with the account in the app that this code is of. Raises what core.linking refuses."""
    with Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        linking.link(session, account, code, now=heard.now)
    return Answer(words.LINKED)
