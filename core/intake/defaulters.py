"""Defaulters: judgment defaulters (失信被执行人) as the court's public site names them.

One column holds the number of whoever it is. An organisation code or credit code names an entity;
a person is known by a whole citizen's number only: behind a masked one there may be somebody else.
"""

from datetime import date

from core.identifiers import (
    USCC_SHAPE,
    Scheme,
    citizen_id_of,
    classify,
    normalise,
    org_code_check_ok,
    uscc_check_ok,
)
from core.intake.given import Given
from core.intake.reasons import Reason
from core.intake.rows import Content, Known
from core.records import RecordKind

_PERSON, _ENTITY = "自然人", "法人及非法人组织"
_PARTIES = {"0": _PERSON, "1": _ENTITY}
_WORDS = {"自然人": _PERSON, "法人": _ENTITY, "法人或其他组织": _ENTITY, _ENTITY: _ENTITY}
_TITLE = "失信被执行人"


def settle(given: Given) -> None:
    """Say by their own names who the party is, and by which number it is known."""
    text = given.raw("party_type")
    party = _PARTIES.get(text) or _WORDS.get(text)
    if party is None:
        given.blame("party_type", Reason.UNKNOWN_PARTY if text else Reason.MISSING)
        return
    given.put("counterparty_type", party, column="party_type")
    number = normalise(given.raw("card_no"))
    if party == _PERSON:
        _person(given, number)
    else:
        _entity(given, number)


def _person(given: Given, number: str) -> None:
    if citizen_id_of(number):
        given.put("person_id_no", number, column="card_no")
    else:
        given.blame("card_no", Reason.PERSON, hidden=True)


def _entity(given: Given, number: str) -> None:
    if classify(number) is Scheme.CITIZEN_ID:
        given.blame("card_no", Reason.CITIZEN_ID, hidden=True)
    elif USCC_SHAPE.fullmatch(number):
        given.put("uscc", number, column="card_no")
        # Known by the same key whether the court writes the code old or new.
        given.put("key_code", number[8:17], column="card_no")
        if not uscc_check_ok(number):
            given.blame("card_no", Reason.CHECK_DIGIT)
    elif org_code_check_ok(number):
        given.put("org_code", number, column="card_no")
        given.put("key_code", number, column="card_no")
    else:
        given.blame("card_no", Reason.BAD_ORG_CODE if number else Reason.MISSING)


def content(given: Given, known: Known, event_date: date) -> Content:
    """Return what the court says of a party: its duty, how far it is met, why it is listed."""
    del known
    registered = given.day("registered_on")
    return Content(
        kind=RecordKind.JUDGMENT_DEFAULTER,
        title=_TITLE,
        event_date=event_date,
        facts={
            "registered_on": registered.isoformat() if registered else None,
            "basis_no": given.optional("basis_no"),
            "basis_authority": given.optional("basis_authority"),
            "duty": given.text("duty"),
            "performance": given.optional("performance"),
            "performed_part": given.optional("performed_part"),
            "unperformed_part": given.optional("unperformed_part"),
            "disrupt_type": given.text("disrupt_type"),
        },
    )
