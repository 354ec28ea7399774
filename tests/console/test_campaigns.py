"""The pages of campaigns: form, preview, plan, two people, progress, export, steering."""

import io

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from config import anchors
from core.calendar import day
from core.campaigning import previewing, running, sending
from core.campaigning.ledger import Campaign, CampaignState
from core.db import Reading, Writing
from core.outbox.settle import Outcome, Verdict
from messages.wording import console_campaigns_zh as said
from tests.core import given_campaigns as given

from .conftest import NOW
from .given_campaigns import PACE, PATH, form, place

__all__ = ["form", "place"]  # fixtures


def read():
    with Reading() as session:
        return session.scalars(sa.select(Campaign)).one()


def shown_to(editor, place):
    """Have the preview shown, as the job would."""
    number = given.one_who_looks()
    assert editor.send(f"{place}/preview", seen=1, tester=number).status_code == 303
    assert 'hx-trigger="every 2s"' in editor.get(place).text
    with Writing() as session:
        shown = previewing.lease(session, now=NOW, pace=PACE)
        previewing.settle(session, shown, None, now=NOW)


def agreed(editor, approver, place):
    shown_to(editor, place)
    assert editor.send(f"{place}/ask", seen=1, why="宣传月").status_code == 303
    asked = approver.get(place).text.split('name="approval" value="')[1].split('"')[0]
    assert approver.send(f"{place}/approve", approval=asked).status_code == 303


def test_a_campaign_goes_from_form_to_end_by_two_people(editor, approver, place):
    page = editor.get(place).text
    assert "将送达 3 人，约需 1 分钟。" in page
    assert "全体群发（一次）" in page
    assert "按上面的计划批准" not in page
    agreed(editor, approver, place)
    assert read().state is CampaignState.APPROVED

    assert approver.send(f"{place}/schedule", at="").status_code == 303
    with Writing() as session:
        running.step(session, 1, now=NOW)
        taken = sending.lease(session, now=NOW, pace=PACE)
        sending.settle(session, taken, Outcome(Verdict.ACCEPTED, msgid="7"), now=NOW, pace=PACE)
    part = editor.get(f"{place}/now").text
    assert "<html" not in part
    assert "已写入 3 人" in part
    assert "微信已接受" in part


def test_the_counts_are_given_as_files(editor, approver, place):
    agreed(editor, approver, place)
    approver.send(f"{place}/schedule", at="")
    with Writing() as session:
        running.step(session, 1, now=NOW)

    table = editor.get(f"{place}/result.csv")
    assert table.data.decode("utf-8-sig").splitlines() == [
        "状态,经过,原因,人数",
        "正在发送,经微信群发,,3",
    ]
    with editor.get(f"{place}/result.xlsx") as answer:
        book = load_workbook(io.BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows == [list(said.COLUMNS), ["正在发送", "经微信群发", None, 3]]


def test_what_an_editor_chose_is_in_the_form_again(editor, form, place):
    change = form | {"setting": ["schools", "families"], "place": "530102", "seen": 1}
    change |= {"quiet_from": "21:00", "quiet_until": "08:00", "start_at": "2027-03-15 09:00"}
    assert editor.send(f"{place}/revise", data=change).status_code == 303

    page = editor.get(place).text
    for text in ("学校、家庭；五华区", "21:00 到 08:00", 'value="2027-03-15 09:00"'):
        assert text in page
    assert page.count(" checked") == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"rate": "many"},
        {"rate": "1"},
        {"cover": "x.png"},
        {"quiet_from": "night"},
        {"start_at": "soon"},
        {"start_at": "0001-01-01"},
        {"setting": "moon"},
        {"language": "fr"},
    ],
)
def test_a_form_that_is_wrong_stays_filled_in(editor, form, place, wrong):
    typed = form | {"title": "别的题目"} | wrong
    first = editor.send(f"{PATH}new", data=typed)
    change = editor.send(f"{place}/revise", data=typed | {"seen": 1})

    assert (first.status_code, change.status_code) == (409, 422)
    for answer in (first, change):
        assert "有一项没有填对" in answer.text
        assert typed["title"] in answer.text


