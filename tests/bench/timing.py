"""How long each of many questions takes: the middle one, and the slowest but one in a hundred.

A question is asked several times and counts by its lower quartile: what the machine does besides
is then not taken for ours, for on a busy one every tenth question waits for milliseconds. What
all askings saw, these included, is told beside it.
"""

import statistics
import time
from dataclasses import dataclass

TIMES = 11


@dataclass(frozen=True)
class Spread:
    """Milliseconds: the median; what 99 of a hundred questions, and of all times, stay under."""

    p50: float
    p99: float
    p99_of_all: float


def spread(ask, questions, *, times=TIMES):
    """Ask everything once to warm up, then by the clock."""
    for question in questions:
        ask(question)
    return unwarmed(ask, questions, times=times)


def unwarmed(ask, questions, *, times=TIMES):
    """Ask everything by the clock at once."""
    return of([[_timed(ask, question) for question in questions] for _ in range(times)])


def beside(one, other, questions, *, times=TIMES):
    """Ask two ways in turns, each question first by this way, then by that."""
    seen = [], []
    for round_ in range(times + 1):
        rows = [], []
        for number, question in enumerate(questions):
            ways = list(zip((one, other), rows, strict=True))
            for ask, row in ways if (number + round_) % 2 else reversed(ways):
                row.append(_timed(ask, question))
        for rounds, row in zip(seen, rows, strict=True):
            rounds.append(row)
    return tuple(of(rounds[1:]) for rounds in seen)


def of(rounds):
    """Return the spread of some milliseconds: several rounds of the same questions."""
    each = statistics.quantiles(map(_undisturbed, zip(*rounds, strict=True)), n=100)
    every = statistics.quantiles([one for row in rounds for one in row], n=100)
    return Spread(each[49], each[98], every[98])


def _undisturbed(times):
    return sorted(times)[len(times) // 4]


def _timed(ask, question):
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1000
