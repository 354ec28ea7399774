"""Campaigns are left in one tap, by whoever has the address of their card and nobody else."""

import re

import pytest

from core import campaigns, follows
from core.db import Reading, Writing
from core.notices import Headline
from messages import letters
from messages.letters import Stationery
from tests.core.given import account
from tests.fixtures.archive import NOW

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PAPER = Stationery(alert="a", campaign="c", case="k", public_url="", link_key=b"a key for links")


@pytest.fixture
def somebody(database):
    one = account("oLeaves", now=NOW)
    with Writing() as session:
        campaigns.subscribe(session, one, now=NOW)
        campaigns.publish(session, "诚信兴商", "正文", now=NOW)
    return one


def subscribes(one):
    with Reading() as session:
        return follows.follows_campaigns(session, one)


def test_the_card_leads_to_an_article_with_a_button_that_ends_them(app, somebody):
    browser = app.test_client()
    page = browser.get(letters.link(Headline(1, "诚信兴商"), (5, somebody), PAPER)).text
    assert "正文" in page
    assert subscribes(somebody)  # to look ends nothing

    place = re.search(r'action="([^"]+)"', page)[1]
    for _ in range(2):  # again is the same
        answer = browser.post(place)
        assert (answer.status_code, "已退订诚信宣传" in answer.text) == (200, True)
    assert not subscribes(somebody)
    assert browser.get(place).status_code == 404  # a page that was left open leads on


def test_nobody_ends_what_is_another_s(app, somebody):
    browser = app.test_client()
    link = letters.link(Headline(1, "诚信兴商"), (5, somebody + 1), PAPER)
    proof = link.rpartition("-")[2]

    assert browser.post(f"/wechat/campaigns/leave/5-{somebody}-{proof}").status_code == 404
    assert browser.get(f"/wechat/articles/1/5-{somebody}-{proof}").status_code == 404
    assert subscribes(somebody)
    assert "回复“退订”" in browser.get("/wechat/articles/1").text