def test_what_was_changed_is_not_approved_and_nobody_approves_alone(editor, approver, form, place):
    shown_to(editor, place)
    editor.send(f"{place}/ask", seen=1, why="宣传月")
    asked = approver.get(place).text.split('name="approval" value="')[1].split('"')[0]
    assert editor.send(f"{place}/approve", approval=asked).status_code == 403
    editor.send(f"{place}/revise", data=form | {"seen": 1, "title": "换了题目"})

    answer = approver.send(f"{place}/approve", approval=asked)
    assert answer.status_code == 409
    assert read().state is CampaignState.DRAFT
    assert approver.send(f"{place}/approve", approval=99).status_code == 404


def test_a_request_is_answered_in_the_list_of_approvals_too(editor, approver, place):
    shown_to(editor, place)
    editor.send(f"{place}/ask", seen=1, why="宣传月")

    page = approver.get("/console/approvals/").text
    assert f'href="{place}"' in page
    assert approver.send("/console/approvals/1/approve").status_code == 303
    assert read().state is CampaignState.APPROVED


def test_a_campaign_is_paused_resumed_and_stopped(editor, approver, place):
    assert approver.send(f"{place}/pause").status_code == 409
    agreed(editor, approver, place)
    approver.send(f"{place}/schedule", at="")
    with Writing() as session:
        running.step(session, 1, now=NOW, chunk=2)
    for step, state in (("pause", "paused"), ("resume", "running"), ("stop", "stopped")):
        assert editor.send(f"{place}/{step}").status_code == 303
        assert read().state == state
    assert said.REASONS["stopped"] in editor.get(place).text
    assert editor.send(f"{place}/schedule", at="soon").status_code == 422


def test_a_cover_is_kept_and_filled_in(editor, place):
    data = {"file": (io.BytesIO(given.PNG), "封面.png"), "csrf": editor.proof()}
    answer = editor.post(f"{PATH}covers", data=data)

    name = answer.location.split("cover=")[1]
    assert f'value="{name}"' in editor.get(answer.location).text
    data = {"file": (io.BytesIO(given.PNG), "封面.png"), "csrf": editor.proof(), "number": 1}
    assert f'value="{name}"' in editor.get(editor.post(f"{PATH}covers", data=data).location).text
    assert editor.send(f"{PATH}covers").status_code == 409


def test_testers_are_named_once(editor, place):
    assert editor.send(f"{PATH}testers", name="王五", openid="oSub1").status_code == 303
    assert "王五" in editor.get(f"{PATH}testers").text
    assert editor.send(f"{PATH}testers", name="王五", openid="oSub1").status_code == 409
    assert editor.send(f"{place}/preview", seen=1).status_code == 409


def test_the_days_to_plan_for_lead_to_a_form(editor):
    page = editor.get(PATH).text

    assert "3·15 国际消费者权益日" in page
    assert "2027-03-15" in page
    assert 'value="2027-03-15 09:00"' in editor.get(f"{PATH}new?start_at=2027-03-15 09:00").text
    assert [one.next(day(NOW)) for one in anchors.load()].count(None) == 0


def test_there_is_no_such_campaign(editor):
    assert editor.get(f"{PATH}99").status_code == 404
    assert editor.send(f"{PATH}99/stop").status_code == 404
    assert editor.get(f"{PATH}99/result.csv").status_code == 404


def test_every_state_and_way_has_words(app):
    from core.campaigning.ledger import MassWay, PreviewState, SendState
    from core.interests import Setting
    from core.outbox.deliveries import DeliveryState, Way

    assert said.STATES.keys() == set(CampaignState)
    assert said.SEND_STATES.keys() == set(SendState)
    assert said.PREVIEW_STATES.keys() == set(PreviewState)
    assert said.SETTINGS.keys() == set(Setting)
    assert said.WAYS.keys() == set(MassWay)
    assert said.ROW_STATES.keys() == set(DeliveryState)
    assert said.WAYS_OF_ROWS.keys() == {*Way, None}
