"""People who are signed in: real rows through core."""

from datetime import date, timedelta
from itertools import count

import pytest

from core import accounts, codes, realname, sessions
from core.db import Writing
from core.lives import Lives
from core.realname import Verified
from core.sign_ins import Device, Platform
from messages.policies import CURRENT

NUMBER = "13800138000"
AGREED = {document.value: version for document, version in CURRENT.items()}
PHONE = {"installation": "5b0a2c9e-phone", "platform": "harmony", "name": "HUAWEI Mate 70"}


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
    verified one, who represents it `until` the end of a day; `fresh` is after a step-up.
    """
    numbers = count(1)

    def sign_in(
        account_id=None,
        *,
        person=None,
        organisation=None,
        until=date.max,
        fresh=False,
        device="phone",
    ):
        with Writing() as session:
            account_id = account_id or accounts.open_one(session, now=world.now)
            if person or organisation:
                who = Verified(
                    "https://identity.example",
                    f"person-{next(numbers)}",
                    person,
                    organisation,
                    organisation and until,
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


@pytest.fixture
def texted(database, world):
    """Take the codes that wait, as the worker does; return the newest to a number."""

    def texted(number=NUMBER):
        with Writing() as session:
            lease = timedelta(seconds=20)
            waiting = codes.lease(session, world.vault, limit=100, now=world.now, lease=lease)
            for text in waiting:
                codes.sent(session, text.id)
        return next((text.code for text in reversed(waiting) if text.number == number), None)

    return texted


@pytest.fixture
def arrive(client, texted):
    """Sign in by telephone through the door; return the answer."""

    def arrive(number=NUMBER, **changed):
        asked = client.post("/api/v1/auth/sms-codes", json={"phone": number})
        assert asked.status_code == 202, asked.text
        form = {"phone": number, "code": texted(number), "device": PHONE, "agreed": AGREED}
        return client.post("/api/v1/auth/phone", json=form | changed)

    return arrive


@pytest.fixture
def peek(client):
    """Return what a signed-in page answers: 200, or 401."""
    return lambda token: client.get("/api/v1/sign-ins", headers=bearer(token)).status_code
