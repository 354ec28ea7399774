"""Naming: whose name stands in what a citizen typed. A name is set apart before phrases are read.

So a company called 某某人工智能有限公司 asks for no human, and 某某征信有限公司 for no bank.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_LIMITED = re.compile("(?:有限责任|股份有限|有限)公司(?:[\u4e00-\u9fff]{2,8}?分公司)?")
_FORM = re.compile(f"{_LIMITED.pattern}|(?:集团|公司)+$")
# 示例商行3号, 示例药店第二分店: what numbers one of several belongs to its name.
_NUMBERED = re.compile("第?[0-9a-z一二三四五六七八九十]{1,6}(?:号|分店|分公司|店|厂|部)+")
_HAN = re.compile("[\u3400-\u9fff]")
_LEAST, _LEAST_OWN = 2, 3


@dataclass(frozen=True)
class Lexicon:
    """The words by which names are told from talk.

    `kinds` end a name, `weak` do if nothing else does; `places` begin one; `talk` stands in no
    name; `heads` and `tails` are what people say around one; `generic` is nobody's name;
    `agencies` stand in the names of travel agencies; `asked` begin what is asked of one, by
    intent; `branches` are no name without whose they are.
    """

    kinds: Sequence[str]
    weak: Sequence[str]
    places: Sequence[str]
    talk: Sequence[str]
    heads: Sequence[str]
    tails: Sequence[str]
    generic: frozenset[str]
    agencies: Sequence[str]
    branches: frozenset[str]
    asked: Mapping[str, Sequence[str]]


class Names:
    """Finds names by a lexicon; its expressions are built once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._ends = [_LIMITED, _any(lexicon.kinds), _any(lexicon.weak)]
        self._place = _any(lexicon.places)
        self._talk = _any(lexicon.talk)
        self._head = re.compile(f"(?:{_any(lexicon.heads).pattern})+")
        self._tail = re.compile(f"(?:{_any(lexicon.tails).pattern})+$")
        self._generic = lexicon.generic
        self._agency = _any(lexicon.agencies)
        self._branches = lexicon.branches
        self._asked = {intent: _any(words) for intent, words in lexicon.asked.items()}

    def find(self, part: str) -> str | None:
        """Return the name of an organisation in one part of a text, if one ends like one."""
        for number, ends in enumerate(self._ends):
            found = list(ends.finditer(part))
            if found:
                # What follows the first 有限公司 is about it; of weaker endings the last counts.
                end = found[0 if number == 0 else -1].end()
                after = _NUMBERED.match(part, end)
                is_weak = number == len(self._ends) - 1
                return self._from(part[: after.end() if after else end], is_weak=is_weak)
        return None

    def forms(self, text: str) -> int:
        """Return how many names in full end in a text, at most."""
        return len(_LIMITED.findall(text))

    def is_whole(self, name: str) -> bool:
        """Say whether a name ends as one in full does."""
        return _LIMITED.search(name) is not None

    def is_agency(self, name: str) -> bool:
        """Say whether a name is that of a travel agency."""
        return self._agency.search(name) is not None

    def own(self, name: str) -> str:
        """Return what of a name in full is its own, without place and form; nothing if short."""
        form = _FORM.search(name)
        place = self._place.match(name)
        own = name[place.end() if place else 0 : form.start()] if form else ""
        return own if len(_HAN.findall(own)) >= _LEAST_OWN else ""

    def rest(self, text: str, asked: str = "") -> str | None:
        """Return a text without what people say around a name, if the rest may be one.

        With `asked` only what stands before the words that ask for this intent.
        """
        if asked in self._asked:
            found = self._asked[asked].search(text)
            text = text[: found.start()] if found else ""
        left = self._strip(text)
        return left if self._may_be(left, is_rest=True) else None

    def _from(self, text: str, *, is_weak: bool) -> str | None:
        place = self._place.search(text)
        name = text[place.start() :] if place else self._strip_head(text)
        if place and self._place.sub("", name, count=1) in self._branches:
            name = self._strip_head(text)
        elif place:
            return name if self._may_be(name) else None
        # What is said before a name goes up to the last of the words that stand in none.
        said = [] if is_weak else self._talk.finditer(name)
        *_, start = 0, *(found.end() for found in said)
        name = self._strip_head(name[start:].rsplit("的", 1)[-1])
        return name if self._may_be(name) else None

    def _may_be(self, name: str, *, is_rest: bool = False) -> bool:
        # 云南大学 is somebody where nothing else is said; a market in 昆明 is not.
        bare = name if is_rest else self._place.sub("", name, count=1)
        if len(_HAN.findall(name)) < _LEAST or {name, bare} & self._generic:
            return False
        return self._talk.search(name) is None

    def _strip(self, text: str) -> str:
        text = self._strip_head(text)
        if found := self._tail.search(text):
            text = text[: found.start()]
        return text

    def _strip_head(self, text: str) -> str:
        found = self._head.match(text)
        return text[found.end() :] if found else text


def _any(words: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile("|".join(longest) or "(?!)")
