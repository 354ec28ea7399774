"""Entry (登录): login, password and second factor at once; which of them was wrong is never said.

Three steps, because a password takes a while to check and no session may be open meanwhile:

    with Reading() as session:
        known = entry.find(session, login)
    checked = entry.check(known, password)
    with Writing() as session:
        entered = entry.sign_in(session, vault, checked, code=code, now=now)

None means refused. A failure counts: commit in either case. An unknown login takes the same steps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Update, or_, select, update
from sqlalchemy.orm import Session

from core.audit import trail
from core.staff import factors, members, passwords
from core.staff.logins import read_login
from core.staff.members import Member, MemberState, Staff
from core.staff.passwords import Hash
from core.vault import Vault

TRIES = 5
SHORTEST_LOCK, LONGEST_LOCK = timedelta(minutes=15), timedelta(days=1)
_NOBODY = 0


@dataclass(frozen=True)
class Known:
    """Whose password is to be checked; of an unknown login, nobody's."""

    id: int
    held: Hash


@dataclass(frozen=True)
class Checked:
    """What became of a password: `anew` is what to keep of it from now on."""

    id: int
    held: Hash
    is_right: bool
    anew: Hash


@dataclass(frozen=True)
class Entered:
    """Who has signed in; their session is good in this epoch (`members.still`)."""

    staff: Staff
    epoch: int


def find(session: Session, login: str) -> Known:
    """Return whose password to check for a login."""
    return _known(session, Member.login == read_login(login))


def find_again(session: Session, staff: Staff) -> Known:
    """Return whose password to check for somebody who is signed in."""
    return _known(session, Member.id == staff.id)


def check(known: Known, password: str) -> Checked:
    """Check a password. Takes a while, in every case the same: let no session be open."""
    is_right = passwords.is_right(known.held, password) and known.id != _NOBODY
    anew = passwords.renewed(known.held, password) if is_right else known.held
    return Checked(known.id, known.held, is_right, anew)


def sign_in(
    session: Session, vault: Vault, checked: Checked, *, code: str, now: datetime
) -> Entered | None:
    """Let somebody in, or count the failure; commit in either case."""
    sealed = session.scalar(select(Member.totp_sealed).where(*_open(checked, now)))
    step = factors.step(vault.open(sealed, members.TOTP), code, now=now) if sealed else None
    if not checked.is_right or step is None:
        _refused(session, checked, by="nobody", now=now)
        return None
    # No code is good twice, and none that is older than one that was used.
    unused = or_(Member.totp_step.is_(None), Member.totp_step < step)
    let_in = update(Member).where(*_open(checked, now), unused).values(totp_step=step)
    member = _settled(session, let_in.values(password_hash=checked.anew))
    if member is None:
        _refused(session, checked, by="nobody", now=now)
        return None
    return _entered(session, member, "sign_in", now=now)


def change_password(
    session: Session, checked: Checked, anew: Hash, *, now: datetime
) -> Entered | None:
    """Change one's own password (see `passwords.new`), once the one in force was checked.

    Every session so far is over; go on in the epoch that is returned. None means that the password
    was wrong: it counts as a failure, commit in either case.
    """
    if not checked.is_right:
        _refused(session, checked, by=f"staff:{checked.id}", now=now)
        return None
    changed = update(Member).where(*_open(checked, now))
    changed = changed.values(password_hash=anew, epoch=Member.epoch + 1, changed_at=now)
    member = _settled(session, changed)
    if member is None:
        _refused(session, checked, by=f"staff:{checked.id}", now=now)
        return None
    return _entered(session, member, "change_password", now=now)


def _known(session: Session, who: ColumnElement[bool]) -> Known:
    active = select(Member.id, Member.password_hash).where(who, Member.state == MemberState.ACTIVE)
    row = session.execute(active).one_or_none()
    return Known(row.id, Hash(row.password_hash)) if row else Known(_NOBODY, passwords.NOBODYS)


def _open(checked: Checked, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Mean the member whose password was checked, if it is still theirs and not locked."""
    return (
        Member.id == checked.id,
        Member.state == MemberState.ACTIVE,
        Member.password_hash == checked.held,
        or_(Member.locked_until.is_(None), Member.locked_until <= now),
    )


def _settled(session: Session, change: Update) -> Member | None:
    done = change.values(failures=0, locked_until=None).returning(Member)
    return session.scalar(done)


def _entered(session: Session, member: Member, action: str, *, now: datetime) -> Entered:
    staff = members.at_work(member)
    trail.note(session, trail.Act(staff.actor, "staff", action, staff.actor), now=now)
    return Entered(staff, member.epoch)


def _refused(session: Session, checked: Checked, *, by: str, now: datetime) -> None:
    """Count a failure in one statement; every fifth locks, each time twice as long, up to a day."""
    failed = update(Member).where(*_open(checked, now)).values(failures=Member.failures + 1)
    failures = session.scalar(failed.returning(Member.failures))
    if failures and failures % TRIES == 0:
        lock = SHORTEST_LOCK * 2 ** min(failures // TRIES - 1, 10)
        until = now + min(lock, LONGEST_LOCK)
        session.execute(update(Member).where(Member.id == checked.id).values(locked_until=until))
    act = trail.Act(by, "staff", "fail_sign_in", f"staff:{checked.id}")
    trail.note(session, act, now=now)
