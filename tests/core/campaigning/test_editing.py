"""Editing a campaign: what is refused, who may what, and that two agree on what both have seen."""

from datetime import timedelta

import pytest

from core.articles import writing
from core.campaigning import editing, progress, steering
from core.campaigning.errors import (
    CampaignChangedError,
    CampaignNotFoundError,
    CampaignRefusedError,
    CampaignStateError,
    NoArticleError,
    NoTestersError,
    UnfitTesterError,
)
from core.campaigning.ledger import CampaignState, PreviewState
from core.db import Reading, Writing
from core.staff import approvals
from core.staff.errors import AlreadyAskedError, NotPermittedError, SamePersonError
from core.staff.roles import Role
from tests.core.department_files import VAULT
from tests.core.given import NOW, account
from tests.core.given_campaigns import draft, named, one_who_looks, previewed, read, written
from tests.core.given_staff import hired

HOUR = timedelta(hours=1)
STATE = CampaignState


def done(do, *arguments, **named):
    with Writing() as session:
        return do(session, *arguments, **named)


@pytest.fixture
def editor(database):
    return hired(Role.CAMPAIGN_EDITOR)


@pytest.fixture
def approver(database):
    return hired(Role.CAMPAIGN_APPROVER)


def test_a_campaign_is_previewed_asked_for_and_approved_by_another(editor, approver):
    number = written(editor)
    with pytest.raises(CampaignStateError):
        done(editing.ask, editor, (number, 1), why="宣传月", vault=VAULT, now=NOW)
    previewed(number)
    assert read(number).state is STATE.PREVIEWED

    asked = done(editing.ask, editor, (number, 1), why="宣传月", vault=VAULT, now=NOW)
    with pytest.raises(AlreadyAskedError):
        done(editing.ask, editor, (number, 1), why="宣传月", vault=VAULT, now=NOW)
    with pytest.raises(NotPermittedError):
        done(editing.approve, editor, asked, now=NOW)
    done(editing.approve, approver, asked, now=NOW)
    assert (read(number).state, read(number).approved_by) == (STATE.APPROVED, approver.id)

    done(steering.schedule, approver, number, at=NOW + HOUR, now=NOW)
    assert (read(number).state, read(number).start_at) == (STATE.SCHEDULED, NOW + HOUR)


def test_with_a_time_of_its_own_it_is_scheduled_once_it_is_approved(editor, approver):
    number = written(editor, start_at=NOW + HOUR)
    previewed(number)
    asked = done(editing.ask, editor, (number, 1), why="宣传月", vault=VAULT, now=NOW)
    done(editing.approve, approver, asked, now=NOW)

    assert read(number).state is STATE.SCHEDULED


def test_nobody_approves_what_they_wrote_or_what_was_changed_since(editor):
    both = hired(Role.CAMPAIGN_EDITOR, Role.CAMPAIGN_APPROVER)
    own = written(both)
    previewed(own)
    asked = done(editing.ask, editor, (own, 1), why="宣传月", vault=VAULT, now=NOW)
    with pytest.raises(SamePersonError):
        done(editing.approve, both, asked, now=NOW)

    done(editing.revise, editor, (own, 1), draft=draft(title="别的"), now=NOW)
    assert read(own).state is STATE.DRAFT
    third = hired(Role.CAMPAIGN_APPROVER)
    with pytest.raises(CampaignChangedError):
        done(editing.approve, third, asked, now=NOW)
    with Reading() as session:
        assert approvals.of(session, asked).id == asked  # nothing came of the tries


def test_a_change_takes_back_what_was_approved(editor, approver):
    number = written(editor)
    previewed(number)
    asked = done(editing.ask, editor, (number, 1), why="宣传月", vault=VAULT, now=NOW)
    done(editing.approve, approver, asked, now=NOW)
    done(editing.revise, editor, (number, 1), draft=draft(rate=1000), now=NOW)

    held = read(number)
    assert (held.state, held.approved_by, held.revision) == (STATE.DRAFT, None, 2)
    with pytest.raises(CampaignChangedError):
        done(editing.revise, editor, (number, 1), draft=draft(), now=NOW)
    with pytest.raises(CampaignStateError):
        done(steering.schedule, editor, number, at=NOW, now=NOW)


def test_what_is_wrong_is_refused(editor):
    hour = draft().article_id
    for change in (
        {"title": " "},
        {"title": "长" * 65},
        {"rate": 599},
        {"rate": 600_001},
        {"quiet_from": (NOW + HOUR).time()},
    ):
        with pytest.raises(CampaignRefusedError):
            written(editor, article_id=hour, **change)
    with pytest.raises(NoArticleError):
        written(editor, article_id=999)
    done(writing.withdraw, None, hour, now=NOW)
    with pytest.raises(NoArticleError):
        written(editor, article_id=hour)
    held = vars(draft())
    for cover in ("", "../x.png", "a" * 64 + ".png"):
        with pytest.raises(CampaignRefusedError):
            done(editing.write, editor, editing.Draft(**held | {"cover": cover}), now=NOW)


def test_an_approver_edits_nothing_and_others_touch_nothing(editor, approver):
    number = written(editor)
    auditor = hired(Role.AUDITOR)
    for do in (
        lambda: done(editing.write, approver, draft(), now=NOW),
        lambda: done(editing.revise, approver, (number, 1), draft=draft(), now=NOW),
        lambda: done(editing.preview, approver, (number, 1), testers=[one_who_looks()], now=NOW),
        lambda: done(steering.stop, auditor, number, now=NOW),
        lambda: done(editing.add_tester, approver, "甲", openid="o", now=NOW),
    ):
        with pytest.raises(NotPermittedError):
            do()
    done(steering.stop, approver, number, now=NOW)
    assert read(number).state is STATE.STOPPED
    with pytest.raises(CampaignNotFoundError):
        done(steering.stop, approver, 99, now=NOW)


def test_a_preview_needs_a_tester_whom_wechat_knows(editor):
    number = written(editor)
    with pytest.raises(NoTestersError):
        done(editing.preview, editor, (number, 1), testers=[99], now=NOW)
    with pytest.raises(UnfitTesterError):
        done(editing.add_tester, editor, "王五", openid="oNobody", now=NOW)
    account("oT")
    one = named("oT")
    with pytest.raises(UnfitTesterError):
        named("oT")

    for _ in range(2):
        done(editing.preview, editor, (number, 1), testers=[one], now=NOW)
    with Reading() as session:
        sheet = progress.sheet(session, number)
        assert [named.name for named in progress.testers(session)] == ["王五"]
    assert [(held.state, named.id) for held, named in sheet.previews] == [
        (PreviewState.WAITING, one)
    ]


def test_campaigns_are_listed_the_youngest_first(editor):
    first, second = written(editor), written(editor)
    with Reading() as session:
        assert [one.id for one in progress.listing(session)] == [second, first]
        assert [one.id for one in progress.listing(session, before=second)] == [first]
        with pytest.raises(CampaignNotFoundError):
            progress.sheet(session, 99)
