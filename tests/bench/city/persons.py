"""Natural persons: a subject without code and name, and what is sealed about it."""

from functools import cache

from config import keyring
from core import persons
from tests.bench.city import numbers
from tests.bench.city.entities import drawn, person

SUBJECT_COLUMNS = "id kind uscc_check_ok name name_key district state first_seen_at".split()
COLUMNS = "subject_id number_hash other_hash number_sealed name_sealed birth_year".split()


@cache
def vault():
    """Return the vault of the made-up city: its keys are no secret."""
    return keyring.vault("the seal of a made-up city", "its hashes")


def subject_rows(size, chosen):
    """Make the subjects of these persons; their ids follow those of all entities."""
    about = ("natural_person", True, "", "", "", "unknown", "2026-02-01 08:00:00.000000")
    for number in chosen:
        yield (size.entities + number + 1, *about)


def rows(size, chosen):
    """Seal the numbers and names of these persons."""
    safe = vault()
    for number, draw in drawn("persons", chosen):
        own = numbers.citizen(number)
        (hashed,) = safe.hashes(own)
        yield (
            size.entities + number + 1,
            hashed,
            None,
            safe.seal(own, persons.NUMBER),
            safe.seal(person(draw), persons.NAME),
            int(own[6:10]),
        )
