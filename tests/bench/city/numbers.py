"""Credit codes and citizens' numbers with right check digits, none of them known to be issued."""

from datetime import date, timedelta

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {char: place for place, char in enumerate(_ALPHABET)}
_USCC_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SCATTER = 3_456_789  # has no factor in common with ten million


def uscc(number, prefix, district):
    """Return the credit code of an entity; its organisation code is a made-up 0nnnnnnn."""
    organisation = f"0{number * _SCATTER % 10_000_000:07}"
    total = sum(map(int.__mul__, map(int, organisation), _ORG_WEIGHTS)) % 11
    body = f"{prefix}{district}{organisation}{'0X987654321'[total]}"
    return body + _uscc_check(body)


def wrong(code):
    """Return the code with another last character: registers hold some like that."""
    return code[:-1] + _ALPHABET[(_VALUE[code[-1]] + 7) % 31]


def _uscc_check(body):
    values = map(_VALUE.__getitem__, body)
    return _ALPHABET[-sum(map(int.__mul__, values, _USCC_WEIGHTS)) % 31]


# The first citizen here was born in 1926, the last of age since 2008.
_FIRST, _DAYS = date(1926, 1, 1), 30_000
_BIRTHS = [f"{_FIRST + timedelta(day):%Y%m%d}" for day in range(_DAYS)]
_AREAS = [
    f"53{prefecture:02}{county}"
    for prefecture in (1, 3, 4, 5, 6, 7, 8, 9, 23, 25, 26, 28, 29, 31, 33, 34)
    for county in range(21, 29)
]
_ID_SCATTER = 1_234_567  # has no factor in common with the number of areas and days


def citizen(number):
    """Return the number of a person; the sequence 000 is not known to be issued."""
    place = number * _ID_SCATTER % (len(_AREAS) * _DAYS)
    body = f"{_AREAS[place // _DAYS]}{_BIRTHS[place % _DAYS]}000"
    total = sum(map(int.__mul__, map(int, body), _ID_WEIGHTS))
    return body + "10X98765432"[total % 11]
