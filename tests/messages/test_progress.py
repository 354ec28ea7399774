"""A step of a case in words: on a card, on a lock screen, in the inbox, in both languages."""

from datetime import UTC, date, datetime

import pytest

from config import rulebook
from core.case_clock import LEGS
from core.case_news import Next, Progress
from core.cases import Action, CaseKind, CaseState, Holder
from core.installations import Device
from core.progress import STEPS
from core.rules import Clock
from messages import letters
from messages.push import hints
from messages.telling import Teller
from sandbox.fields import fits
from tests.messages.conftest import STATIONERY

NOW = datetime(2026, 5, 20, 4, tzinfo=UTC)
RULES = rulebook.load()
S = CaseState
DUE = Next(
    Clock.REPAIR_ACCEPT, Holder.DEPARTMENT, "某局", due_on=date(2026, 5, 25), provisional=True
)
REACHED = [
    (CaseKind(track.value), state)
    for track in LEGS
    if track != "review"
    for state in {to for after in STEPS[track].values() for to in after} - {S.SUBMITTED}
]


def progress(kind=CaseKind.REPAIR, state=S.FORWARDED, **given):
    facts = {
        "code": "0123456789ABCDEF",
        "action": Action.MOVED,
        "reasons": (),
        "at": NOW,
        "not_mine": False,
        "following": None,
    }
    return Progress(kind=kind, state=state, **facts | given)


def tell(notice, language="zh"):
    return Teller(RULES.lists, language, NOW, RULES.reasons).tell(notice)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("kind", "state"), [one for one in REACHED if one[1] is not S.WITHDRAWN])
def test_every_step_has_words(kind, state, language):
    told = tell(progress(kind, state), language)

    assert told.hint.endswith(("。", "."))
    assert len(told.facts) == 2
    assert (told.about.kind, told.about.id) == ("case", "0123-4567-89AB-CDEF")


def test_what_happens_next_and_until_when_is_said():
    told = tell(progress(following=DUE))

    assert told.title == "您的信用修复申请有新进展"
    assert told.facts[1:] == [
        ("办理进展", "已转办"),
        ("下一步", "决定是否受理"),
        ("由谁办理", "某局"),
        ("最晚在", "2026年5月25日（暂定，以放假安排公布后为准）"),
    ]


def test_a_supplement_is_the_applicants_turn():
    due = Next(Clock.SUPPLEMENT, Holder.APPLICANT, None, due_on=date(2026, 6, 3), provisional=False)
    facts = dict(tell(progress(state=S.SUPPLEMENT_WANTED, following=due)).facts)

    assert (facts["由谁办理"], facts["最晚在"]) == ("申请人", "2026年6月3日")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", ("法定责任和义务尚未履行完毕", "请履行完毕后，带上新的凭证重新提交。")),
        ("en", ("The obligations are not yet fulfilled", "Please fulfil them and file again")),
    ],
)
def test_a_refusal_says_why_and_what_to_put_right(language, expected):
    told = tell(progress(state=S.REFUSED, reasons=("not_fulfilled", "unheard_of")), language)

    label, fix = (text for _, text in told.facts[2:])
    assert label == expected[0]
    assert fix.startswith(expected[1])


def test_frozen_display_is_stated():
    told = tell(progress(CaseKind.OBJECTION, S.ANNOTATED, not_mine=True))

    assert "暂停公示" in told.hint


def test_a_longer_term_is_stated():
    told = tell(progress(state=S.ACCEPTED, action=Action.EXTENDED, following=DUE))

    assert told.facts[1] == ("办理进展", "延长期限")
    assert "已延长" in told.hint


@pytest.mark.parametrize("kind", CaseKind)
def test_card_and_lock_screen_say_nothing_of_the_decision(kind):
    refused = progress(kind, S.REFUSED, reasons=("not_fulfilled",))
    drafted = letters.draft(refused, 7, stationery=STATIONERY, now=NOW)
    body = letters.write(drafted, (1, 2), "oA", stationery=STATIONERY).template
    values = [held["value"] for held in body["data"].values()]

    assert all(fits(name, held["value"]) for name, held in body["data"].items())
    assert values[2] == "有新进展"
    for locale, word in (("zh", "有新进展"), ("en", "News about")):
        told = letters.translated(drafted, locale)
        hint = hints.write(told, 7, [Device(1, "token", locale)])
        assert word in hint.text
        assert "不予" not in hint.text
