"""Whose data are one's own: the person that an account was verified to be, or its organisation."""

from enum import StrEnum

from core import dossier
from core.db import Reading
from core.errors import NotEntitledError
from mobile_api import auth
from mobile_api.auth import Caller

REFUSALS = ("unauthorised", "step_up_required", "real_name_required")
OF_ORGANISATION = ("unauthorised", "not_entitled", "entity_not_found")
BEARER: list[dict[str, list[str]]] = [{"bearer": []}]


class About(StrEnum):
    """About whom: the person, or the organisation that the person was verified to represent."""

    PERSON = "person"
    ORGANISATION = "organisation"


def organisation(caller: Caller) -> int:
    """Return the entity that the caller represents. Raises NotEntitledError, EntityNotFoundError.

    The last if nothing is on record about it.
    """
    if caller.organisation is None:
        raise NotEntitledError
    with Reading() as session:
        return dossier.entity(session, caller.organisation)


def subject(caller: Caller, about: About) -> int:
    """Return whom something is about; the person's own data ask for a step-up."""
    if about is About.ORGANISATION:
        return organisation(caller)
    return auth.person(auth.fresh(caller))
