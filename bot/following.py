"""Following by talk: entities and campaigns."""

from contextlib import suppress
from dataclasses import replace

from bot.answer import Answer, Heard
from bot.memory import Talk
from core import accounts, campaigns, follows, watch
from core.accounts import Channel
from core.db import Writing
from core.errors import NotFollowedError
from core.query import View


def follow(heard: Heard, entity: View) -> Answer:
    """Follow an entity's black-list alerts. Raises TooManyFollowsError."""
    with Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        new = watch.follow(session, account, entity.id, now=heard.now)
    return Answer(heard.words.followed(entity.name, new=new), _looked_at(heard, entity))


def unfollow(heard: Heard, entity: View) -> Answer:
    """Stop following an entity. Raises NotFollowedError."""
    with Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        watch.unfollow(session, account, entity.id, now=heard.now)
    return Answer(heard.words.unfollowed(entity.name), _looked_at(heard, entity))


def _looked_at(heard: Heard, entity: View) -> Talk:
    """Return the talk in which 它 is this entity; without 它 it is still asked whom to let go."""
    last = entity.id if heard.talk.last == entity.id else 0
    return replace(heard.talk, last=last, code=entity.uscc)


def listing(heard: Heard, doing: str = "show") -> Answer:
    """List whom the citizen follows; a number then does what the list was asked for."""
    with Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        followed = follows.subjects_of(session, account)
    ids = [subject.id for subject in followed]
    talk = replace(heard.talk, hits=ids, doing=doing, search="", rest=[], phrases=[])
    return Answer(
        heard.words.follows(followed, doing=doing) if followed else heard.words.NO_FOLLOWS, talk
    )


def subscribe(heard: Heard) -> Answer:
    """Subscribe to campaigns."""
    with Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        new = campaigns.subscribe(session, account, now=heard.now)
    return Answer(heard.words.SUBSCRIBED if new else heard.words.ALREADY_SUBSCRIBED)


def unsubscribe(heard: Heard) -> Answer:
    """End the subscription to campaigns."""
    ended = False
    with suppress(NotFollowedError), Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        campaigns.unsubscribe(session, account, now=heard.now)
        ended = True
    return Answer(heard.words.UNSUBSCRIBED if ended else heard.words.NOT_SUBSCRIBED)
