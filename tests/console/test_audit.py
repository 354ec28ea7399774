"""The pages of the audit trail: found by what one knows, the search in it, the chain proven."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from config import heads, verifying
from core.audit import proving, trail
from core.audit.proof import Reached
from core.audit.trail import Access, Act, Entry
from core.db import Reading, Writing
from core.staff.auditing import PAGE
from core.staff.roles import Role
from tests.console.conftest import NOW

PLACE = "/console/audit/"


@pytest.fixture
def auditor(enter):
    return enter(Role.AUDITOR)


@pytest.fixture
def written(database):
    """A person's data read by one of the staff; a batch published by another a day later."""
    read = Access("staff:77", "case_handler", "case", "《个人信息保护法》第十三条", ("name",), 5)
    with Writing() as session:
        trail.note(session, read, now=NOW - timedelta(days=2))
        act = Act("staff:78", "staff", "publish", "batch:7", {"records": 3})
        trail.note(session, act, now=NOW - timedelta(days=1))


def rows(answer):
    """Return actor and action of each row that a page shows."""
    body = answer.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [tuple(re.findall(r"<code>([^<]*)</code>", row)[:2]) for row in body.split("<tr>")[1:]]


def searches():
    with Reading() as session:
        found = select(Entry).where(Entry.action == "search_audit").order_by(Entry.id)
        return [(row.actor, row.facts) for row in session.scalars(found)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [("staff:78", "publish"), ("staff:77", "read")]),
        ({"kind": "access"}, [("staff:77", "read")]),
        ({"actor": "staff:78"}, [("staff:78", "publish")]),
        ({"action": "read"}, [("staff:77", "read")]),
        ({"object": "batch:7"}, [("staff:78", "publish")]),
        ({"subject": "5"}, [("staff:77", "read")]),
        ({"until": "2026-11-21"}, [("staff:77", "read")]),
        ({"since": "2026-11-22", "until": "2026-11-22"}, [("staff:78", "publish")]),
        ({"actor": "staff:79"}, []),
    ],
)
def test_a_row_is_found_by_what_one_knows_of_it(auditor, written, wanted, found):
    assert rows(auditor.get(PLACE, query_string=wanted)) == found


def test_what_was_read_why_and_on_which_basis_is_shown(auditor, written):
    page = auditor.get(PLACE, query_string={"subject": "5"}).text

    assert "查看个人信息" in page
    assert "fields=name" in page
    assert "《个人信息保护法》第十三条" in page
    assert "待封存" in page


def test_the_search_itself_is_in_the_trail(auditor, written):
    auditor.get(PLACE, query_string={"actor": "staff:78", "since": "2026-11-22", "subject": "5"})

    wanted = {"actor": "staff:78", "subject": 5, "since": 20261122}
    assert searches() == [(auditor.staff.actor, wanted)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": "李华"},
        {"actor": "530102199001011234"},
        {"action": "publish; drop table"},
        {"object": "batch:７"},
        {"subject": "five"},
        {"subject": "99999999999999999999"},
        {"since": "2026-13-01"},
        {"until": "yesterday"},
    ],
)
def test_what_can_be_nothing_of_ours_is_said_to_be_wrong_and_not_looked_for(auditor, wrong):
    answer = auditor.get(PLACE, query_string=wrong)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert searches() == []


def test_pages_follow_each_other_without_a_gap_while_rows_are_added(auditor):
    with Writing() as session:
        for number in range(PAGE + 3):
            act = Act("cli", "staff", "publish", f"batch:{number}")
            trail.note(session, act, now=NOW - timedelta(hours=1))

    first = auditor.get(PLACE, query_string={"action": "publish"})
    after = re.search(r'href="([^"]+)" rel="next"', first.text)[1].replace("&amp;", "&")
    second = auditor.get(after)

    numbers = [int(n) for page in (first, second) for n in re.findall(r">batch:(\d+)<", page.text)]
    assert numbers == list(range(PAGE + 2, -1, -1))
    assert 'rel="next"' not in second.text


def test_a_name_stands_for_the_number_of_a_member(auditor):
    auditor.get(PLACE)

    assert auditor.staff.name in auditor.get(PLACE).text.partition("<tbody>")[2]


def prove(settings, now=NOW):
    verifying.verify(settings, clock=lambda: now)


def seal(settings):
    heads.seal(settings.audit_dir, settings.audit_key.get_secret_value().encode(), clock=clock)


def clock():
    return NOW


@pytest.fixture
def settings(settings, tmp_path):
    return settings.model_copy(update={"var_dir": tmp_path})


