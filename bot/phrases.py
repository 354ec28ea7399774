"""Phrases: what a citizen means, by a table of rules over the words that stand in a text.

A rule is a line such as `怎么|如何 + 修复 ! 征信`: one word of each part, and none after the `!`.
`^` and `$` are the beginning and the end; 〈名〉 is a name or a code of an entity, 〈号〉 another
long number, 〈旅〉 a travel agency, 〈区〉 a district, 〈词〉 a term that we explain. The first
rule that holds is taken.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

NAME, NUMBER = "#", "@"
DISTRICT, TERM, AGENCY = "〈区〉", "〈词〉", "〈旅〉"
_SIGNS = {"〈名〉": NAME, "〈号〉": NUMBER}


class TableError(Exception):
    """The table of phrases is not whole; the text names the line."""


@dataclass(frozen=True)
class Rule:
    """One line of the table."""

    intent: str
    parts: tuple[frozenset[str], ...]
    without: frozenset[str]

    def holds(self, found: Collection[str]) -> bool:
        """Say whether each part has a word in what was found, and nothing unwanted is there."""
        return self.without.isdisjoint(found) and not any(
            part.isdisjoint(found) for part in self.parts
        )


def read(intent: str, line: str) -> Rule:
    """Read a line of the table. Raises TableError."""
    wanted, _, unwanted = line.partition("!")
    parts = [_words(part) for part in wanted.split("+")]
    if not all(parts) or ("!" in line and not _words(unwanted)):
        raise TableError(f"{intent}: {line}")
    return Rule(intent, tuple(parts), _words(unwanted))


class Table:
    """All rules in their order, and an index from each word to what it is counted as."""

    def __init__(
        self, rules: Sequence[Rule], *, districts: Iterable[str], terms: Iterable[str]
    ) -> None:
        self._by_first: dict[str, list[int]] = {}
        for place, rule in enumerate(rules):
            for word in rule.parts[0]:
                self._by_first.setdefault(word, []).append(place)
        self._rules = rules
        self._signs = dict.fromkeys(terms, TERM) | dict.fromkeys(districts, DISTRICT)
        words = {word for rule in rules for word in rule.without.union(*rule.parts)}
        self._words = words | self._signs.keys()
        self._lengths = _lengths(self._words)

    def words(self, text: str) -> set[str]:
        """Return every word of the table that stands in a text, however they overlap."""
        framed = f"^{text}$"
        found = {
            word
            for start, letter in enumerate(framed)
            for length in self._lengths.get(letter, ())
            if (word := framed[start : start + length]) in self._words
        }
        if text in self._signs:  # nothing but a term, or a district
            found.add(f"^{self._signs[text]}$")
        return found

    def intent(self, found: set[str]) -> str | None:
        """Return what the first rule that holds means."""
        found = found | {self._signs[word] for word in found & self._signs.keys()}
        places = sorted({place for word in found for place in self._by_first.get(word, ())})
        return next((self._rules[at].intent for at in places if self._rules[at].holds(found)), None)

    def near(self, found: Iterable[str], most: int) -> list[str]:
        """Return the intents of rules that begin with a word that was found."""
        longest = sorted(found, key=len, reverse=True)
        places = (place for word in longest for place in self._by_first.get(word, ()))
        return list(dict.fromkeys(self._rules[place].intent for place in places))[:most]

    def named(self, found: Iterable[str], sign: str) -> str | None:
        """Return the longest district or term among what was found."""
        held = [word for word in found if self._signs.get(word) == sign]
        return max(held, key=len, default=None)


def _words(part: str) -> frozenset[str]:
    held = (word.strip() for word in part.split("|"))
    return frozenset(_signed(word) for word in held if word)


def _signed(word: str) -> str:
    for shown, sign in _SIGNS.items():
        word = word.replace(shown, sign)
    return word


def _lengths(words: Iterable[str]) -> Mapping[str, Sequence[int]]:
    held: dict[str, set[int]] = {}
    for word in words:
        held.setdefault(word[0], set()).add(len(word))
    return {letter: sorted(lengths) for letter, lengths in held.items()}
