"""How a benchmark says what it found: a value beside its goal."""

import operator
import statistics

COMPARE = {"<=": operator.le, ">=": operator.ge}


def figure(value, goal=""):
    """Return one figure; a goal reads "<= 2.0" or ">= 0.4", none means: only reported."""
    met = True
    if goal:
        sign, bound = goal.split()
        met = COMPARE[sign](value, float(bound))
    return {"value": round(value, 4), "goal": goal or None, "met": bool(met)}


def median(rounds, name):
    """Return the middle value of one measure over all rounds."""
    return statistics.median(each[name] for each in rounds)