def test_the_chain_shows_how_far_it_is_sealed_and_how_long_the_rest_waits(
    auditor, written, settings
):
    page = auditor.get("/console/audit/chain").text
    assert "第 0 行，共 0 次" in page
    assert "2 天" in page

    seal(settings)

    page = auditor.get("/console/audit/chain").text
    assert "第 2 行，共 1 次" in page
    assert "0 行" in page


def test_a_proof_is_made_when_somebody_asks_and_shows_that_all_is_well(auditor, written, settings):
    seal(settings)
    assert "还没有核对过" in auditor.get("/console/audit/chain").text

    auditor.send("/console/audit/chain/prove")
    assert "正在核对" in auditor.get("/console/audit/chain").text
    prove(settings)

    page = auditor.get("/console/audit/chain").text
    assert "没有发现问题" in page
    assert "2 行，1 次封存" in page
    assert "现在核对" in page


def test_a_row_that_was_changed_is_counted(auditor, written, settings, database):
    seal(settings)
    with database.engine.begin() as connection:
        connection.execute(text("update trail set actor = 'staff:1' where actor = 'staff:77'"))

    prove(settings)

    page = auditor.get("/console/audit/chain").text
    assert "发现 1 处问题" in page
    assert "被改过的行" in page
    assert "最近一次核对发现 1 处问题" in auditor.get("/console/").text


def test_a_file_of_heads_that_is_gone_is_counted(auditor, written, settings):
    seal(settings)
    heads.path_in(settings.audit_dir).unlink()

    prove(settings)

    assert "没有发现问题" not in auditor.get("/console/audit/chain").text


def is_due(now):
    with Reading() as session:
        return proving.is_due(session, now=now)


def test_a_proof_is_due_every_day_and_once_for_each_who_asks(auditor, settings, world):
    assert is_due(NOW)
    prove(settings)
    assert not is_due(NOW + timedelta(hours=23))
    assert is_due(NOW + timedelta(days=1))

    auditor.send("/console/audit/chain/prove")
    assert is_due(NOW)
    prove(settings)
    assert not is_due(NOW)


def test_a_proof_that_runs_is_not_begun_again_unless_it_was_cut_off(database):
    with Writing() as session:
        proving.begin(session, now=NOW)

    assert not is_due(NOW + timedelta(minutes=59))
    assert is_due(NOW + timedelta(hours=1))


def test_who_asks_while_a_proof_runs_gets_the_next(database, settings):
    with Writing() as session:
        proving.begin(session, now=NOW)
        proving.ask(session, "staff:1", now=NOW)
        proving.keep(session, proof_of_nothing(), strange=0, now=NOW)

    assert is_due(NOW)


def proof_of_nothing():
    return proving.Report()


def interrupted(settings, *, steps):
    """Prove so many seals, one in each step, and die."""

    def clock():
        nonlocal steps
        steps -= 1
        if steps < 0:
            raise KeyboardInterrupt
        return NOW

    with pytest.raises(KeyboardInterrupt):
        verifying.verify(settings, clock=clock, most=1)


def proofs(action):
    with Reading() as session:
        rows = select(Entry).where(Entry.action == action).order_by(Entry.id)
        return session.scalars(rows).all()


def test_a_proof_that_was_cut_off_goes_on_where_it_was(written, settings, database):
    for number in range(4):
        with Writing() as session:
            trail.note(session, Act("cli", "staff", "publish", f"batch:{number}"), now=NOW)
        seal(settings)
    interrupted(settings, steps=3)  # begun, and two steps written down
    assert [one.facts["place"] for one in proofs("prove_step")] == [1, 2]
    assert not is_due(NOW + timedelta(minutes=59))
    assert is_due(NOW + timedelta(hours=1))

    with database.engine.begin() as connection:  # in the third seal, and one already proved
        connection.execute(text("update trail set actor = 'staff:1' where object = 'batch:2'"))
        connection.execute(text("update trail set actor = 'staff:1' where object = 'batch:0'"))
    verifying.verify(settings, clock=lambda: NOW + timedelta(hours=1), most=1)

    (found,) = proofs("prove_chain")
    assert (found.facts["seals"], found.facts["rows"]) == (4, 6)
    assert (found.facts["changed"], found.facts["faults"]) == (1, 1)
    assert len(proofs("begin_proof")) == 1
    # The next proof begins from the first seal.
    prove(settings, now=NOW + timedelta(days=2))
    assert proofs("prove_chain")[-1].facts["changed"] == 2


def test_a_proof_of_days_ago_is_begun_anew(written, settings):
    seal(settings)
    with Writing() as session:
        proving.begin(session, now=NOW)
        proving.reached(session, Reached(9, 9, 99, 9), now=NOW)

    prove(settings, now=NOW + timedelta(days=1))

    assert proofs("prove_chain")[-1].facts["seals"] == 1
