"""Understanding: from a text to an intent and its slots, by tables built once at the start.

The table of phrases is asked first. Where it is silent, or where the text is clearly more like
examples of something else, likeness decides.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.likeness import ELSE, Likely, Likeness
from bot.phrases import AGENCY, DISTRICT, TERM, Table
from bot.reading import Read, Reader

FIND, HELP = "find", "help"
# Of these the name may be one that ends like none: what is left without the words around it.
_LOOSE = frozenset({FIND, "follow", "unfollow"})
# What nobody is told, or changed for them, because no company was found.
_NEVER = frozenset({FIND, "english", "chinese"})
# Of these it is what stands before the words that ask.
_ASKED = frozenset({"wages", "travel"})
_RECEIPT, _REPORT = 16, 22
# How far likeness must lead to be believed against the table, and where the table is silent.
_AGAINST, _ALONE = 1.5, 0.8
# Against what may be nothing but a name: the lead, and how much of it stands in the examples.
_NAMELESS, _KNOWN = 2.0, 0.5
# What begins another wish; how long one is at least, and how far likeness leads in it.
_NEXT = re.compile(
    "[。？！?!;；\n]+|[，,\\s]*(?:顺便|另外|还有就是|还有一个|再就是|再问|还想|以及)"
)
# Part of a code is like nothing that people say.
_NUMBER = re.compile("(?=.*[0-9])[0-9a-z]+")
_SENTENCE, _CLEARLY = 4, 2.0


@dataclass(frozen=True)
class Meant:
    """What a text means; `intent` is empty where we cannot tell.

    `instead` is set where the name is a guess: what the text means if nobody is called so;
    `others` are further companies that a text names.
    """

    intent: str
    name: str = ""
    instead: str = ""
    number: str = ""
    district: str = ""
    term: str = ""
    others: Sequence[str] = ()


class Understanding:
    """The tables together."""

    def __init__(
        self,
        reader: Reader,
        table: Table,
        likeness: Likeness,
        *,
        districts: Mapping[str, str],
        terms: Mapping[str, str],
    ) -> None:
        self._reader = reader
        self._table = table
        self._likeness = likeness
        self._districts = districts
        self._terms = terms

    def of(self, text: str, *, exactly: bool = False) -> Meant:
        """Say what a text means; `exactly`: by the table alone.

        It holds no citizen's number and no telephone number.
        """
        read = self._reader.read(text)
        if read is None:
            return Meant(HELP if self._reader.asks(text) else "")
        found = self._table.words(read.words)
        if read.name and self._reader.is_agency(read.name):
            found.add(AGENCY)
        intent, name, instead = self._told(read, found), "", ""
        if not exactly and not read.is_bare and not _NUMBER.fullmatch(read.words):
            intent, instead = self._weighed(intent, read)
        if intent in _LOOSE or intent in _ASKED:
            name = read.name or self._reader.loose(read.words, intent)
        if name and not read.name and intent in _ASKED:
            name, instead = ("", "") if name in self._districts else (name, intent)
        return Meant(
            intent,
            name=name or read.name,
            instead=instead,
            number=read.number,
            district=self._slot(found, DISTRICT, self._districts),
            term=self._slot(found, TERM, self._terms),
            others=read.others,
        )

    def folded(self, text: str) -> str:
        """Return a text in the one form in which tables are written."""
        return self._reader.folded(text)

    def near(self, text: str, most: int) -> list[str]:
        """Return intents that a text which we did not understand may mean, the likeliest first."""
        read = self._reader.read(text)
        if read is None:
            return []
        likely = self.likely(text)
        by_words = self._table.near(self._table.words(read.words), most)
        if likely.intent == ELSE and likely.lead >= _ALONE:
            return by_words
        alike = [one for one in (likely.intent, likely.following) if one not in {"", ELSE}]
        return list(dict.fromkeys([*alike, *by_words]))[:most]

    def wishes(self, text: str) -> list[tuple[str, Meant]]:
        """Return what a text means; where its sentences clearly mean several things, each of them.

        Each stands with the sentence that says so.
        """
        found: dict[str, tuple[str, Meant]] = {}
        pieces = [one for one in _NEXT.split(text) if len(one) >= _SENTENCE]
        for piece in pieces if len(pieces) > 1 else ():
            likely, meant = self.likely(piece), self.of(piece)
            if likely.intent == meant.intent and likely.lead >= _CLEARLY:
                found.setdefault(meant.intent, (piece, meant))
        return list(found.values()) if len(found) > 1 else [(text, self.of(text))]

    def is_none_of_ours(self, text: str) -> bool:
        """Say whether a text is clearly like what is no matter of credit at all."""
        likely = self.likely(text)
        return likely.intent == ELSE and likely.lead >= _CLEARLY and len(text) >= _SENTENCE

    def likely(self, text: str) -> Likely:
        """Return what a text is most like by the examples alone."""
        read = self._reader.read(text)
        return self._likeness.of(read.spaced) if read else Likely()

    def _told(self, read: Read, found: set[str]) -> str:
        """Return the intent that the table tells; what is nothing else may be a name."""
        intent = self._table.intent(found) or _by_number(read)
        return intent or (FIND if self._reader.loose(read.words) else "")

    def _weighed(self, intent: str, read: Read) -> tuple[str, str]:
        """Weigh what the table says against what a text is most like; return what it means then.

        What may be a name is searched first: only if nobody is called so it means, in the second
        place, what it is like.
        """
        likely = self._likeness.of(read.spaced)
        guess = self._reader.loose(read.words) if intent == FIND else ""
        if guess == read.words:
            is_clear = likely.lead >= _NAMELESS and likely.known >= _KNOWN
        else:
            is_clear = likely.lead >= (_AGAINST if intent else _ALONE)
        if not is_clear:
            return intent, ""
        if guess:
            return FIND, "" if likely.intent in _NEVER else likely.intent
        return "" if likely.intent == ELSE else likely.intent, ""

    def _slot(self, found: set[str], sign: str, meaning: Mapping[str, str]) -> str:
        word = self._table.named(found, sign)
        return meaning[word] if word else ""


def _by_number(read: Read) -> str:
    if read.name:
        return FIND
    return {_RECEIPT: "progress", _REPORT: "verify"}.get(len(read.number), "")
