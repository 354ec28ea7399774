"""Articles: versions, two people, the instant from which one is read, withdrawal."""

from datetime import timedelta

import pytest

from core.articles import pictures, reading, writing
from core.articles.errors import (
    ArticleChangedError,
    ArticleRefusedError,
    ArticleStateError,
    PictureRefusedError,
)
from core.articles.ledger import Article, ArticleKind, ArticleState
from core.articles.reading import Place
from core.articles.writing import Text
from core.db import Reading, Writing
from core.errors import ArticleNotFoundError
from core.staff.errors import NotPermittedError, SamePersonError
from core.staff.roles import Role
from tests.core.given import NOW
from tests.core.given_staff import hired

HOUR = timedelta(hours=1)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def two(database):
    return hired(Role.CAMPAIGN_EDITOR), hired(Role.CAMPAIGN_APPROVER)


def written(editor, title="修复指南", body="正文", kind=ArticleKind.POLICY):
    with Writing() as session:
        return writing.write(session, editor, kind, text=Text(title, body), now=NOW)


def done(do, *arguments, **named):
    with Writing() as session:
        return do(session, *arguments, **named)


def shown(now=NOW):
    with Reading() as session:
        return [(one.title, one.version) for one in reading.listing(session, now=now)]


def test_what_is_published_stays_until_the_next_version_is(two):
    editor, approver = two
    number = written(editor)
    assert shown() == []

    done(writing.publish, approver, (number, 1), now=NOW)
    done(writing.revise, editor, (number, 1), text=Text("修复指南（新）", "新"), now=NOW)
    assert shown() == [("修复指南", 1)]

    done(writing.publish, approver, (number, 2), now=NOW + HOUR)
    assert shown(NOW + HOUR) == [("修复指南（新）", 2)]
    with Reading() as session:
        sheet = reading.sheet(session, number)
    assert [(one.number, one.published_by) for one in sheet.versions] == [
        (2, approver.id),
        (1, approver.id),
    ]
    assert sheet.article.published_at == NOW  # it is the same article


def test_a_scheduled_article_is_read_from_its_instant_on_without_any_job(two):
    editor, approver = two
    number = written(editor)
    done(writing.publish, approver, (number, 1), at=NOW + HOUR, now=NOW)

    with Reading() as session:
        article = session.get_one(Article, number)
        assert article.state(NOW) is ArticleState.SCHEDULED
        assert article.state(NOW + HOUR) is ArticleState.PUBLISHED
        with pytest.raises(ArticleNotFoundError):
            reading.one(session, number, now=NOW + HOUR - timedelta(microseconds=1))
        assert reading.one(session, number, now=NOW + HOUR).id == number


def test_a_withdrawn_article_is_read_by_nobody_and_comes_back_never(two):
    editor, approver = two
    number = written(editor)
    done(writing.publish, approver, (number, 1), now=NOW)
    done(writing.withdraw, editor, number, now=NOW)

    assert shown(NOW + HOUR) == []
    for again in (
        lambda: done(writing.publish, approver, (number, 1), now=NOW),
        lambda: done(writing.withdraw, editor, number, now=NOW),
        lambda: done(writing.revise, editor, (number, 1), text=Text("题", "文"), now=NOW),
    ):
        with pytest.raises(ArticleStateError):
            again()


def test_who_writes_does_not_publish_and_nobody_publishes_what_they_have_not_seen(two):
    editor, approver = two
    both = hired(Role.CAMPAIGN_EDITOR, Role.CAMPAIGN_APPROVER)
    number, own = written(editor), written(both)
    done(writing.revise, editor, (number, 1), text=Text("题", "文"), now=NOW)

    for refused, do in {
        NotPermittedError: lambda: done(writing.publish, editor, (number, 2), now=NOW),
        SamePersonError: lambda: done(writing.publish, both, (own, 1), now=NOW),
        ArticleChangedError: lambda: done(writing.publish, approver, (number, 1), now=NOW),
        ArticleStateError: lambda: done(
            writing.publish, approver, (number, 2), at=NOW - HOUR, now=NOW
        ),
        ArticleNotFoundError: lambda: done(writing.publish, approver, (99, 1), now=NOW),
    }.items():
        with pytest.raises(refused):
            do()
    with pytest.raises(ArticleChangedError):
        done(writing.revise, editor, (number, 1), text=Text("题", "文"), now=NOW)
    with pytest.raises(NotPermittedError):
        written(approver)
    assert shown() == []


def test_title_and_body_have_bounds(two):
    long = ("题" * 65, "文"), ("题", "文" * 20_001)
    for title, body in ((" ", "文"), ("题", " \n"), *long, ("题\0", "文"), ("题", "文\0")):
        with pytest.raises(ArticleRefusedError):
            written(two[0], title, body)


def test_the_list_goes_on_behind_a_place_and_keeps_to_a_kind(two):
    editor, approver = two
    numbers = [written(editor, f"第{n}篇") for n in range(3)]
    numbers.append(written(editor, "消息", kind=ArticleKind.NEWS))
    for number in numbers:
        done(writing.publish, approver, (number, 1), now=NOW)

    with Reading() as session:
        first = reading.listing(session, ArticleKind.POLICY, limit=2, now=NOW)
        place = Place(first[-1].published_at, first[-1].id)
        rest = reading.listing(session, ArticleKind.POLICY, limit=2, after=place, now=NOW)
        drafts = reading.every(session, limit=2, before=numbers[1] + 1)
    assert [one.title for one in (*first, *rest)] == ["第2篇", "第1篇", "第0篇"]
    assert [one.id for one in drafts] == [numbers[1], numbers[0]]


def test_readers_are_counted_and_no_more(two):
    number = written(two[0])
    for _ in range(3):
        done(reading.count, number, now=NOW)

    with Reading() as session:
        assert reading.sheet(session, number).reads == 3


def test_a_picture_is_kept_once_and_only_what_wechat_takes(two):
    first = done(pictures.add, two[0], PNG, now=NOW)
    assert first == done(pictures.add, two[0], PNG, now=NOW)
    with Reading() as session:
        assert pictures.content(session, first) == PNG
    assert pictures.is_name(first)
    assert not pictures.is_name("../" + first)
    for content in (b"<svg>", b"", PNG + bytes(1024 * 1024)):
        with pytest.raises(PictureRefusedError):
            done(pictures.add, two[0], content, now=NOW)
    with pytest.raises(NotPermittedError):
        done(pictures.add, two[1], PNG, now=NOW)
