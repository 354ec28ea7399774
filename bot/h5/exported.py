"""A copy of one's data as a page: the same facts as the file, in plain words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import ModuleType
from typing import Any

from bot.h5 import asking, belonging, shown
from bot.h5 import words as pages
from core.db import Facts
from messages import labels, wording

# A page shows so much of one section, the newest; the file has all.
MOST = 50
_ACCOUNT = "account"
TABLES = {
    "addresses.channel": "ADDRESS_CHANNELS",
    "consents.document": "DOCUMENTS",
    "devices.platform": "PLATFORMS",
    "interests.settings": "CAMPAIGN_SETTINGS",
    "notice_settings.language": "LOCALES",
    "cases.kind": "CASE_KINDS",
    "evidence.state": "EVIDENCE_STATES",
    "authorisations.purpose": "CHECK_PURPOSES",
    "authorisations.scope": "AUTHORISED_SCOPES",
    "messages.kind": "EVENT_KINDS",
    "certificates.state": "CERTIFICATE_STANDINGS",
    "reports.purpose": "REPORT_PURPOSES",
    "reports.state": "REPORT_STATES",
}
_LOOKS = {
    "views.role": "LOOK_ROLES",
    "views.purpose": "LOOK_PURPOSES",
    "views.fields": "LOOK_FIELDS",
}


@dataclass(frozen=True)
class Section:
    """One part of an export: its entries, each a list of names and values; `more` are not shown."""

    title: str
    entries: Sequence[Sequence[tuple[str, str]]]
    more: int


def sections(told: Facts) -> list[Section]:
    """Return what core.export gathered, part by part, in the language of the page."""
    words = _words()
    parts: dict[str, Any] = {_ACCOUNT: {}}
    for name, value in told.items():
        if name in words.EXPORT_SECTIONS:
            parts[name] = value
        else:
            parts[_ACCOUNT][name] = value
    found = [_section(name, value) for name, value in parts.items() if value]
    return [one for one in found if one.entries]


def _section(name: str, held: Any) -> Section:  # noqa: ANN401 - one entry, or several
    entries = held if isinstance(held, list) else [held]
    shown_ones = [_entry(name, entry) for entry in entries[-MOST:]]
    title: str = _words().EXPORT_SECTIONS[name]
    return Section(title, [one for one in shown_ones if one], max(len(entries) - MOST, 0))


def _entry(section: str, entry: Facts) -> list[tuple[str, str]]:
    names: Mapping[str, str] = _words().EXPORT_FIELDS
    said = ((name, _said(f"{section}.{name}", value, entry)) for name, value in entry.items())
    return [(names[name], text) for name, text in said if text]


def _said(path: str, value: Any, entry: Facts) -> str:  # noqa: ANN401 - any value of an export
    if value is None or value == "":
        return ""
    if path in _OWN_WAYS:
        return _OWN_WAYS[path](value, entry)
    if isinstance(value, list | tuple):
        between: str = _words().BETWEEN
        return between.join(_said(path, one, entry) for one in value)
    if path in TABLES:
        return shown.label(TABLES[path], value)
    if path in _LOOKS:
        return labels.look(_LOOKS[path], value, asking.current().language)
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _yes_no(value)
    if isinstance(value, datetime):
        return shown.time(value)
    return shown.day(value) if isinstance(value, date) else str(value)


def _yes_no(value: object) -> str:
    words = wording.CHECKS[asking.current().language]
    return str(words.YES if value else words.NO)


def _state(value: str, entry: Facts) -> str:
    return labels.case_state(entry["kind"], value, asking.current().language)


def _grounds(value: str, _entry: Facts) -> str:
    between: str = _words().BETWEEN
    return between.join(shown.label("GROUNDS", one) for one in value.split(","))


def _entity(value: Sequence[Facts], _entry: Facts) -> str:
    between: str = _words().BETWEEN
    return between.join(_words().ENTITY.format(**one) for one in value)


def _lists(value: Sequence[str], _entry: Facts) -> str:
    known, between = asking.current().parts.rules.lists, _words().BETWEEN
    named: str = between.join(known[code].name if code in known else code for code in value)
    return named


def _places(value: Sequence[str], _entry: Facts) -> str:
    between: str = _words().BETWEEN
    names = belonging.names(asking.current().language)
    return between.join(names.get(key, key) for key in value)


def _choices(value: Sequence[Facts], _entry: Facts) -> str:
    words, texts = _words(), pages.texts(asking.current().language)
    told: str = words.CHOICES_BETWEEN.join(
        words.CHOICE.format(
            kind=shown.label("NOTICE_KINDS", one["kind"]),
            outlet=texts[f"outlet_{one['outlet']}"],
            wanted=_yes_no(one["wanted"]),
        )
        for one in value
    )
    return told


def _words() -> ModuleType:
    return wording.EXPORT[asking.current().language]


_OWN_WAYS: dict[str, Callable[[Any, Facts], str]] = {
    "cases.state": _state,
    "cases.grounds": _grounds,
    "follows.entities": _entity,
    "follows.lists": _lists,
    "interests.places": _places,
    "notice_settings.choices": _choices,
}
