"""Entities: traders and companies for the most part, cooperatives, branches, offices, schools."""

from random import Random
from typing import NamedTuple

from core.subjects import kind_of, name_key
from tests.bench.city import numbers
from tests.bench.city.words import (
    BRANDS,
    DISTRICTS,
    DRAWN,
    FARMS,
    FORMS,
    GIVEN,
    OFFICES,
    SCHOOLS,
    SHOPS,
    STREETS,
    SURNAMES,
    TRADES,
    short,
)

CHUNK = 10_000  # so many are made from one seed
FORMER_COLUMNS = "subject_id name name_key until".split()
COLUMNS = "id kind uscc uscc_check_ok name name_key district zone state first_seen_at".split()
_STATES = ["active"] * 84 + ["deregistered"] * 11 + ["revoked"] * 4 + ["unknown"]
_LENGTHS = (2, 2, 2, 3, 3, 3, 3, 4, 4)
RENAMED = 33  # one entity in so many had another name before
_WRONG = 1000  # one code in so many has a wrong check character
_MOMENT = "2026-01-{:02} 08:00:00.000000"


class Named(NamedTuple):
    """A name and what goes with it: the first two characters of the code, the district."""

    name: str
    prefix: str
    district: str


def rows(_size, chosen):
    """Make the subjects of these numbers; an id is the number and one."""
    for number, draw in drawn("entities", chosen):
        name, prefix, district = named(draw)
        code = numbers.uscc(number, prefix, district)
        right = draw.random() * _WRONG >= 1
        yield (
            number + 1,
            kind_of(code).value,
            code if right else numbers.wrong(code),
            right,
            name,
            name_key(name),
            district,
            None,
            pick(draw, _STATES),
            _MOMENT.format(1 + number % 28),
        )


def former(_size, chosen):
    """Make up what some entities, every so-manieth, were called before."""
    for number, draw in drawn("former names", chosen):
        name = named(draw).name
        yield number * RENAMED + 1, name, name_key(name), f"20{10 + number % 15}-06-30"


def drawn(what, chosen):
    """Go through numbers that begin with a chunk, each with a draw from its chunk's seed."""
    chunk, draw = None, Random(0)
    for number in chosen:
        if number // CHUNK != chunk:
            chunk = number // CHUNK
            draw = Random(f"{what} {chunk}")
        yield number, draw


def pick(draw, words):
    """Draw one of some words."""
    return words[int(draw.random() * len(words))]


def named(draw):
    """Make up a name."""
    share = draw.random()
    district = DRAWN[int(draw.random() * len(DRAWN))]
    for upto, prefix, make in _SHAPES:
        if share < upto:
            return Named(make(draw, district), prefix, district)
    raise AssertionError(share)


def brand(draw):
    """Make up what an entity calls itself."""
    return "".join(pick(draw, BRANDS) for _ in range(pick(draw, _LENGTHS)))


def person(draw):
    """Make up what a person is called."""
    given = "".join(pick(draw, GIVEN) for _ in range(1 + (draw.random() < 0.7)))
    return pick(draw, SURNAMES) + given


def _shop(draw, district):
    where = pick(draw, ("", "昆明市", "昆明市", "")) + pick(
        draw, (DISTRICTS[district], DISTRICTS[district], short(DISTRICTS[district]))
    )
    street = pick(draw, STREETS[district]) if draw.random() < 0.3 else ""
    own = pick(draw, (brand, brand, person, _by_surname))(draw)
    return f"{where}{street}{own}{pick(draw, SHOPS)}"


def _by_surname(draw):
    return f"{pick(draw, ('', '老', '小'))}{pick(draw, SURNAMES)}{pick(draw, ('记', '家', '氏'))}"


def _company(draw, district):
    place = short(DISTRICTS[district])
    where = pick(draw, ("云南", "云南", "昆明", "昆明", "昆明市", f"昆明{place}", place))
    return f"{where}{brand(draw)}{pick(draw, TRADES)}{pick(draw, FORMS)}"


def _branch(draw, district):
    place = pick(draw, STREETS[district]) if draw.random() < 0.4 else short(DISTRICTS[district])
    return f"云南{brand(draw)}{pick(draw, TRADES)}有限公司昆明{place}分公司"


def _partnership(draw, _district):
    return f"昆明{brand(draw)}{pick(draw, ('企业管理', '投资', '股权投资'))}合伙企业（有限合伙）"


def _farm(draw, district):
    place = f"{short(DISTRICTS[district])}{pick(draw, STREETS[district])}"
    return f"{place}{brand(draw)}{pick(draw, FARMS)}农民专业合作社"


def _office(draw, district):
    street = pick(draw, STREETS[district]) if draw.random() < 0.5 else ""
    return f"昆明市{DISTRICTS[district]}{street}{pick(draw, OFFICES)}"


def _school(draw, district):
    street = pick(draw, STREETS[district])
    return f"昆明市{DISTRICTS[district]}{street}{brand(draw)}{pick(draw, SCHOOLS)}"


def _society(draw, district):
    return f"{DISTRICTS[district]}{brand(draw)}{pick(draw, ('商会', '协会', '研究会', '基金会'))}"


# Of all entities up to this share have this prefix and this shape.
_SHAPES = (
    (0.55, "92", _shop),
    (0.92, "91", _company),
    (0.95, "91", _branch),
    (0.955, "91", _partnership),
    (0.97, "93", _farm),
    (0.98, "52", _school),
    (0.99, "51", _society),
    (1.0, "11", _office),
)
