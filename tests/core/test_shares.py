"""Shares: one question, decided when it is asked, so often and so long as the giver wanted."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from core import accounts, rotation, shares
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.errors import ShareNotFoundError, ShareNotValidError, TooManySharesError
from core.reports import ledger, personal
from core.reports.ledger import Purpose, Report
from core.shares import AskerKind, Giver, Share, ShareAnswer, ShareState, Terms
from tests.core.department_files import RULES, VAULT
from tests.core.given import at_once, record, subject
from tests.core.test_rotation import BOTH, NEW

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def held(on_record):
    return on_record(VAULT, NOW)


@pytest.fixture
def person(held):
    return held.person()


@pytest.fixture
def giver(person):
    with Writing() as session:
        return Giver(accounts.open_one(session, now=NOW), person, of_person=True)


def give(giver, *, now=NOW, **terms):
    """Return the share and its code."""
    with Writing() as session:
        return shares.give(session, VAULT, giver, terms=Terms(**{"days": 7} | terms), now=now)


def ask(code, *, now=NOW, asker=AskerKind.ANYBODY):
    with Writing() as session:
        return shares.answer(session, RULES, code, asker=asker, now=now)


def rows(table):
    with Reading() as session:
        return session.scalars(sa.select(table).order_by(table.id)).all()


def is_refused(code, *, now=NOW):
    with pytest.raises(ShareNotValidError):
        ask(code, now=now)
    return True


def test_a_code_has_80_random_bits_and_is_kept_nowhere(giver):
    share, code = give(giver, note="给房东看")

    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{16}", code)
    with Reading() as session:
        kept = str(session.execute(sa.select(Share.__table__)).all())
    assert code not in kept
    assert "房东" not in kept
    assert VAULT.open(share.note, shares.NOTE) == "给房东看"


def test_it_says_no_while_nothing_stands_and_yes_as_soon_as_something_does(giver, held):
    _, code = give(giver, uses=2)

    told = ask(code)
    assert (told.has_serious_dishonesty, told.as_of) == (False, NOW)
    assert (told.of_person, told.name, told.uscc) == (True, None, None)

    held.record(giver.subject_id)
    assert ask(f" {code[:4].lower()}-{code[4:]}").has_serious_dishonesty is True


def test_of_an_organisation_it_says_which(giver):
    one = subject("昆明示例商贸有限公司")
    record(one.id, ends_on=None)
    _, code = give(Giver(giver.account_id, one.id, of_person=False))

    told = ask(code)

    assert (told.name, told.uscc) == ("昆明示例商贸有限公司", one.uscc)
    assert (told.of_person, told.has_serious_dishonesty) == (False, True)


def test_it_answers_once_unless_more_was_wanted(giver):
    _, once = give(giver)
    _, thrice = give(giver, uses=3)

    ask(once)
    assert is_refused(once)
    for _ in range(3):
        ask(thrice)
    assert is_refused(thrice)


def test_of_two_who_ask_at_once_only_one_is_answered(giver):
    _, code = give(giver)

    def try_it():
        try:
            return ask(code).has_serious_dishonesty
        except ShareNotValidError:
            return "refused"

    assert sorted(map(str, at_once(4, try_it))) == ["False", "refused", "refused", "refused"]
    assert len(rows(ShareAnswer)) == 1
    assert [one.uses for one in rows(Share)] == [1]


def test_unknown_used_expired_and_revoked_codes_are_refused_alike_and_leave_nothing(giver):
    _, used = give(giver)
    ask(used)
    short, expired = give(giver, days=1)
    gone, revoked = give(giver)
    with Writing() as session:
        shares.revoke(session, gone.public_id, giver.account_id, now=NOW)

    ask_at = short.expires_at
    for code in (used, revoked, "0" * 16, "", "示例"):
        assert is_refused(code)
    assert is_refused(expired, now=ask_at)

    assert len(rows(ShareAnswer)) == 1
    assert len([one for one in rows(Entry) if one.purpose == "share_answer"]) == 1


def test_it_ends_to_the_second(giver):
    share, code = give(giver, days=30)

    assert share.expires_at == NOW + 30 * DAY
    assert ask(code, now=share.expires_at - timedelta(seconds=1)).has_serious_dishonesty is False


def test_each_answer_is_in_the_trail_of_the_person_and_in_the_log_of_the_share(giver):
    share, code = give(giver, uses=2)
    ask(code, asker=AskerKind.INSTITUTION)
    ask(code, now=NOW + DAY)

    with Reading() as session:
        log = shares.answers(session, [share])[share.id]
    assert [(one.asker, one.at) for one in log] == [
        (AskerKind.INSTITUTION, NOW),
        (AskerKind.ANYBODY, NOW + DAY),
    ]
    looks = [one for one in rows(Entry) if one.subject_id == giver.subject_id]
    assert [(one.actor, one.role, one.purpose) for one in looks] == [
        (f"share:{share.id}", "share_recipient", "share_answer")
    ] * 2
    assert looks[0].facts == {"fields": ["dishonesty"]}


def test_an_answer_whose_trail_cannot_be_written_is_not_given(giver):
    _, code = give(giver)

    def answer_and_fail():
        with Writing() as session:
            shares.answer(session, RULES, code, asker=AskerKind.ANYBODY, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        answer_and_fail()
    assert ask(code).has_serious_dishonesty is False


def test_only_its_giver_sees_and_revokes_it_as_often_as_wanted(giver):
    share, _ = give(giver)

    def revoke(account_id, now=NOW):
        with Writing() as session:
            shares.revoke(session, share.public_id, account_id, now=now)

    for stranger in (giver.account_id + 1, 0):
        with pytest.raises(ShareNotFoundError):
            revoke(stranger)
    with pytest.raises(ShareNotFoundError), Reading() as session:
        shares.one_of(session, share.public_id, giver.account_id + 1)

    revoke(giver.account_id)
    revoke(giver.account_id, now=NOW + DAY)

    assert rows(Share)[0].revoked_at == NOW


def test_it_says_what_has_become_of_it(giver):
    share, code = give(giver)
    assert shares.state(share, now=NOW) is ShareState.OPEN
    assert shares.state(share, now=share.expires_at) is ShareState.EXPIRED

    ask(code)
    used = rows(Share)[0]
    assert shares.state(used, now=share.expires_at) is ShareState.USED

    used.revoked_at = NOW
    assert shares.state(used, now=NOW) is ShareState.REVOKED


def test_shares_are_listed_newest_first_page_by_page(giver):
    ids = [give(giver)[0].id for _ in range(3)]

    with Reading() as session:
        first = shares.of_account(session, giver.account_id, limit=2)
        rest = shares.of_account(session, giver.account_id, limit=2, before=first[-1].id)
        others = shares.of_account(session, giver.account_id + 1, limit=2)

    assert [one.id for one in (*first, *rest)] == ids[::-1]
    assert list(others) == []


def test_one_account_cannot_give_out_codes_without_end(giver, monkeypatch):
    monkeypatch.setattr(shares, "MOST_OPEN", 2)
    for _ in range(2):
        _, code = give(giver)

    with pytest.raises(TooManySharesError):
        give(giver)
    ask(code)
    give(giver)


def test_a_note_and_the_secret_of_a_report_open_with_the_new_key_alone(giver):
    share, code = give(giver, note="给房东看")
    with Writing() as session:
        asked = {"purpose": Purpose.SELF_CHECK, "account_id": giver.account_id, "now": NOW}
        report = ledger.request_own(session, VAULT, giver.subject_id, **asked)
        secret = personal.secret(session, VAULT, report)

    for part in rotation.PARTS:
        with Writing() as session:
            rotation.step(session, BOTH, part, after=0, now=NOW)

    with Reading() as session:
        note = session.get_one(Share, share.id).note
        held = session.get_one(Report, report.id)
        assert personal.secret(session, NEW, held) == secret
    assert NEW.open(note, shares.NOTE) == "给房东看"
    assert ask(code).has_serious_dishonesty is False
