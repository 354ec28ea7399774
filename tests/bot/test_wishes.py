"""Wishes are carried to Redis page by page, and what was said while they were is not lost."""

from datetime import UTC, datetime, timedelta

from bot import wishes
from core.accounts import Channel, at
from core.db import Writing
from core.installations import Locale
from core.preferences import looks

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def said(openid, *, now=NOW, **look):
    with Writing() as session:
        looks.say(session, at(session, Channel.WECHAT, openid, now=now), now=now, **look)


def test_all_are_carried_first_and_then_only_what_changes(database, redis, monkeypatch):
    monkeypatch.setattr(wishes, "_PAGE", 2)
    for number in range(5):
        said(f"o{number}", language=Locale.EN)
    wishes.carry(redis, now=NOW)

    assert [redis.get(f"bot:wish:o{number}") for number in range(5)] == [b"en,0"] * 5
    said("o0", now=NOW + timedelta(minutes=5), is_large=True)
    wishes.carry(redis, now=NOW + timedelta(minutes=5))
    redis.delete("bot:wish:o1")
    # It began before the last time, and ended after it.
    said("o2", now=NOW + timedelta(minutes=4), language=Locale.ZH)
    wishes.carry(redis, now=NOW + timedelta(minutes=6))
    assert [redis.get(f"bot:wish:o{number}") for number in range(3)] == [b"en,1", None, b"zh,0"]
