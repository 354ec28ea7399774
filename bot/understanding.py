"""Understanding: from a text to an intent and its slots, by tables built once at the start."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot import folding as forms
from bot.folding import Folding
from bot.naming import Names
from bot.phrases import AGENCY, DISTRICT, NAME, NUMBER, TERM, Table
from core import identifiers
from core.identifiers import Scheme

FIND, HELP = "find", "help"
# Of these the name may be one that ends like none: what is left without the words around it.
_LOOSE = frozenset({FIND, "follow", "unfollow"})
_RUN = re.compile(r"[0-9a-z](?:[-\s]?[0-9a-z]){7,}", re.IGNORECASE | re.ASCII)
_RECEIPT, _REPORT = 16, 22
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Meant:
    """What a text means; `intent` is empty where we cannot tell."""

    intent: str
    name: str = ""
    number: str = ""
    district: str = ""
    term: str = ""


class Understanding:
    """The tables together."""

    def __init__(
        self,
        folding: Folding,
        names: Names,
        table: Table,
        *,
        districts: Mapping[str, str],
        terms: Mapping[str, str],
    ) -> None:
        self._folding = folding
        self._names = names
        self._table = table
        self._districts = districts
        self._terms = terms

    def of(self, text: str) -> Meant:
        """Say what a text means. It holds no citizen's number and no telephone number."""
        left, name, number = _numbers(self._folding.fold(text))
        parts = forms.parts(left)
        if not parts:
            return Meant(HELP if "?" in left else "")
        if not name:
            name, parts = self._name(parts)
        words = self._folding.plain("".join(parts))
        found = self._table.words(words)
        if name and self._names.is_agency(name):
            found.add(AGENCY)
        intent = self._table.intent(found) or _by_number(name, number)
        if not name and (not intent or intent in _LOOSE):
            name = self._loose(words)
            intent = intent or (FIND if name else "")
        return Meant(
            intent,
            name=name,
            number=number,
            district=self._slot(found, DISTRICT, self._districts),
            term=self._slot(found, TERM, self._terms),
        )

    def near(self, text: str, most: int) -> list[str]:
        """Return intents of which a word at least stands in a text, those of longer words first."""
        words = self._folding.plain("".join(forms.parts(self._folding.fold(text))))
        return self._table.near(self._table.words(words), most)

    def _name(self, parts: list[str]) -> tuple[str, list[str]]:
        """Set the longest name apart; in its place stands a sign."""
        named = {
            place: name for place, part in enumerate(parts) if (name := self._names.find(part))
        }
        if not named:
            # People put spaces into names, too.
            whole = "".join(parts)
            name = self._names.find(whole) if len(parts) > 1 else None
            return (name, [whole.replace(name, NAME, 1)]) if name else ("", parts)
        place = max(named, key=lambda one: len(named[one]))
        name = named[place]
        masked = parts[place].replace(name, NAME, 1)
        return name, [*parts[:place], masked, *parts[place + 1 :]]

    def _loose(self, words: str) -> str:
        if NUMBER in words or len(words) > _LONGEST_NAME:
            return ""
        return self._names.rest(words) or ""

    def _slot(self, found: set[str], sign: str, meaning: Mapping[str, str]) -> str:
        word = self._table.named(found, sign)
        return meaning[word] if word else ""


def _numbers(folded: str) -> tuple[str, str, str]:
    """Set a long number apart; the code of an entity counts as its name."""
    found = next((one for one in _RUN.finditer(folded) if any(map(str.isdigit, one[0]))), None)
    if found is None:
        return folded, "", ""
    number = identifiers.normalise(found[0])
    is_code = identifiers.classify(number) is Scheme.USCC
    left = f"{folded[: found.start()]}{NAME if is_code else NUMBER}{folded[found.end() :]}"
    return (left, number, "") if is_code else (left, "", number)


def _by_number(name: str, number: str) -> str:
    if name:
        return FIND
    return {_RECEIPT: "progress", _REPORT: "verify"}.get(len(number), "")
