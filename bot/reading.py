"""Reading: a text in plain words, with the name or the long number in it set apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot import folding as forms
from bot.folding import Folding
from bot.naming import Names
from bot.phrases import NAME, NUMBER
from core import identifiers
from core.identifiers import Scheme

_RUN = re.compile(r"[0-9a-z](?:[-\s]?[0-9a-z]){7,}", re.IGNORECASE | re.ASCII)
# Of a number in groups one may have four letters and no digit.
_GROUP, _WORD, _SHORTEST = (
    re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*"),
    re.compile(r"(\b[a-z]{5,}\b)"),
    8,
)
_LONGEST_NAME, _SEVERAL = 60, 2
_AGENCY, _DISTRICT = "◇", "◎"


@dataclass(frozen=True)
class Read:
    """What is left of a text: words with a sign for the name and for the number.

    In `spaced` they stand as they were typed, with a space for whatever was no word, and with a
    sign for a district and for a travel agency, too: which one it is says nothing of what is meant.
    `others` are further names in full; no word of theirs is left.
    """

    words: str
    spaced: str
    name: str = ""
    number: str = ""
    others: Sequence[str] = ()

    @property
    def is_bare(self) -> bool:
        """Say whether nothing but a name, a number or a district was said."""
        return self.words in {NAME, NUMBER} or self.spaced == _DISTRICT


class Reader:
    """Reads texts by how people write, and by what names look like."""

    def __init__(self, folding: Folding, names: Names, districts: Iterable[str]) -> None:
        self._folding = folding
        self._names = names
        self._district = re.compile("|".join(sorted(districts, key=len, reverse=True)))

    def read(self, text: str) -> Read | None:
        """Read a text; None where there is no word in it."""
        left, name, number = _numbers(self._folding.fold(text))
        parts = forms.parts(left)
        if not parts:
            return None
        others: list[str] = []
        if not name:
            others, parts = self._others(parts)
            name, parts = self._name(parts)
        plain = self._folding.plain
        spaced = self._spaced(plain(" ".join(parts)), name)
        return Read(plain("".join(parts)), spaced, name, number, others)

    def folded(self, text: str) -> str:
        """Return a text in narrow, simplified characters and lower case."""
        return self._folding.fold(text)

    def asks(self, text: str) -> bool:
        """Say whether a text without a word is a question mark at least."""
        return "?" in self._folding.fold(text)

    def is_agency(self, name: str) -> bool:
        """Say whether a name is that of a travel agency."""
        return self._names.is_agency(name)

    def loose(self, words: str, asked: str = "") -> str:
        """Return what may be a name that ends like none: what is left without what is said.

        With `asked` it is what stands before the words that ask for this.
        """
        if NAME in words or NUMBER in words or len(words) > _LONGEST_NAME:
            return ""
        return self._names.rest(words, asked) or ""

    def _spaced(self, words: str, name: str) -> str:
        if name and self._names.is_agency(name):
            words = words.replace(NAME, _AGENCY)
        return self._district.sub(_DISTRICT, words)

    def _others(self, parts: list[str]) -> tuple[list[str], list[str]]:
        """Take out all names in full but the first."""
        if sum(map(self._names.forms, parts)) < _SEVERAL:  # looking for names is dear
            return [], parts
        found: list[str] = []
        left = []
        for part in parts:
            kept, rest = "", part
            while (name := self._names.find(rest)) and self._names.is_whole(name):
                before, _, rest = rest.partition(name)
                kept += before + (name if not found else "")
                found.append(name)
            left.append(kept + rest)
        others = [one for one in dict.fromkeys(found) if one != found[0]]
        return others, [part for part in left if part]

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


def _numbers(folded: str) -> tuple[str, str, str]:
    """Set a long number apart; the code of an entity counts as its name."""
    found = next((one for run in _RUN.finditer(folded) for one in _within(run)), None)
    if found is None:
        return folded, "", ""
    start, end = found
    number = identifiers.normalise(folded[start:end])
    is_code = identifiers.classify(number) is Scheme.USCC
    left = f"{folded[:start]}{NAME if is_code else NUMBER}{folded[end:]}"
    return (left, number, "") if is_code else (left, "", number)


def _within(run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Go through the numbers of a run, from where to where: English words are none of them."""
    at = run.start()
    for part in _WORD.split(run[0]):
        digits = [group for group in _GROUP.finditer(part) if any(map(str.isdigit, group[0]))]
        if digits:
            start, end = digits[0].start(), digits[-1].end()
            # The last group of a code may be letters alone.
            if identifiers.classify(identifiers.normalise(part[start:])) is Scheme.USCC:
                end = len(part)
            if end - start >= _SHORTEST:
                yield at + start, at + end
        at += len(part)
