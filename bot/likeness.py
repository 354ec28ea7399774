"""Likeness: what a text most likely means, judged by examples of how citizens say things.

The table of phrases is exact and readable, and falls silent at a turn of speech that nobody
thought of. Likeness is learnt from sentences alone (config/talk/examples.tsv): how much each
letter, and each pair of neighbours, speaks for an intent. Learning is whole numbers in a fixed
order, so that whoever learns the same sentences gets the same weights.
"""

import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# What is about nothing of ours: the weather, a joke, a parcel.
ELSE = "-"
# Averaged perceptron: an example counts as learnt when it leads by so much (whole numbers).
_LEAD, _ROUNDS = 20, 8
_SCALE = 10
_SURE = 99.0
_LETTER = re.compile(r"[a-z]+|[^a-z\s]")

Weights = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Likely:
    """What a text is most like, and what next (neither: the examples have nothing of it).

    `lead` is by how much the first is ahead, per root of the number of signs; `known` the share
    of pairs that stand in the examples: of somebody's name few do.
    """

    intent: str = ""
    following: str = ""
    lead: float = 0.0
    known: float = 0.0


class Likeness:
    """Judges by weights: of each sign (see `signs`) the weight for each intent.

    What was `said` word for word in an example is what it is there.
    """

    def __init__(self, weights: Weights, said: Mapping[str, str] | None = None) -> None:
        self._weights = weights
        self._said = said or {}

    def of(self, words: str) -> Likely:
        """Judge a text in plain words."""
        if words in self._said:
            return Likely(self._said[words], lead=_SURE, known=1.0)
        singles, pairs = signs(words)
        scores: dict[str, int] = defaultdict(int)
        for sign in (*singles, *pairs):
            for intent, weight in self._weights.get(sign, _NOTHING).items():
                scores[intent] += weight
        if not scores:
            return Likely()
        ranked = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        (first, score), (second, after), *_ = *ranked, ("", 0)
        lead = (score - after) / (_SCALE * math.sqrt(len(singles) + len(pairs)))
        known = sum(pair in self._weights for pair in pairs) / len(pairs)
        return Likely(first, second, lead, known)


_NOTHING: Mapping[str, int] = {}


def signs(words: str) -> tuple[set[str], set[str]]:
    """Return each letter of a text, and each pair of neighbours, its beginning and end marked.

    A word of Latin letters counts as one letter.
    """
    letters = ["^", *_LETTER.findall(words), "$"]
    return set(letters[1:-1]), {" ".join(pair) for pair in pairwise(letters)}


def learn(examples: Iterable[tuple[str, str]]) -> Weights:
    """Learn weights from (intent, plain words).

    An averaged perceptron with a margin (Freund and Schapire 1999; Collins 2002).
    """
    held = [(intent, words, sorted(set.union(*signs(words)))) for intent, words in examples]
    learning = _Learning(sorted({intent for intent, *_ in held}))
    for turn in range(_ROUNDS):
        for intent, _, seen in sorted(held, key=lambda one: _drawn(turn, one[1])):
            learning.see(intent, seen)
    return learning.averaged()


def _drawn(turn: int, words: str) -> bytes:
    """Return what puts the examples into another order in each round, the same everywhere."""
    return hashlib.blake2b(f"{turn}{words}".encode(), digest_size=8).digest()


class _Learning:
    """Weights in the making: of each sign a row, with a place for each intent."""

    def __init__(self, intents: Sequence[str]) -> None:
        self._intents = intents
        self._places = {intent: place for place, intent in enumerate(intents)}
        self._now: dict[str, list[int]] = defaultdict(lambda: [0] * len(intents))
        # What is taken off a weight for the time before it was what it is.
        self._late: dict[str, list[int]] = defaultdict(lambda: [0] * len(intents))
        self._time = 1

    def see(self, intent: str, seen: Sequence[str]) -> None:
        rows, right = [self._now[sign] for sign in seen], self._places[intent]
        scores = list(map(sum, zip(*rows, strict=True)))
        enough, scores[right] = scores[right] - _LEAD, min(scores) - 1
        rival = scores.index(max(scores))
        if scores[rival] >= enough:
            lates = [self._late[sign] for sign in seen]
            for row, late in zip(rows, lates, strict=True):
                row[right] += 1
                row[rival] -= 1
                late[right] += self._time
                late[rival] -= self._time
        self._time += 1

    def averaged(self) -> Weights:
        return {sign: held for sign in sorted(self._late) if (held := self._mean(sign))}

    def _mean(self, sign: str) -> Mapping[str, int]:
        rows, time = zip(self._now[sign], self._late[sign], strict=True), self._time
        means = [(_SCALE * (weight * time - late) + time // 2) // time for weight, late in rows]
        return {intent: mean for intent, mean in zip(self._intents, means, strict=True) if mean}
