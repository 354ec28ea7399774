"""The law's clock once more, in plain Python: every day walked over, one by one.

It knows nothing of core: it reads the tables of days and of clocks itself, and the law's table of
who has how long stands here as the issue states it.
"""

from datetime import timedelta
from pathlib import Path

import yaml

RULES = Path(__file__).parents[2] / "config/rules"
ONE_DAY = timedelta(days=1)
# The law's table: what runs in a state, of which clock, since the filing or since the state began.
# An overall term stands beside the term of the step: whichever ends first binds.
TABLE = {
    "objection": {
        "submitted": [("objection_annotate", "filed")],
        "annotated": [("objection_forward", "filed")],
        "forwarded": [("objection_decide", "entered")],
        "upheld": [("objection_apply", "entered")],
    },
    "repair": {
        "submitted": [("repair_forward", "filed")],
        "forwarded": [("repair_accept", "entered"), ("repair_finish", "filed")],
        "accepted": [("repair_decide", "entered"), ("repair_finish", "filed")],
        "upheld": [("repair_apply", "entered")],
    },
    "complaint": {
        "submitted": [("complaint_accept", "filed")],
        "accepted": [("complaint_decide", "entered")],
    },
    "data_request": {
        "submitted": [("data_request", "filed")],
        "accepted": [("data_request", "filed")],
    },
    "review": {
        "submitted": [("review_decide", "filed")],
        "upheld": [("objection_apply", "entered")],
    },
}
OVERALL = "repair_finish"
PAUSE, OPEN = "supplement_wanted", {"submitted", "annotated", "forwarded", "accepted"}


class Days:
    """Which days are worked, as the table of working days says it."""

    def __init__(self, table=None):
        table = table or yaml.safe_load((RULES / "workdays.yaml").read_text())
        self.rest = set(table["weekly_rest"]["days"])
        self.fixed = {one for rule in table["statutory"] for one in rule["days"]}
        self.official = {one["year"] for one in table["years"]}
        self.worked, self.off = set(), set()
        for year in table["years"]:
            self.worked |= set(year["makeup_workdays"])
            for holiday in year["holidays"]:
                day = holiday["first"]
                while day <= holiday["last"]:
                    self.off.add(day)
                    day += ONE_DAY

    def is_worked(self, day):
        if day in self.worked:
            return True
        if day in self.off or day.isoweekday() in self.rest:
            return False
        return day.year in self.official or day.strftime("%m-%d") not in self.fixed

    def last(self, start, number):
        """Return the last day of a term, and whether it is only provisional; its start is out."""
        day, provisional = start, False
        while number:
            day += ONE_DAY
            provisional |= day.year not in self.official
            number -= self.is_worked(day)
        return day, provisional

    def is_provisional(self, first, last):
        return any(year not in self.official for year in range(first.year, last.year + 1))

    def passed(self, start, end):
        day, number = start, 0
        while day < end:
            day += ONE_DAY
            number += self.is_worked(day)
        return number


def clocks():
    """Return how many working days each clock gives now."""
    rows = yaml.safe_load((RULES / "clocks.yaml").read_text())
    return {one["clock"]: one["working_days"] for one in rows if "effective_to" not in one}


class Oracle:
    """What the clock of a case must show, from the days on which it took its steps."""

    def __init__(self, track, filed, days):
        self.table, self.filed, self.days = TABLE[track], filed, days
        self.numbers, self.waits = clocks(), []
        self.enter("submitted", filed)

    def step(self, before, after, today):
        """Let the case take a step."""
        if after == PAUSE:
            self.pause(today)
        elif before == PAUSE and after in OPEN:
            self.go_on(today)
        else:
            self.enter(after, today)

    def enter(self, state, today):
        self.entered, self.since = today, len(self.waits)
        self.running = self.table.get(state, [])
        self.show([self.end(*one) for one in self.running])

    def pause(self, today):
        self.asked = today
        # Who was out of time that very day has a day after the pause nevertheless.
        self.late = {clock for clock, since in self.running if today >= self.end(clock, since)[0]}
        self.show([(*self.days.last(today, self.numbers["supplement"]), "supplement")])

    def go_on(self, today):
        self.waits.append(self.days.passed(self.asked, today))
        self.show([self.left_of(*one, today) for one in self.running])

    def left_of(self, clock, since, today):
        day, provisional, _ = self.end(clock, since)
        if clock == OVERALL:
            return day, provisional, clock
        if clock in self.late:
            return (*self.days.last(today, 1), clock)
        # What has passed is not counted anew: only what is still to come can be provisional.
        return day, self.days.is_provisional(today + ONE_DAY, day), clock

    def end(self, clock, since):
        """Return when a term ends: the days that the applicant took do not count."""
        start, waits = (
            (self.filed, self.waits)
            if since == "filed"
            else (self.entered, self.waits[self.since :])
        )
        return (*self.days.last(start, self.numbers[clock] + sum(waits)), clock)

    def show(self, ends):
        ends = sorted(ends, key=lambda one: (one[0], one[2] != OVERALL))
        first = ends[0] if ends else (None, None, None)
        self.due, self.provisional, self.clock = first
