"""Purses: most requests ask no Redis, and still no more pass than the budget."""

import pytest
from limits import parse

from messages.limiting.purses import Purses
from messages.limiting.standings import Count
from messages.limiting.windows import Windows

WIDE = parse("400/minute")  # ten at once in a purse
SOMEBODY = Count("address", WIDE, "somebody")


class Asked:
    """A process that counts, and how often it asked Redis."""

    def __init__(self, url):
        self.now, self.trips = 0.0, 0
        self.windows = Windows(url, patience=10)
        self.windows._purses = Purses(lambda: self.now)
        ask = self.windows._counted

        def counted(wanted):
            self.trips += 1
            return ask(wanted)

        self.windows._counted = counted

    def take(self, one=SOMEBODY):
        (standing,) = self.windows.count([one])
        return standing

    def passes(self, times, one=SOMEBODY):
        return sum(not self.take(one).is_over for _ in range(times))


@pytest.fixture
def process(valkey_url, redis):
    return lambda: Asked(valkey_url)


def test_who_has_much_left_is_counted_ahead(process):
    one = process()

    lefts = [one.take().left for _ in range(101)]

    assert lefts == list(range(399, 298, -1))
    assert one.trips == 1 + 10


def test_towards_its_end_a_budget_is_counted_one_by_one(process):
    one = process()

    assert one.passes(500) == 400
    assert one.trips > 200
    assert one.take().is_over


def test_processes_together_let_no_more_pass_than_the_budget(process):
    several = [process() for _ in range(4)]

    passed = sum(one.passes(1) for _ in range(150) for one in several)

    assert 400 - 4 * 10 <= passed <= 400


def test_what_is_not_spent_soon_is_lost(process):
    one = process()
    one.passes(3)
    assert one.trips == 2
    one.now += 15

    one.take()

    assert one.trips == 3


def test_whoever_comes_when_others_have_spent_it_is_counted_one_by_one(process):
    first, second = process(), process()
    first.take()
    assert second.passes(500) == 399

    assert first.passes(5) == 0


def test_the_last_one_passes_though_ten_were_wanted(process):
    first, second = process(), process()
    first.take()
    assert second.passes(396) == 396

    assert first.passes(5) == 3


def test_a_narrow_budget_is_never_counted_ahead(process):
    one, narrow = process(), Count("address", parse("60/minute"), "somebody")

    assert one.passes(61, narrow) == 60
    assert one.trips == 61


def test_many_addresses_do_not_fill_our_memory(process, monkeypatch):
    monkeypatch.setattr("messages.limiting.purses._MOST", 5)
    one = process()

    for number in range(12):
        one.take(Count("address", WIDE, f"number {number}"))

    assert len(one.windows._purses._purses) <= 5


def test_each_budget_of_a_request_is_paid_from_its_own_purse(process):
    one, other = process(), Count("device", parse("80/minute"), "somebody")

    for _ in range(20):
        standings = one.windows.count([SOMEBODY, other])

    assert [each.per for each in standings] == ["address", "device"]
    assert [each.left for each in standings] == [380, 60]
