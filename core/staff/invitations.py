"""Invitations (邀请): by which a member gets in for the first time, or again after a reset.

The secret of the second factor is made with the invitation, and shown to whoever holds it until
it is accepted; so a code that was typed right proves that the telephone knows the secret.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy
from core.audit import trail
from core.db import Base, BigId, PrimaryKey, insert
from core.staff import factors, members
from core.staff.errors import FactorRefusedError, InvitationNotFoundError
from core.staff.members import Member, MemberState
from core.staff.passwords import Hash
from core.vault import Vault

LASTS = timedelta(days=3)


class Invitation(Base):
    """One invitation, as a hash; a member has one at most, and it is gone once it is accepted."""

    __tablename__ = "staff_invitations"

    id: Mapped[PrimaryKey]
    member_id: Mapped[BigId] = mapped_column(ForeignKey(Member.id), unique=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]


@dataclass(frozen=True)
class Welcome:
    """What whoever holds an invitation is shown: who they are, and the secret to keep."""

    login: str
    name: str
    secret: str

    @property
    def address(self) -> str:
        """Return what an authenticator reads from the picture."""
        return factors.address(self.secret, self.login)


def make(session: Session, vault: Vault, member: Member, *, now: datetime) -> str:
    """Return a new code for a member; an earlier one, password and secret are void."""
    member.state, member.password_hash, member.totp_step = MemberState.INVITED, None, None
    member.totp_sealed = vault.seal(factors.secret(), members.TOTP)
    member.failures, member.locked_until = 0, None
    member.epoch, member.changed_at = member.epoch + 1, now
    session.flush()
    code = privacy.receipt_code()
    row = {"member_id": member.id, "code_hash": _hash(code), "expires_at": now + LASTS}
    new = insert(session, Invitation).values(row)
    session.execute(new.on_conflict_do_update(index_elements=["member_id"], set_=row))
    return code


def withdraw(session: Session, member_id: int) -> None:
    """Make the invitation of a member void."""
    session.execute(delete(Invitation).where(Invitation.member_id == member_id))


def look(session: Session, vault: Vault, code: str, *, now: datetime) -> Welcome:
    """Return whom an invitation is for. Raises InvitationNotFoundError."""
    _, member = _held(session, code, now)
    return Welcome(member.login, member.name, _secret(vault, member))


def accept(
    session: Session, vault: Vault, code: str, *, password: Hash, factor: str, now: datetime
) -> None:
    """Let a member in from now on, by this password (see `passwords.new`) and the second factor.

    Raises InvitationNotFoundError, FactorRefusedError.
    """
    invitation, member = _held(session, code, now, lock=True)
    step = factors.step(_secret(vault, member), factor, now=now)
    if step is None:
        raise FactorRefusedError
    session.delete(invitation)
    member.password_hash, member.totp_step = password, step
    member.state, member.changed_at = MemberState.ACTIVE, now
    session.flush()
    actor = members.at_work(member).actor
    trail.note(session, trail.Act(actor, "staff", "accept_invitation", actor), now=now)


def _held(
    session: Session, code: str, now: datetime, *, lock: bool = False
) -> tuple[Invitation, Member]:
    named = Invitation.code_hash == _hash(privacy.read_code(code)), Invitation.expires_at > now
    invited = select(Member).join(Invitation, Invitation.member_id == Member.id).where(*named)
    # The member first, as whoever resets or disables does; of two that wait one finds it gone.
    member = session.scalar(invited.with_for_update(of=Member) if lock else invited)
    invitation = session.scalar(select(Invitation).where(*named)) if member else None
    if member is None or invitation is None:
        raise InvitationNotFoundError
    return invitation, member


def _secret(vault: Vault, member: Member) -> str:
    return vault.open(member.totp_sealed or "", members.TOTP)


def _hash(code: str) -> str:
    # Nobody guesses 80 random bits: a plain hash is as good as a slow one.
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()
