"""The door: whose records are not taken in at all. Nothing of such a row is stored or repeated."""

import unicodedata
from datetime import date
from functools import lru_cache

from core import persons
from core.calendar import age
from core.identifiers import citizen_id_of, holds_citizen_id, normalise
from core.intake import cells
from core.intake.given import Given
from core.intake.layouts import LayoutName
from core.intake.reasons import Reason
from core.rules import Rulebook

_PERSON = "自然人"
_MINOR = "未成年"
_FIRST_GENERATION = 15


def refuses(given: Given, rules: Rulebook, *, today: date) -> bool:
    """Blame a row that must not come in: of a minor, the police; with a number where none belongs.

    A person without a valid number is nobody whom we could tell from others of the name.

    A licence of the police is let in: what the law seals are their cases.
    """
    if _is_minor(given, rules, today):
        given.blame(_type(given), Reason.MINOR, rules.minors_citation, hidden=True)
    elif _is_person(given) and person_of(given) is None:
        given.blame(_type(given), Reason.PERSON, rules.persons_citation, hidden=True)
    elif given.layout.name is not LayoutName.LICENCE and (sealed := _sealed(given, rules)):
        given.blame(sealed, Reason.SEALED, rules.sealed_citation)
    elif field := given.citizen_code() or _with_citizen_id(given):
        given.blame(field, Reason.CITIZEN_ID, rules.persons_citation, hidden=True)
    return bool(given.faults)


def person_of(given: Given) -> persons.Given | None:
    """Return the natural person whom a row names as such, with a valid number."""
    if _PERSON not in _folded(given.raw("counterparty_type")):
        return None
    number, name = citizen_id_of(given.raw("person_id_no")), given.raw("counterparty_name")
    return persons.Given(number, name) if number and name else None


def _type(given: Given) -> str:
    known = "counterparty_type" in given.layout.columns
    return "counterparty_type" if known else "counterparty_name"


def _is_person(given: Given) -> bool:
    if _PERSON in _folded(given.raw("counterparty_type")):
        return True
    without_code = not given.raw("uscc")
    return without_code and bool(given.raw("person_id_no") or given.raw("person_id_type"))


def _is_minor(given: Given, rules: Rulebook, today: date) -> bool:
    if _MINOR in _folded(given.raw("counterparty_type")):
        return True
    born = _birthday(given.raw("person_id_no"))
    return (
        born is not None
        and _is_person(given)
        and age(born, _then(given, today)) < rules.minors_under_age
    )


def _then(given: Given, today: date) -> date:
    try:
        return min(cells.day(given.raw("decision_date")), today)
    except ValueError:
        return today


def _birthday(paper: str) -> date | None:
    if not paper:
        return None
    number = normalise(paper)
    digits = f"19{number[6:12]}" if len(number) == _FIRST_GENERATION else number[6:14]
    try:
        return cells.day(digits)
    except ValueError:
        return None


def _sealed(given: Given, rules: Rulebook) -> str | None:
    for field in ("authority", "source_department"):
        if (name := given.raw(field)) and _is_sealed(name, rules.sealed_authorities):
            return field
    return None


@lru_cache(4096)  # an authority comes again in every row
def _is_sealed(name: str, sealed: tuple[str, ...]) -> bool:
    folded = _folded(name)
    return any(one in folded for one in sealed)


def _with_citizen_id(given: Given) -> str | None:
    stored = given.layout.words
    # One look at the whole row first: the separator keeps two cells from making one number.
    if holds_citizen_id(given.whole(stored)):
        return next((field for field in stored if holds_citizen_id(given.raw(field))), stored[0])
    return next((field for field in _OLD_NUMBERS if _is_citizen(given.raw(field))), None)


# A citizen's number among a company's old numbers says that the row is mixed up.
_OLD_NUMBERS = (
    "registration_no",
    "org_code",
    "tax_no",
    "institution_cert_no",
    "social_org_no",
)


def _is_citizen(number: str) -> bool:
    # Fifteen digits are also how a company's old registration number looks.
    return bool(number) and (
        len(normalise(number)) != _FIRST_GENERATION and holds_citizen_id(number)
    )


@lru_cache(4096)  # of departments and types, which come again in every row
def _folded(text: str) -> str:
    kept = unicodedata.normalize("NFKC", text)
    return "".join(char for char in kept if not char.isspace() and cells.is_visible(char))
