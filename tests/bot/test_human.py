"""When nobody is there to answer: when somebody is next, and what is taken in meanwhile."""

from datetime import UTC, datetime

import pytest

from bot import manners, paths
from bot.answer import Heard
from bot.desk import Hours
from bot.memory import Talk
from bot.wish import Wish
from config import rulebook, talking


@pytest.fixture
def human(settings):
    desk = talking.desk(settings, rulebook.load(), paths.PATHS.values())

    def answer(at, language="zh"):
        heard = Heard("oA", "人工", Talk(), at, desk, wish=Wish(language))
        return manners.human(heard).text

    return answer


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 26, 0, 30, tzinfo=UTC), "11月26日（周四）09:00 起有人"),
        (datetime(2026, 11, 26, 4, 30, tzinfo=UTC), "11月26日（周四）13:30 起有人"),
        (datetime(2026, 11, 26, 15, 30, tzinfo=UTC), "11月27日（周五）09:00 起有人"),
        (datetime(2026, 11, 26, 16, 30, tzinfo=UTC), "11月27日（周五）09:00 起有人"),
        (datetime(2026, 11, 27, 9, 0, tzinfo=UTC), "11月30日（周一）09:00 起有人"),
        # The national holiday, with a Saturday worked after it.
        (datetime(2026, 9, 30, 9, 0, tzinfo=UTC), "10月8日（周四）09:00 起有人"),
        (datetime(2026, 10, 9, 9, 0, tzinfo=UTC), "10月10日（周六）09:00 起有人"),
    ],
)
def test_who_finds_nobody_hears_when_somebody_is_there(human, at, told):
    assert told in human(at)


def test_who_finds_nobody_can_file_at_once_and_is_not_asked_for_a_message(human):
    said = human(datetime(2026, 11, 28, 2, tzinfo=UTC))

    assert "留言没有人看" in said
    assert "12345" in said
    assert '/h5/complaint">打开“投诉举报”' in said
    assert '/h5/me/credit">打开“提出异议”' in said
    assert "起有人" not in human(datetime(2026, 11, 26, 2, tzinfo=UTC))


def test_in_english_too(human):
    said = human(datetime(2026, 11, 28, 2, tzinfo=UTC), "en")

    assert "from Monday 2026-11-30 09:00" in said
    assert "leave a message" not in said


def test_where_nobody_ever_is_no_day_is_named():
    assert Hours([], lambda _day: True, "", "12345").next_at(datetime.now(UTC)) is None
