"""People who are signed in: real rows through core."""

from itertools import count

import pytest

from core import accounts, realname, sessions
from core.db import Writing
from core.realname import Verified
from core.sessions import Lives
from core.sign_ins import Device, Platform


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


class SignedIn(dict):
    """The header that shows who asks, for any request; and what stands behind it."""

    def __init__(self, account_id, tokens):
        super().__init__(bearer(tokens.access))
        self.account_id, self.sign_in_id = account_id, tokens.sign_in_id
        self.refresh = tokens.refresh


@pytest.fixture
def sign_in(database, world):
    """Sign somebody in on a device: a new account unless `account_id` names one.

    A `person` (the id of a natural person) or an `organisation` (a code) makes the account a
    verified one; `fresh` is after a step-up.
    """
    numbers = count(1)

    def sign_in(account_id=None, *, person=None, organisation=None, fresh=False, device="phone"):
        with Writing() as session:
            account_id = account_id or accounts.open_one(session, now=world.now)
            if person or organisation:
                who = Verified(
                    "https://identity.example", f"person-{next(numbers)}", person, organisation
                )
                realname.bind(session, account_id, who, now=world.now)
            held = Device(device, Platform.ANDROID, "HUAWEI Mate 70")
            tokens = sessions.begin(session, account_id, held, lives=Lives(), now=world.now)
            if fresh:
                sessions.freshen(session, tokens.sign_in_id, now=world.now)
        return SignedIn(account_id, tokens)

    return sign_in


@pytest.fixture
def citizen(sign_in):
    """Somebody signed in whose real name nobody has verified."""
    return sign_in()
