"""Cases of one's own: looked at, changed, and moved by staff at their own door."""

import pytest

from core import cases, progress
from core.cases import CaseState
from core.db import Writing
from core.progress import Step

from .conftest import NOW, RULES, VAULT


@pytest.fixture
def as_staff(database):
    """Let a case take steps, as staff would at their own door."""

    def move(code, *states, reasons=(), text=None):
        note = text and VAULT.seal(text, cases.NOTE)
        for state in states:
            with Writing() as session:
                case = cases.by_code(session, code)
                step = Step(CaseState(state), "staff:3", reasons, note)
                progress.move(session, case.id, step, rules=RULES, now=NOW)

    return move


@pytest.fixture
def post(client, representative):
    """Do something about a case, having just looked at it unless told what was seen."""

    def post(code, what, form=None, *, seen=None, headers=None):
        address = f"/api/v1/me/cases/{code}"
        headers = representative if headers is None else headers
        seen = seen or client.get(address, headers=headers).headers.get("ETag", "*")
        sent = {} if form is None else {"json": form}
        return client.post(f"{address}/{what}", headers=headers | {"If-Match": seen}, **sent)

    return post


@pytest.fixture
def get(client, representative):
    def get(tail="", headers=None):
        headers = representative if headers is None else headers
        return client.get(f"/api/v1/me/cases{tail}", headers=headers)

    return get


@pytest.fixture
def code(object_to, record):
    return object_to(record.id).json["receipt_code"]
