"""What Kunming's names are made of: its districts and streets, brands, trades, forms."""

import csv
from pathlib import Path
from random import Random

import yaml

_DATA = Path(__file__).parents[2] / "data"


def table(name):
    """Read a table of ours as rows by their heads."""
    with (_DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def short(district):
    """Return a district as most names have it: 五华, 石林, 寻甸."""
    return district[:2]


def _drawn(characters, front):
    """Lay out characters so that an even draw favours the front ones."""
    draw = Random(530100)
    unique = characters.replace(" ", "")
    places = [int(len(unique) * draw.random() ** front) for _ in range(4096)]
    return [unique[place] for place in places] + list(unique)


def _streets(code):
    """Return the streets of a district by their short names: 华山, not 华山街道."""
    return [
        row["name"].removesuffix("街道").removesuffix("镇")
        for row in table("km_streets.csv")
        if row["county"] == code and len(row["name"]) < _LONG
    ]


_LONG = 6  # parks and zones: no shop has them in its name
_WORDS = yaml.safe_load((_DATA / "city_words.yaml").read_text(encoding="utf-8"))
BRANDS, SURNAMES, GIVEN = (
    _drawn(_WORDS[name], front)
    for name, front in (("brands", 2.0), ("surnames", 1.6), ("given", 1.2))
)
TRADES, SHOPS, FARMS, OFFICES, SCHOOLS, FORMS = (
    _WORDS[name].split() for name in ("trades", "shops", "farms", "offices", "schools", "forms")
)
DISTRICTS = {
    row["code"]: row["name"] for row in table("km_divisions.csv") if row["kind"] == "county"
}
STREETS = {code: _streets(code) for code in DISTRICTS}
# How many of a hundred entities the busy districts have; the others one each.
_BUSY = "530111 530103 530102 530112 530114 530181 530125 530129 530127 530128".split()
_SHARES = dict(zip(_BUSY, (24, 18, 17, 16, 8, 4, 3, 2, 2, 2), strict=True))
DRAWN = [code for code in DISTRICTS for _ in range(_SHARES.get(code, 1))]
