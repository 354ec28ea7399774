"""The chain of the audit trail at the console: how far it is sealed, and what proving it finds."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from config import heads, verifying
from core.audit import proving, trail
from core.audit.proof import Reached
from core.audit.trail import Act, Entry
from core.db import Reading, Writing
from tests.console.conftest import NOW
from tests.console.test_audit import auditor, written

__all__ = ["auditor", "written"]  # fixtures


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
