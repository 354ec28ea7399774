"""The plan on a campaign's page: what it counts, and what its reader sees of the campaign."""

from core import db
from messages.ledger import Ledger
from messages.wechat.endpoints import MASS
from tests.core import given_campaigns as given
from tests.core.campaigning.given import finish, ran

from .conftest import NOW
from .given_campaigns import PACE, PATH, form, place

__all__ = ["form", "place"]  # fixtures


def test_the_plan_counts_the_calls_that_are_left_of_today(editor, place, redis, world):
    limits = {MASS: 100}
    counted = Ledger(redis, limits, PACE, lambda: world.now)
    counted.take(MASS, 40)
    assert "当天还剩 60 次" in editor.get(place).text
    counted.used_up(MASS)
    page = editor.get(place).text
    assert "当天还剩 0 次" in page
    assert "11月24日" in page.split("预计完成")[1]


def test_a_page_holds_one_connection_at_a_time(editor, place, database):
    """A thread of the web process has one; a second, asked for meanwhile, never comes."""
    narrow = db.connect(database.url, pool_size=1, max_overflow=0, pool_timeout=1)
    db.bind(narrow)
    assert editor.get(place).status_code == 200
    db.bind(database.engine)
    narrow.dispose()


def test_whoever_approves_can_look_at_the_article_and_the_cover(approver, place):
    page = approver.get(place).text
    held = page.split('src="/console/articles/pictures/')[1].split('"')[0]

    assert approver.get(f"/console/articles/pictures/{held}").data == given.PNG
    assert approver.get(page.split('">看文章')[0].rpartition('href="')[2]).status_code == 200


def test_what_was_sent_can_be_removed_once_it_is_over(editor, place, form):
    number = given.ready(now=NOW)
    ran(number, now=NOW)
    finish(number, now=NOW)
    page = f"{PATH}{number}"
    assert "删除微信里已送到的" not in editor.get(page).text
    editor.send(f"{page}/stop")
    assert "删除微信里已送到的" in editor.get(page).text

    assert editor.send(f"{page}/remove").status_code == 303
    shown = editor.get(page).text
    assert "等微信删除" in shown
    assert "删除微信里已送到的</button>" not in shown
    assert editor.send(f"{page}/remove").status_code == 409


def test_a_campaign_is_approved_on_its_own_page_where_its_plan_is(editor, approver, form, place):
    given.previewed(1, now=NOW)
    assert editor.send(f"{place}/ask", seen=1, why="宣传月").status_code == 303
    page = approver.get("/console/approvals/").text

    assert "看过计划，在那里批准" in page
    assert f'href="{PATH}1"' in page
    assert "/console/approvals/1/approve" not in page
