"""The entrance: how somebody gets an account and signs a device in, and proves again who they are.

Signing in and signing up are one, so that nobody learns whether a number has an account.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core import accounts, codes, consents, phones, realname, sessions
from core.account_errors import NoPhoneError, StepUpByIdentityError
from core.accounts import Channel
from core.codes import Purpose, Wanted
from core.consents import Document
from core.lives import Lives
from core.sessions import Tokens
from core.sign_ins import Device
from core.vault import Vault


@dataclass(frozen=True)
class Arrival:
    """Who arrives: on which device, agreeing to which versions, and for how long."""

    device: Device
    agreed: Mapping[Document, str]
    lives: Lives


@dataclass(frozen=True)
class Proof:
    """A code of six digits, and the number that it was sent to."""

    number: str
    code: str


def by_phone(
    session: Session, vault: Vault, proof: Proof, *, arrival: Arrival, now: datetime
) -> Tokens | None:
    """Sign in with a code; None if it is not good. A wrong try counts: commit in either case."""
    wanted = Wanted(proof.number, Purpose.SIGN_IN)
    if not codes.redeem(session, vault, wanted, code=proof.code, now=now):
        return None
    account_id = phones.known(session, vault, proof.number, now=now)
    return _welcome(session, account_id, arrival, now=now)


def by_wechat(session: Session, openid: str, arrival: Arrival, *, now: datetime) -> Tokens:
    """Sign in as somebody whom WeChat's open platform has just named to us."""
    account_id = accounts.at(session, Channel.WECHAT_APP, openid, now=now)
    return _welcome(session, account_id, arrival, now=now)


def send_step_up(
    session: Session, vault: Vault, account_id: int, *, language: str, now: datetime
) -> None:
    """Send a code to the number of an account that nobody was verified to be.

    Raises NoPhoneError, StepUpByIdentityError, TooManyCodesError.
    """
    wanted = _own(session, vault, account_id)
    codes.ask(session, vault, wanted, language=language, now=now)


def step_up(
    session: Session, vault: Vault, account_id: int, *, sign_in_id: int, code: str, now: datetime
) -> bool:
    """Let a device count as fresh, if the code is good; commit in either case.

    Raises NoPhoneError, StepUpByIdentityError.
    """
    wanted = _own(session, vault, account_id)
    is_good = codes.redeem(session, vault, wanted, code=code, now=now)
    if is_good:
        sessions.freshen(session, sign_in_id, now=now)
    return is_good


def step_up_by_wechat(
    session: Session, account_id: int, openid: str, *, sign_in_id: int, now: datetime
) -> bool:
    """Let a device count as fresh if WeChat has just named whose account it is.

    Raises StepUpByIdentityError.
    """
    if realname.of_account(session, account_id) is not None:
        raise StepUpByIdentityError
    is_mine = accounts.known_at(session, Channel.WECHAT_APP, openid) == account_id
    if is_mine:
        sessions.freshen(session, sign_in_id, now=now)
    return is_mine


def _own(session: Session, vault: Vault, account_id: int) -> Wanted:
    # A number is given to somebody else, or its card is copied: it signs in, but it must not open
    # what is on record about the person whom the account was verified to be.
    if realname.of_account(session, account_id) is not None:
        raise StepUpByIdentityError
    number = phones.of_account(session, vault, account_id)
    if number is None:
        raise NoPhoneError
    return Wanted(number, Purpose.STEP_UP)


def _welcome(session: Session, account_id: int, arrival: Arrival, *, now: datetime) -> Tokens:
    consents.give(session, account_id, arrival.agreed, now=now)
    return sessions.begin(session, account_id, arrival.device, lives=arrival.lives, now=now)
