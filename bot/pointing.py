"""Pointing: 它、这家公司 in a text that names nobody is the company that was looked at last."""

from dataclasses import replace

from bot import folding
from bot.answer import Heard
from bot.entities import PURPOSED
from bot.understanding import FIND, Meant
from core import identifiers
from core.identifiers import Scheme

# Asked of one company, these are answered by its records, as is what we did not understand.
_BY_RECORDS = frozenset(["", "lists", "rules", "decisions", "promises"])
# A longer text tells of more than the company that was looked at.
_LONGEST = 16


def at_last(heard: Heard, meant: Meant) -> Meant:
    """Put the company looked at last where a text points at one; else return what was meant."""
    if not heard.talk.code or not _points(heard, meant):
        return meant
    if meant.intent in PURPOSED:
        return replace(meant, name=heard.talk.code, instead="")
    is_by_records = meant.intent in _BY_RECORDS or (meant.intent == "explain" and not meant.term)
    return Meant(FIND, name=heard.talk.code) if is_by_records else meant


def _points(heard: Heard, meant: Meant) -> bool:
    """Say whether a text points at a company, in one breath, and names none."""
    folded = heard.desk.understanding.folded(heard.text)
    if heard.text.isascii():
        return not set(heard.desk.pointing).isdisjoint(folding.parts(folded))
    if len(folding.parts(folded)) > 1 or len(folded) > _LONGEST:
        return False
    is_code = identifiers.classify(meant.name) is Scheme.USCC
    is_named = is_code or heard.desk.names.find(meant.name) is not None
    return not is_named and any(word in folded for word in heard.desk.pointing)
