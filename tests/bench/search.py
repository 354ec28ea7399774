"""Name search by class of question, beside the look-up of a code in the same city.

./xinyong bench search [--entities N] [--asked N] [--sqlite]
"""

import argparse
import tempfile
from pathlib import Path

from tests.bench import lookups, searches
from tests.bench.city import held
from tests.bench.city.size import Size


def main(arguments):
    chosen = _chosen(arguments)
    size = Size(chosen.entities, persons=chosen.entities // 100, records=chosen.entities)
    with (
        tempfile.TemporaryDirectory() as folder,
        held.built(Path(folder), [size], sqlite=chosen.sqlite) as (city,),
    ):
        ours, _ = lookups.asked(city, 5 * chosen.asked)
        return searches.figures(city, ours, chosen.asked, narrowly=True)


def _chosen(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench search")
    parser.add_argument("--entities", type=int, default=300_000)
    parser.add_argument("--asked", type=int, default=500)
    parser.add_argument("--sqlite", action="store_true")
    return parser.parse_args(arguments)
