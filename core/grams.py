"""Grams: the pairs of neighbouring characters by which names are indexed on both engines.

Each pair is written with the length of its name, so that the index can be asked for the names of
one length. The district and the kind of a subject are written in the same way, behind an @.
"""

from collections.abc import Sequence

LONGEST = 40  # this length, and every longer one
# Lengths to ask the index for: each by itself, or all that begin with a digit ("2": 20 to 29).
Sizes = Sequence[int | str]


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring characters, in order."""
    return [text[start : start + 2] for start in range(len(text) - 1)]


def mark(value: str) -> str:
    """Write a district or a kind as the index does."""
    return f"@{value}"


def size(length: int) -> int:
    """Return a length as the index tells it apart."""
    return min(length, LONGEST)


def upwards(length: int) -> Sizes:
    """Return this length and all longer ones, whole tens at once."""
    tens = size(length + 9) // 10
    return [*range(size(length), tens * 10), *map(str, range(tens, LONGEST // 10)), LONGEST]


def tokens(name: str | None, *values: str) -> str:
    """Write a name, its district and its kind for SQLite's index."""
    if not name:
        return ""
    end = f"{size(len(name)):02}"
    return " ".join(_hex(gram) + end for gram in [*bigrams(name), *map(mark, values)])


def match(grams: Sequence[str], sizes: Sizes = ()) -> str:
    """Ask SQLite's index for the names, of these lengths or of any, that hold all these grams."""
    held = [_hex(gram) for gram in grams]
    if not sizes:
        return " AND ".join(f"{gram}*" for gram in held)
    ends = (f"{one:02}" if isinstance(one, int) else f"{one}*" for one in sizes)
    return " OR ".join("(" + " AND ".join(gram + end for gram in held) + ")" for end in ends)


def tsquery(grams: Sequence[str], sizes: Sizes = ()) -> str:
    """Ask PostgreSQL's index the same."""
    held = ["'" + gram.replace("\\", "\\\\").replace("'", "''") for gram in grams]
    if not sizes:
        return " & ".join(f"{gram}':*" for gram in held)
    ends = (f"{one:02}'" if isinstance(one, int) else f"{one}':*" for one in sizes)
    return " | ".join("(" + " & ".join(gram + end for gram in held) + ")" for end in ends)


def _hex(text: str) -> str:
    # Hexadecimal digits are what no tokenizer splits or folds.
    return "".join(f"{ord(char):06x}" for char in text)
