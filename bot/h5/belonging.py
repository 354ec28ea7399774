"""Where I belong (宣传对象): the settings of 六进 and the places that somebody says are theirs."""

from collections.abc import Iterable

from flask import request

from bot.h5 import asking
from core import interests
from core.db import Reading
from core.interests import Interests, Setting
from core.rules.places import Place
from messages import labels

Choice = tuple[str, str, bool]


def offered(account_id: int) -> dict[str, list[Choice]]:
    """Return each setting and each place with its name, and whether an account has chosen it."""
    with Reading() as session:
        held = interests.of_account(session, account_id)
    language = asking.current().language
    settings = labels.table("CAMPAIGN_SETTINGS", language)
    places = names(language)
    known = [(_key(one), places.get(_key(one), one.name)) for one in _known()]
    return {
        "settings": [(one.value, settings[one.value], one in held.settings) for one in Setting],
        "places": [(key, name, key in held.places) for key, name in known],
    }


def wanted() -> Interests:
    """Return what the form in hand says; whatever we do not know is not said."""
    settings, places = (request.form.getlist(name) for name in ("setting", "place"))
    return Interests(
        tuple(one for one in Setting if one.value in settings),
        tuple(key for one in _known() if (key := _key(one)) in places),
    )


def names(language: str) -> dict[str, str]:
    """Return the names of places by the keys under which somebody says that they are theirs."""
    # A zone has no code: we know it by its Chinese name.
    zones = labels.table("ZONES", "zh"), labels.table("ZONES", language)
    by_name = {name: zones[1][code] for code, name in zones[0].items()}
    return labels.table("DISTRICTS", language) | by_name


def _known() -> Iterable[Place]:
    return asking.current().parts.rules.places


def _key(place: Place) -> str:
    return place.code or place.name
