"""Folding: one form for the many in which people type (full width, 繁體, emoji, dialect)."""

import re
import unicodedata
from collections.abc import Mapping

# A telephone number, however it is spaced; what is left of a text may then be kept and searched.
_CALLED = r"(?:[\s,、;]+(?:联系)?(?:电话|手机号?|号码)是?[\s:]*)?"
_PHONE = re.compile(
    _CALLED + r"(?<![0-9])(?:\+?0{0,2}86[-\s]?)?1[3-9][0-9](?:[-\s.·]*[0-9]){8}(?![0-9])"
)
_LANDLINE = re.compile(_CALLED + r"(?<![0-9A-Za-z])0[0-9]{2,3}[-\s]?[2-9][0-9]{6,7}(?![0-9A-Za-z])")
# The signs of the table (bot.phrases) stay; nobody can type them.
_APART = re.compile(r"[^\w#@]+|_+")
_TYPED_SIGNS = {ord(sign): " " for sign in "#@"}


def without_phones(text: str) -> str:
    """Return a text in which no telephone number stands."""
    if sum(map(str.isdigit, text)) < 10:  # noqa: PLR2004 - the shortest number with its area
        return text
    text = unicodedata.normalize("NFKC", text)
    return _LANDLINE.sub(" ", _PHONE.sub(" ", text))


class Folding:
    """Folds texts by two tables: traditional characters, and what a phrase is in plain words."""

    def __init__(self, traditional: Mapping[str, str], plain: Mapping[str, str]) -> None:
        self._simple = _TYPED_SIGNS | {ord(old): new for old, new in traditional.items()}
        self._plain = dict(plain)
        longest = sorted(map(re.escape, plain), key=len, reverse=True)
        self._said = re.compile("|".join(longest)) if longest else None

    def fold(self, text: str) -> str:
        """Return a text in narrow, simplified characters and lower case."""
        return unicodedata.normalize("NFKC", text).lower().translate(self._simple)

    def plain(self, text: str) -> str:
        """Put dialect and misspelling into plain words; never done to a name."""
        if self._said is None:
            return text
        return self._said.sub(lambda found: self._plain[found[0]], text)


def parts(folded: str) -> list[str]:
    """Return the words of a folded text between signs, spaces and emoji."""
    return [part for part in _APART.split(folded) if part]


def traditional(lines: str) -> dict[str, str]:
    """Read OpenCC's TSCharacters.txt: a character, a tab, its simplified forms, the first of them.

    Source: OpenCC (Apache-2.0), carried in config/talk/vendor.
    """
    pairs = (line.split("\t") for line in lines.splitlines() if "\t" in line)
    found = {old: new.split(" ")[0] for old, new in pairs}
    return {old: new for old, new in found.items() if old != new}
