"""Each word for outside, in each language and by each way fits, and gives nothing away."""

import pytest

from core import stamps
from core.cases import CaseKind
from core.outbox.deliveries import EventKind
from core.preferences.kinds import KIND_OF, NoticeKind
from messages import fitting, notes
from messages.wechat import fields
from messages.wording import NOTICES, notices_en, notices_zh
from sandbox.fields import fits

KEY = b"a key"
# A lock screen is read over shoulders: no name, list, amount or outcome stands there.
NEVER = ("失信", "黑名单", "拖欠", "罚", "不予", "准予", "black", "refused", "granted", "penalt")


def test_all_our_words_fit():
    assert fitting.faults() == []


@pytest.mark.parametrize("name", ["THINGS", "TITLES", "PHRASES", "HEADS", "FACTS", "NOTICE_KINDS"])
def test_both_languages_say_the_same(name):
    zh, en = getattr(notices_zh, name), getattr(notices_en, name)
    assert zh.keys() == en.keys()
    if name in ("THINGS", "TITLES"):
        assert set(zh) == set(fitting.SORTS)
    if name == "NOTICE_KINDS":
        assert set(zh) == set(NoticeKind)
    assert all(zh.values())
    assert all(en.values())


def test_what_does_not_fit_is_named(monkeypatch):
    long = notices_zh.THINGS | {"alert": "您" * 21}
    monkeypatch.setattr(notices_zh, "THINGS", long)
    monkeypatch.setitem(notices_en.PHRASES, "moved", "in progress")

    assert fitting.faults() == ["zh.THINGS.alert", "en.PHRASES.moved"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_lock_screen_says_what_it_is_about(language):
    words = NOTICES[language]
    for sort in fitting.SORTS:
        for said in (words.THINGS[sort], words.TITLES[sort], words.TEXT, words.SERVICE):
            assert not [word for word in NEVER if word in said.lower()], said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_text_message_is_signed_and_one_or_two_long(language):
    for sort in fitting.SORTS:
        text = notes.worded(NOTICES[language].TITLES[sort], "Z" * 10, language)
        assert text.startswith("【信用昆明】")
        assert len(text) <= 134  # two parts


def test_our_check_of_fields_is_the_one_of_wechat():
    for name, good, bad in (
        ("thing1", "字" * 20, "字" * 21),
        ("phrase3", "有新进展", "done"),
        ("time2", "2026年05月21日 00:30", "明天"),
        ("date2", "2026-05-21", "21/5"),
        ("character_string2", "7KQ2-M9XD", "编号"),
        ("number1", "12.5", "十二"),
    ):
        for value in (good, bad):
            assert fields.fits(name, value) is fits(name, value) is (value == good)
    assert not fields.fits("unheard1", "x")


def test_an_editor_hears_what_a_card_would_show():
    assert fitting.shown_title("诚" * 30) == "诚" * 19 + "…"
    assert fitting.shown_title("诚信") == "诚信"


def test_a_stamp_is_read_back_and_no_other_is():
    for event_id in (1, 31, 32, 999, 10**6, 2**30 - 1):
        code = stamps.stamp(KEY, event_id)
        assert len(code) <= stamps.LONGEST_SHOWN
        assert stamps.event_of(KEY, f" {code[:3]}-{code[3:].lower()} ") == event_id
        assert stamps.event_of(b"another key", code) is None
        assert stamps.event_of(KEY, "1" + code) is None
    for typed in ("", "A", "ABCD", "核验", "0" * 40, "0" + stamps.stamp(KEY, 7)):
        assert stamps.event_of(KEY, typed) is None


def test_each_kind_of_event_has_a_sort():
    assert set(KIND_OF) == set(EventKind)
    assert {f"moved_{kind}" for kind in CaseKind} <= set(fitting.SORTS)
