"""Searching right after a file was taken in, beside the same searches before it."""

import csv
from datetime import timedelta
from functools import partial

from config import rulebook
from config.intake import Order, take_in
from core.glance import Glancing
from core.subjects import name_key
from tests.bench import searches, timing
from tests.bench.city import entities
from tests.bench.city.persons import vault
from tests.bench.report import figure

_HEAD = "list_kind list_name subject_name uscc basis_document authority listed_on term_months"
_ASK = "full rare_2 any_3 any_4 prefix common_2".split()


def figures(city, folder, *, rows, asked):
    """Take in a file of entities that the city did not know, and ask on without a pause."""
    with city.bound():
        texts = searches.questions(city, asked)
        every = [text for name in _ASK for text in texts[name]]
        rare = texts["full"] + texts["rare_2"]
        with Glancing() as look:
            ask = partial(searches.ask, look)
            before = [timing.spread(ask, some) for some in (every, rare)]
            path = folder / f"{city.size.records}.csv"
            names = _file(path, city, rows)
            loaded = take_in(_order(path)).counts.loaded
            after = [timing.unwarmed(ask, some) for some in (every, rare)]
            missed = sum(_is_missed(ask(name), name, uscc) for name, uscc in names[:asked])
    return {
        "after_rows_loaded": figure(loaded, f">= {rows}"),
        "after_names_missed": figure(missed, "<= 0"),
        "after_search_p99": figure(after[0].p99),
        "before_search_p99": figure(before[0].p99),
        "after_to_before_p99": figure(after[0].p99 / before[0].p99, "<= 1.5"),
        "after_to_before_rare_p99": figure(after[1].p99 / before[1].p99, "<= 1.5"),
    }


def _file(path, city, rows):
    """Write a list of the taxpayers that come next in the city; returns names and codes."""
    first = city.size.entities
    names = []
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(_HEAD.split())
        for number, _, uscc, right, name, *_ in entities.rows(None, range(first, first + 2 * rows)):
            if right and len(names) < rows:
                tax = f"昆税列〔2026〕{number}号", "昆明市税务局"
                out.writerow(["TAXPAYER_A", "纳税信用A级", name, uscc, *tax, "2026-05-20", "12"])
                names.append((name, uscc))
    return names


def _is_missed(hits, name, uscc):
    """Say whether an entity is not on its name's first page, though others have room there.

    The name may be another's former one, which may stand before it.
    """
    return not any(hit.uscc == uscc for hit in hits) and not all(
        name_key(name) in {name_key(hit.name), name_key(hit.former_name or "")} for hit in hits
    )


def _order(path):
    week = timedelta(days=7)
    rules = rulebook.load()
    return Order(path, rules, "bench", alert_max_age=week, vault=vault(), publish=True)
