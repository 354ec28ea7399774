"""Who signs in is who they say: three things at once, few tries, and no code twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from core.audit.trail import Entry
from core.db import Reading, Writing
from core.staff import entry, members, passwords
from core.staff.entry import LONGEST_LOCK, SHORTEST_LOCK, TRIES
from core.staff.errors import PasswordRefusedError
from core.staff.members import Member
from core.staff.roles import Role
from tests.core.given import NOW, at_once
from tests.core.staff.conftest import PASSWORD, STEP, invite, settle

LATER = NOW + timedelta(minutes=5)
WRONG = "昆明湖的海鸥飞走了又回来了"


@pytest.fixture
def li(hire):
    return hire("li.hua", Role.REVIEWER)


def actions():
    with Reading() as session:
        rows = session.execute(select(Entry.action, Entry.object).order_by(Entry.id))
        return [tuple(row) for row in rows]


def fail(somebody, times, *, now):
    """Fail so often; the password was checked once, which is what takes long."""
    checked = entry.Checked(somebody.staff.id, somebody.row().password_hash, False, "")
    for _ in range(times):
        assert settle(checked, "000000", now=now) is None


def test_who_knows_login_password_and_code_is_in(li):
    entered = li.sign_in()

    assert entered.staff == li.staff
    assert entered.staff.roles == {Role.REVIEWER}
    with Reading() as session:
        assert members.still(session, li.staff.id, epoch=entered.epoch) == li.staff
        assert members.still(session, li.staff.id, epoch=entered.epoch - 1) is None
        assert members.still(session, 99, epoch=0) is None
    assert actions()[-1] == ("sign_in", f"staff:{li.staff.id}")


def test_a_login_is_forgiven_its_case_and_width(li):
    assert replace(li, login=" ＬＩ.Hua ").sign_in()


def test_a_password_is_the_same_however_it_was_typed(hire):
    somebody = hire("wang")
    with Writing() as session:
        kept = passwords.new("ｐａｓｓword of wang", login="wang")
        session.get_one(Member, somebody.staff.id).password_hash = kept

    assert somebody.sign_in(password="password of wang")


@pytest.mark.parametrize(
    "wrong",
    [{"password": WRONG}, {"code": "123456"}, {"code": "１２３４５６"}, {"code": "\ud800"}],
    ids=["password", "code", "wide", "odd"],
)
def test_whatever_is_wrong_is_refused_alike_and_counted(li, wrong):
    assert li.sign_in(**wrong) is None

    assert li.row().failures == 1
    assert actions()[-1] == ("fail_sign_in", f"staff:{li.staff.id}")


def test_an_unknown_login_is_refused_with_the_same_steps(li):
    assert replace(li, login="nobody").sign_in() is None

    assert actions()[-1] == ("fail_sign_in", "staff:0")
    with Reading() as session:
        known = entry.find(session, "nobody")
    hasher = passwords.HASHER
    of_somebody, of_nobody = li.row().password_hash, known.held
    assert of_nobody.split("$")[:4] == of_somebody.split("$")[:4]  # the parameters: equal work
    assert not hasher.check_needs_rehash(of_nobody)


def test_no_code_is_good_twice_nor_one_before_it(li):
    now = LATER
    assert li.sign_in(now=now)

    assert li.sign_in(now=now) is None
    assert li.sign_in(code=li.code(now - STEP), now=now) is None
    assert li.sign_in(code=li.code(now + STEP), now=now)


def test_the_code_that_accepted_the_invitation_is_used_up(li):
    assert li.sign_in(code=li.code(NOW), now=NOW) is None


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_wrong(li, steps, good):
    assert (li.sign_in(code=li.code(LATER + steps * STEP), now=LATER) is not None) is good


def test_a_code_may_be_typed_with_a_gap(li):
    code = li.code(LATER)

    assert li.sign_in(code=f" {code[:3]} {code[3:]}", now=LATER)


def test_the_same_code_from_many_at_once_lets_one_in(li):
    with Reading() as session:
        checked = entry.check(entry.find(session, li.login), PASSWORD)
    code = li.code(LATER)

    entered = at_once(8, lambda: settle(checked, code, now=LATER))

    assert sum(one is not None for one in entered) == 1


def test_five_failures_lock_out_even_who_is_right(li):
    fail(li, TRIES, now=LATER)

    assert li.row().locked_until == LATER + SHORTEST_LOCK
    just_before = LATER + SHORTEST_LOCK - timedelta(seconds=1)
    assert li.sign_in(now=just_before) is None
    assert li.row().failures == TRIES
    assert li.sign_in(now=LATER + SHORTEST_LOCK)
    assert (li.row().failures, li.row().locked_until) == (0, None)


def test_each_lock_is_twice_as_long_up_to_a_day(li):
    now, locks = LATER, []
    for _ in range(9):
        fail(li, TRIES, now=now)
        locks.append(li.row().locked_until - now)
        now = li.row().locked_until

    minutes = [lock / timedelta(minutes=1) for lock in locks]
    assert minutes == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    assert locks[-1] == LONGEST_LOCK


def test_many_wrong_guesses_at_once_are_five_and_no_more(li):
    with Reading() as session:
        checked = entry.check(entry.find(session, li.login), WRONG)

    assert set(at_once(12, lambda: settle(checked, "000000", now=LATER))) == {None}

    assert li.row().failures == TRIES
    assert li.row().locked_until == LATER + SHORTEST_LOCK


def test_a_password_kept_with_weaker_parameters_is_kept_anew(li):
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD.encode())
    with Writing() as session:
        session.get_one(Member, li.staff.id).password_hash = weak

    assert li.sign_in(now=LATER)

    assert li.row().password_hash != weak
    assert not passwords.HASHER.check_needs_rehash(li.row().password_hash)
    assert li.sign_in(now=LATER + STEP)
    assert li.sign_in(password=WRONG, now=LATER + 2 * STEP) is None


def change(somebody, *, old=PASSWORD, new=WRONG, now=LATER):
    with Reading() as session:
        known = entry.find_again(session, somebody.staff)
    checked, anew = entry.check(known, old), passwords.new(new, login=somebody.login)
    with Writing() as session:
        return entry.change_password(session, checked, anew, now=now)


def test_who_knows_the_old_password_sets_a_new_one_and_other_sessions_end(li):
    before = li.sign_in()

    after = change(li)

    assert after.epoch == before.epoch + 1
    with Reading() as session:
        assert members.still(session, li.staff.id, epoch=before.epoch) is None
        assert members.still(session, li.staff.id, epoch=after.epoch) == li.staff
    assert actions()[-1] == ("change_password", f"staff:{li.staff.id}")
    assert li.sign_in(now=LATER) is None
    assert li.sign_in(password=WRONG, now=LATER)


def test_guessing_the_old_password_locks_as_well(li):
    for _ in range(TRIES):
        assert change(li, old=WRONG) is None

    assert actions()[-1] == ("fail_sign_in", f"staff:{li.staff.id}")
    assert change(li) is None
    assert li.sign_in(now=LATER) is None


def test_a_password_that_was_changed_meanwhile_lets_nobody_in(li):
    with Reading() as session:
        checked = entry.check(entry.find(session, li.login), PASSWORD)
    change(li)

    assert settle(checked, li.code(LATER), now=LATER) is None


@pytest.mark.parametrize("bad", ["短", "a" * 11, "a" * 201, "administrator", "ADMINISTRATOR" * 2])
def test_a_password_is_long_and_not_the_login(bad):
    with pytest.raises(PasswordRefusedError):
        passwords.new(bad, login="administrator")


def test_who_was_only_invited_cannot_sign_in(database):
    invite("zhao")

    with Reading() as session:
        assert entry.find(session, "zhao").held == passwords.NOBODYS
