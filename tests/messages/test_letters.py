"""Letters: what a card shows fits WeChat's fields, and times are Kunming's."""

from datetime import UTC, date, datetime

import pytest

from core.cases import CaseKind, CaseState
from core.notices import Headline, Listing, Paper, Receipt, Reply
from core.outbox.deliveries import EventKind
from core.reports.proof import Standing, Verdict
from messages import letters
from messages.wording import en, zh
from sandbox.fields import fits
from tests.messages.conftest import STATIONERY

NOW = datetime(2026, 5, 20, 16, 30, tzinfo=UTC)  # half past midnight of the 21st in Kunming
LISTING = Listing(
    name="云南示例商贸有限公司",
    uscc="91530100MA6K00001X",
    list_kind="WAGE_ARREARS",
    title="拖欠农民工工资",
    event_date=date(2026, 5, 20),
    authority="昆明市人力资源和社会保障局",
    document_no="昆人社列字〔2026〕1号",
    repairable_from=None,
    ends_on=None,
    is_public=True,
)
VERDICT = Verdict(Standing.VALID, report_no="2026112309150047QX3ZKD1M")
NOTICES = [
    LISTING,
    Headline(7, "诚信"),
    Headline(7, "诚" * 20),
    Headline(7, "诚" * 64),
    Receipt(CaseKind.OBJECTION, "0123456789ABCDEF", CaseState.SUBMITTED),
    Receipt(CaseKind.REPAIR, "0123456789ABCDEF", CaseState.SUBMITTED),
    Paper(EventKind.REPORT_READY, VERDICT),
    Paper(EventKind.REPORT_RECALLED, VERDICT),
]


def write(notice, key=(12, 34)):
    drafted = letters.draft(notice, key[0], stationery=STATIONERY, now=NOW)
    return letters.write(drafted, key, "oA", stationery=STATIONERY)


@pytest.mark.parametrize("notice", NOTICES, ids=range(len(NOTICES)))
def test_every_field_fits_its_type(notice):
    body = write(notice).template

    assert all(fits(name, held["value"]) for name, held in body["data"].items())
    assert body["touser"] == "oA"
    assert body["client_msg_id"] == "12-34"
    assert body["url"].startswith("https://credit.example.cn/wechat/")


def test_the_longest_key_fits_wechats_thirty_two_bytes():
    body = write(LISTING, (10**15, 10**14)).template

    assert len(body["client_msg_id"]) <= 32


def test_a_reply_is_a_plain_text():
    letter = write(Reply("回答"))

    assert (letter.text, letter.template) == ("回答", None)


def test_a_title_of_twenty_characters_is_not_cut():
    assert write(NOTICES[2]).template["data"]["thing1"]["value"] == "诚" * 20


def test_a_card_says_the_time_in_kunming():
    assert write(LISTING).template["data"]["time2"]["value"] == "2026年05月21日 00:30"
    assert en.time(NOW) == "2026-05-21 00:30"


def test_a_link_of_one_is_not_a_link_of_another():
    links = {letters.link(LISTING, (12, number), STATIONERY) for number in range(5)}

    assert len({link.rpartition("-")[2] for link in links}) == 5


def test_words_of_an_alert():
    for words in (zh, en):
        assert "2026" in words.date(LISTING.event_date)
        assert words.ended()
