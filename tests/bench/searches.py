"""Searching by name, by class of question, as the account's chat asks."""

from collections import Counter
from functools import partial
from itertools import pairwise
from random import Random

from bot.finding import PAGE
from core import query
from core.glance import Glancing
from core.grams import bigrams
from core.search import EVERYBODY
from core.stretches import Filters
from core.subjects import name_key
from tests.bench import timing
from tests.bench.city import held
from tests.bench.city.words import DISTRICTS
from tests.bench.report import figure

COMMON = "昆明 有限 公司 云南 限公 五华 官渡 商贸 经营 责任 昆明".split()
_SAMPLE = 60_000
# A pair is rare that fewer than one name in so many holds; one that more hold, but fewer than
# one in so many, is met often.
_RARE, _OFTEN = 10_000, 500
_UNKNOWN = "龘"


def questions(city, count):
    """Return what is asked of each class: whole names, beginnings, parts, and what nobody has."""
    draw = Random(count)
    sample = [name_key(name) for _, name in held.entities(city.size, _SAMPLE)]
    names = [draw.choice(sample) for _ in range(count)]
    rare, often = _pairs(draw, sample, count)
    return {
        "full": names,
        "prefix": [name[: draw.randint(4, len(name) - 1)] for name in names],
        "rare_2": rare,
        "often_2": often,
        "any_3": [_part(draw, name, 3) for name in names],
        "any_4": [_part(draw, name, 4) for name in names],
        "common_2": [COMMON[number % len(COMMON)] for number in range(count)],
        "absent": [f"{one}{_UNKNOWN}{other}" for one, other in zip(rare, names, strict=False)][::2]
        + [f"{one}{other}{one}" for one, other in pairwise(rare)][::2],
    }


def narrowed(city, count):
    """Return what is asked of former names, and of common pairs within a district or a kind."""
    draw = Random(count)
    districts = [Filters(district=code) for code in DISTRICTS]
    common = [COMMON[number % len(COMMON)] for number in range(count)]
    return {
        "former_full": held.former(city.size, count),
        "common_2_in_district": [(one, draw.choice(districts)) for one in common],
        "common_2_of_offices": [(one, Filters(kind="government_body")) for one in common],
    }


def _pairs(draw, sample, count):
    """Draw pairs that few names hold, and pairs that more do."""
    times = Counter(pair for name in sample for pair in set(bigrams(name)))
    rare = max(2, len(sample) // _RARE)
    often = max(rare + 1, len(sample) // _OFTEN)
    drawn = [draw.choice(bigrams(draw.choice(sample))) for _ in range(40 * count)]
    few = [pair for pair in drawn if times[pair] < rare]
    some = [pair for pair in drawn if rare <= times[pair] < often]
    return few[:count], some[:count]


def _part(draw, name, length):
    start = draw.randrange(max(1, len(name) - length + 1))
    return name[start : start + length]


def figures(city, lookup, count, *, narrowly=False):
    """Measure each class beside the look-up of a code; former names and filters, too, if asked."""
    found = {}
    with city.bound(), Glancing() as look:
        asked = questions(city, count)
        for name, some in (asked | (narrowed(city, count) if narrowly else {})).items():
            seen = timing.spread(partial(ask, look), some)
            found[f"search_{name}_p50"] = figure(seen.p50)
            found[f"search_{name}_p99"] = figure(seen.p99, "<= 15")
            found[f"search_{name}_p99_of_all"] = figure(seen.p99_of_all)
            if name in ("full", "rare_2"):
                found[f"search_{name}_p99_to_code"] = figure(seen.p99 / lookup.p99, "<= 3")
        found["search_wrong"] = figure(_wrong(look, asked), "<= 0")
    return found


def ask(look, asked):
    """Ask for one page and whether there is more; a text, or one with filters."""
    text, filters = (asked, EVERYBODY) if isinstance(asked, str) else asked
    return query.by_name(look, text, limit=PAGE + 1, filters=filters)


def _wrong(look, asked):
    """Count answers that cannot be right: a whole name not on top, a find of what nobody has."""
    tops = [(text, ask(look, text)) for text in asked["full"]]
    missed = sum(not hits or name_key(hits[0].name) != text for text, hits in tops)
    return missed + sum(bool(ask(look, text)) for text in asked["absent"])
