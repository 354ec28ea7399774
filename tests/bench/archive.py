"""The archive at the size of the city: how fast it is found and filled.

    ./xinyong bench archive [--size city|town]

The city is 1.5 million entities, 2 million natural persons and 10 million records on PostgreSQL;
the town is one per cent of it, on SQLite and on PostgreSQL. A hamlet of ten thousand records
beside it tells what the number of records costs.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from tests.bench import after, intake, lookups, searches
from tests.bench.city import held
from tests.bench.city.size import CITY, HAMLET, TOWN
from tests.bench.report import figure

ASKED = {CITY: 1000, TOWN: 200}
FILE = {CITY: 1_000_000, TOWN: 20_000}  # rows of the file that is taken in beside a bare COPY
TAKEN_IN = {CITY: 50_000, TOWN: 1000}  # rows of the file after which search goes on
_MINUTES = 3  # a town's whole run


def main(arguments):
    chosen = _chosen(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        if chosen.size == "city":
            return _built(Path(folder), CITY, sqlite=False) | _taken_in(CITY)
        found = _under("sqlite", _built(Path(folder), TOWN, sqlite=True))
        found |= _under("postgresql", _built(Path(folder), TOWN, sqlite=False))
        found |= _taken_in(TOWN)
    return found | {"seconds": figure(time.monotonic() - began, f"<= {_MINUTES * 60}")}


def _taken_in(size):
    """Take a file into an archive of its own, as `./xinyong bench intake` does."""
    return _under("intake", intake.main(["--rows", str(FILE[size])]))


def _chosen(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench archive")
    parser.add_argument("--size", choices=("city", "town"), default="town")
    return parser.parse_args(arguments)


def _built(folder, size, *, sqlite):
    with held.built(folder, [size, HAMLET], sqlite=sqlite) as (city, hamlet):
        return figures(city, hamlet, folder, asked=ASKED[size], rows=TAKEN_IN[size])


def figures(city, hamlet, folder, *, asked, rows):
    """Measure everything on a city that is built, in one run."""
    found = {
        "entities": figure(city.size.entities),
        "persons": figure(city.size.persons),
        "records": figure(city.size.records),
        "build_seconds": figure(city.seconds),
        "load_before": figure(os.getloadavg()[0]),
    }
    # Few entities have many records: it takes many codes to meet the same share of them everywhere.
    of_codes, lookup = lookups.figures(city, hamlet, 5 * asked)
    found |= of_codes
    found |= searches.figures(city, lookup, asked)
    found |= after.figures(city, folder, rows=rows, asked=asked // 3)
    found["load_after"] = figure(os.getloadavg()[0])
    print({name: one["value"] for name, one in found.items()}, flush=True)
    return found


def _under(engine, found):
    return {f"{engine}_{name}": value for name, value in found.items()}
