"""Renumbering (更换手机号码): an account gets another number, whose holder has shown to have it.

Only who has just proved anew who they are may do it, by the code that was sent to the new number.
The old number is told by a text, the account by a message: neither names the new number.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from core import account_news, codes, phones
from core.account_news import AccountChange
from core.audit import trail
from core.audit.trail import Act
from core.codes import Purpose, Wanted
from core.entrance import Proof
from core.vault import Vault


def send(session: Session, vault: Vault, number: str, *, language: str, now: datetime) -> None:
    """Send a code to a new number, whoever has it. Raises TooManyCodesError."""
    codes.ask(session, vault, Wanted(number, Purpose.NEW_PHONE), language=language, now=now)


def change(
    session: Session, vault: Vault, account_id: int, *, proof: Proof, language: str, now: datetime
) -> bool:
    """Give an account another number, if the code is good; commit in either case.

    Raises PhoneTakenError if another account has it: whose, nobody is told.
    """
    wanted = Wanted(proof.number, Purpose.NEW_PHONE)
    if not codes.redeem(session, vault, wanted, code=proof.code, now=now):
        return False
    old = phones.of_account(session, vault, account_id)
    if old == proof.number:
        return True
    phones.change(session, vault, account_id, number=proof.number, now=now)
    if old is not None:
        codes.tell(session, vault, Wanted(old, Purpose.OLD_PHONE), language=language, now=now)
    account_news.tell(session, account_id, AccountChange.PHONE, now=now)
    named = f"account:{account_id}"
    trail.note(session, Act(named, "self", "change_phone", named), now=now)
    return True
