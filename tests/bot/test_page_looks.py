"""The pages that messages lead to are read as their reader reads: in English, in larger type."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from core import campaigns, privacy, releases
from core.calendar import day
from core.db import Writing
from core.installations import Locale
from core.notices import Headline
from core.preferences import looks
from messages import letters
from messages.letters import Stationery
from tests.core.given import account, owed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEY = b"a key for links"
NOW = datetime.now(UTC)
LARGE_ENGLISH = '<html lang="en" class="large">'
PAPER = Stationery(alert="a", campaign="c", case="k", public_url="", link_key=KEY)


@pytest.fixture
def places(archive):
    """One page of each kind, the second page of a release too."""
    one = archive.record(archive.entity("昆明示例建筑有限公司"), event_date=day(NOW))
    owed("alert", account_id=account(now=NOW), facts={"record_id": one}, now=NOW)
    with Writing() as session:
        article = campaigns.publish(session, "诚信兴商", "正文", now=NOW)
        release = releases.make(session, "WAGE_ARREARS", now=NOW)
    return {
        "/wechat/reports": "Verify a credit report",
        "/wechat/certificates": "Verify",
        "/wechat/reports/20261126000000ABCDEFGH/7KQ2M9XD": "No such report",
        f"/wechat/articles/{article}": "unsubscribe here",
        f"/wechat/releases/{release}": "Download this release",
        f"/wechat/notices/1-9-{privacy.proof(KEY, 'notice', 1, 9)}": "Decided by",
        "/wechat/nowhere": "There is no such page",
    }


def links(page):
    return [unescape(one) for one in re.findall(r'href="(\?[^"]+)"', page)]


def test_every_page_is_read_as_its_address_says_and_the_next_one_too(app, places):
    for place, said in places.items():
        browser = app.test_client()
        first = browser.get(place, query_string="type=large&language=en").text
        for page in (first, browser.get(place).text):
            assert LARGE_ENGLISH in page, place
            for word in (said, "Skip to the content", "Normal type", "Credit Kunming", "free"):
                assert word in page, place
            assert "全程免费" not in page, place
    assert '<html lang="zh-CN">' in app.test_client().get("/wechat/reports").text


def test_every_page_has_its_switches_and_a_way_past_them(app, places):
    for place in places:
        browser = app.test_client()
        page = browser.get(place).text
        larger, english = links(page)[:2]
        assert 'href="#main"' in page, place
        assert 'id="main"' in page, place

        assert '<html lang="zh-CN" class="large">' in browser.get(place + larger).text
        assert LARGE_ENGLISH in browser.get(place + english).text


def test_a_switch_stays_on_the_page_of_a_list(app, places):
    place = next(one for one in places if "releases" in one)

    page = app.test_client().get(place, query_string="after=7").text

    assert links(page)[:2] == ["?after=7&type=large", "?after=7&language=en"]


def test_whose_page_it_is_reads_as_their_account_unless_the_address_says_otherwise(app, places):
    mine = account("oReader", now=NOW)
    with Writing() as session:
        looks.say(session, mine, language=Locale.EN, is_large=True, now=NOW)
        campaigns.subscribe(session, mine, now=NOW)
    notice = f"/wechat/notices/1-{mine}-{privacy.proof(KEY, 'notice', 1, mine)}"
    article = letters.link(Headline(1, "诚信兴商"), (5, mine), PAPER)
    browser = app.test_client()

    assert LARGE_ENGLISH in browser.get(notice).text
    page = browser.get(article).text
    assert LARGE_ENGLISH in page
    assert '<article lang="zh-CN">' in page
    left = browser.post(re.search(r'action="([^"]+)"', page)[1]).text
    assert LARGE_ENGLISH in left
    assert "You are unsubscribed" in left
    assert links(left) == []
    plain = browser.get(notice, query_string="type=normal&language=zh").text
    assert '<html lang="zh-CN">' in plain
    assert "<dt>认定单位</dt>" in plain


def test_a_reader_of_english_verifies_in_english_first(app, places):
    page = app.test_client().get("/wechat/reports", query_string="language=en").text

    assert "<h1>Verify a credit report</h1>" in page
    assert '<span lang="en">Report number</span> <span lang="zh-CN">报告编号</span>' in page
