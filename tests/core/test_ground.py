"""The ground: instants, legal days, codes, paces, and the two kinds of sessions."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError, StatementError

from core import calendar, db, departments, privacy
from core.accounts import Account, Address, Channel
from core.calendar import KUNMING, add_months, day
from core.db import Reading, Writing
from core.departments import Department
from core.pace import Pace
from tests.core.given import NOW, at_once


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 30), 13, date(2027, 2, 28)),
        (date(2026, 5, 20), 0, date(2026, 5, 20)),
        (date(2026, 3, 31), 36, date(2029, 3, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(start, months, expected):
    assert add_months(start, months) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_later_is_never_in_the_month_after(start, months):
    later = add_months(start, months)

    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day <= start.day


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(16, 30, date(2026, 5, 21)), (15, 30, date(2026, 5, 20)), (15, 59, date(2026, 5, 20))],
)
def test_a_legal_day_is_kunmings(hour, minute, expected):
    now = datetime(2026, 5, 20, hour, minute, tzinfo=UTC)

    assert day(now) == expected
    assert calendar.in_kunming(now).utcoffset() == timedelta(hours=8)
    assert day(calendar.in_kunming(now)) == expected


def test_an_instant_comes_back_aware_and_the_same(database):
    given = datetime(2026, 5, 20, 23, 30, 1, 250, tzinfo=KUNMING)
    with Writing() as session:
        session.add(Account(created_at=given))

    with Reading() as session:
        held = session.scalars(sa.select(Account.created_at)).one()
        found = sa.select(Account.id).where(Account.created_at == given.astimezone(UTC))
        assert session.scalar(found)
    assert held.utcoffset() is not None
    assert held == given


def test_instants_of_other_zones_compare_as_instants(database):
    with Writing() as session:
        session.add(Account(created_at=NOW))

    west = NOW.astimezone(timezone(timedelta(hours=-5)))
    with Reading() as session:
        earlier = Account.created_at < west + timedelta(seconds=1)
        assert session.scalar(sa.select(Account.id).where(earlier))
        assert session.scalar(sa.select(Account.id).where(Account.created_at < west)) is None


def test_an_instant_without_a_zone_is_refused(database):
    naive = NOW.replace(tzinfo=None)

    with pytest.raises(StatementError, match="an instant needs a time zone"), Writing() as session:
        session.execute(sa.insert(Account).values(created_at=naive))


def test_what_fails_half_way_is_undone(database):
    def half():
        with Writing() as session:
            session.add(Account(created_at=NOW))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()

    with Reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Account)) == 0


def test_a_foreign_key_holds_on_both_engines(database):
    row = {"channel": Channel.WECHAT, "value": "oA", "active": True, "changed_at": NOW}

    with pytest.raises(IntegrityError), Writing() as session:
        session.execute(sa.insert(Address).values(account_id=99, **row))


def test_writers_at_once_lose_nothing(database):
    with Writing() as session:
        session.add(Department(name="甲", uscc="0"))

    def add():
        with Writing() as session:
            one = session.scalars(sa.select(Department).with_for_update()).one()
            one.uscc = str(int(one.uscc) + 1)

    at_once(6, add)

    with Reading() as session:
        assert session.scalars(sa.select(Department.uscc)).one() == "6"


def test_adding_passes_over_what_is_there(database):
    rows = [{"name": "甲", "uscc": None}, {"name": "乙", "uscc": None}]
    with Writing() as session:
        db.add_new(session, Department, rows[:1])
        db.add_new(session, Department, rows)
        db.add_new(session, Department, [])

    with Reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Department)) == 2


def test_a_department_is_known_by_its_name_or_its_code(database):
    def known(name, uscc):
        with Writing() as session:
            return departments.known(session, name, uscc)

    one = known("市人社局", "11530100000000001A")

    assert known("市人社局", None) == one
    assert known("市人力资源和社会保障局", "11530100000000001A") == one
    assert known("市税务局", "") != one
    assert known("市住建局", "") != known("市税务局", "")
    for number in range(8):
        assert len(set(at_once(4, lambda name=f"新局{number}": known(name, None)))) == 1


def test_a_receipt_code_has_eighty_bits_and_no_letter_to_mishear():
    codes = {privacy.receipt_code() for _ in range(300)}

    assert len(codes) == 300
    assert {len(code) for code in codes} == {16}
    assert len(set("".join(codes))) == 32
    assert not set("ILOU") & set("".join(codes))


@pytest.mark.parametrize(
    "typed",
    [
        "0123-ABCD-1011-0000",
        "o123 abcd lOil oOoo",
        "０１２３ａｂｃｄ１０１１００００",
        "0123.ABCD/1011_0000 ",
    ],
)
def test_a_receipt_code_is_read_however_it_was_typed(typed):
    assert privacy.read_code(typed) == "0123ABCD10110000"


def test_a_code_that_was_shown_is_read_back():
    code = privacy.receipt_code()

    assert privacy.read_code(privacy.show_code(code)) == code
    assert privacy.show_code("0123456789ABCDEF") == "0123-4567-89AB-CDEF"


def test_a_proof_holds_for_its_facts_and_its_key_only():
    proof = privacy.proof(b"key", "notice", 1, 23)

    assert len(proof) == 24
    assert privacy.is_proof(b"key", proof, "notice", 1, 23)
    for key, facts in ((b"key", (12, 3)), (b"key", (1, 24)), (b"other", (1, 23))):
        assert not privacy.is_proof(key, proof, "notice", *facts)
    for claimed in ("", "é", proof[:-1], proof.upper() + "0"):
        assert not privacy.is_proof(b"key", claimed, "notice", 1, 23)


def test_a_drill_is_sixty_times_as_fast_in_everything():
    names = [name for name, held in vars(Pace).items() if isinstance(held, property)]

    for name in names:
        slow, fast = getattr(Pace(), name), getattr(Pace(60), name)
        if isinstance(slow, tuple):
            assert fast == tuple(wait / 60 for wait in slow)
        else:
            assert fast == slow / 60
    assert {"lease", "send_lease", "wechat_memory", "receipt_wait", "quota_wait"} <= set(names)
