"""Challenges (核验): somebody was sent to the identity provider to prove who they are.

What we sent along comes back once, to the sign-in that began, within `LIFE`. A new challenge of a
sign-in takes the place of the one before.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, delete, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import persons, realname, representation, sessions
from core.audit import trail
from core.audit.trail import Act
from core.calendar import age, day
from core.db import Base, BigId, insert
from core.errors import (
    ChallengeNotFoundError,
    IdentityUnusableError,
    MinorError,
    NotVerifiedError,
)
from core.identifiers import Scheme, citizen_id_of, classify, normalise
from core.realname import Verification, Verified
from core.rules import Rulebook
from core.sign_ins import SignIn
from core.vault import Vault

LIFE = timedelta(minutes=10)
SECRETS = "challenge.secrets"
_LONGEST_NAME = 100


class Purpose(StrEnum):
    """What it is for: to be known by one's real name, or to open what needs a fresh proof."""

    VERIFY = "verify"
    STEP_UP = "step_up"


class Challenge(Base):
    """The one challenge of a sign-in. `used_at` says that its answer is being looked at."""

    __tablename__ = "challenges"

    sign_in_id: Mapped[BigId] = mapped_column(
        ForeignKey(SignIn.id), primary_key=True, autoincrement=False
    )
    purpose: Mapped[Purpose]
    state_hash: Mapped[str] = mapped_column(unique=True)
    secrets_sealed: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Sent:
    """What goes to the provider, or (the verifier) is kept until the code is exchanged (PKCE)."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Taken:
    """A challenge whose answer has come."""

    sign_in_id: int
    purpose: Purpose
    nonce: str
    verifier: str
    begun_at: datetime


@dataclass(frozen=True)
class Proven:
    """What a provider said: its own name for somebody, and who that is by the city's register.

    `organisation_until` is the last day on which they represent it, if the provider says so.
    """

    issuer: str
    subject: str
    name: str
    number: str
    organisation: str | None
    organisation_until: date | None = None


def begin(
    session: Session, vault: Vault, sign_in_id: int, *, purpose: Purpose, now: datetime
) -> Sent:
    """Begin a challenge. Raises NotVerifiedError: to step up one must be known by real name."""
    account_id = session.get_one(SignIn, sign_in_id).account_id
    if purpose is Purpose.STEP_UP and realname.of_account(session, account_id) is None:
        raise NotVerifiedError
    sent = Sent(*(secrets.token_urlsafe(32) for _ in range(3)))
    row = {
        "sign_in_id": sign_in_id,
        "purpose": purpose,
        "state_hash": _hash(sent.state),
        "secrets_sealed": vault.seal(json.dumps([sent.nonce, sent.verifier]), SECRETS),
        "begun_at": now,
        "used_at": None,
    }
    new = insert(session, Challenge).values(row)
    session.execute(new.on_conflict_do_update(index_elements=["sign_in_id"], set_=row))
    return sent


def take(session: Session, vault: Vault, state: str, *, sign_in_id: int, now: datetime) -> Taken:
    """Take the challenge to which an answer has come, once. Raises ChallengeNotFoundError.

    Unknown, used, too late and another's look alike.
    """
    mine = Challenge.state_hash == _hash(state), Challenge.sign_in_id == sign_in_id
    waits = *mine, Challenge.used_at.is_(None), Challenge.begun_at > now - LIFE
    used = update(Challenge).where(*waits).values(used_at=now).returning(Challenge)
    held = session.scalar(used)
    if held is None:
        raise ChallengeNotFoundError
    nonce, verifier = json.loads(vault.open(held.secrets_sealed, SECRETS))
    return Taken(sign_in_id, held.purpose, nonce, verifier, held.begun_at)


def give_back(session: Session, taken: Taken) -> None:
    """Let the same answer come again: it could not be looked at now."""
    same = Challenge.sign_in_id == taken.sign_in_id, Challenge.begun_at == taken.begun_at
    session.execute(update(Challenge).where(*same).values(used_at=None))


def settle(
    session: Session, vault: Vault, taken: Taken, *, proven: Proven, rules: Rulebook, now: datetime
) -> Verification:
    """Note who somebody was proven to be; the sign-in is fresh from now on.

    A verification says anew for whom somebody acts. So does a step-up that names an organisation;
    one that names none leaves what there was, until its end. Raises IdentityUnusableError,
    MinorError, and what realname.bind raises: a step-up of somebody else is AnotherPersonError.
    """
    given = _person(proven)
    if age(_birthday(given.number), day(now)) < rules.minors_under_age:
        raise MinorError
    account_id = session.get_one(SignIn, taken.sign_in_id).account_id
    subject_id = persons.known(session, vault, [given], now=now)[given.number]
    acts_for = _organisation(proven, rules, today=day(now))
    if taken.purpose is Purpose.STEP_UP and proven.organisation is None:
        held = realname.of_account(session, account_id)
        acts_for = (held.organisation, held.organisation_until) if held else (None, None)
    who = Verified(proven.issuer, proven.subject, subject_id, *acts_for)
    bound = realname.bind(session, account_id, who, now=now)
    sessions.freshen(session, taken.sign_in_id, now=now)
    session.execute(delete(Challenge).where(Challenge.sign_in_id == taken.sign_in_id))
    account = f"account:{account_id}"
    trail.note(session, Act(account, "citizen", taken.purpose.value, account), now=now)
    return bound


def sweep(session: Session, *, now: datetime) -> None:
    """Drop challenges that nobody answered in time."""
    session.execute(delete(Challenge).where(Challenge.begun_at <= now - LIFE))


def _person(proven: Proven) -> persons.Given:
    number, name = citizen_id_of(proven.number), proven.name.strip()
    if number is None or not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME:
        raise IdentityUnusableError
    return persons.Given(number, name)


def _birthday(number: str) -> date:
    return date.fromisoformat(number[6:14])


def _organisation(
    proven: Proven, rules: Rulebook, *, today: date
) -> tuple[str | None, date | None]:
    if not proven.organisation:
        return None, None
    code = normalise(proven.organisation)
    if classify(code) is not Scheme.USCC:
        raise IdentityUnusableError
    return code, representation.last_day(rules, proven.organisation_until, today=today)


def _hash(state: str) -> str:
    # Nobody guesses 256 random bits: a plain hash is as good as a slow one.
    return hashlib.sha256(state.encode(errors="replace")).hexdigest()
