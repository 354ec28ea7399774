"""Load the examples of how citizens say things, and learn from them what a text is most like."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from bot.likeness import ELSE, Likeness, Weights, learn
from bot.reading import Reader
from config.rulebook.tables import RulebookError

_NAME = "examples.tsv"
_LEAST, _MOST = 2, 3


def examples(folder: Path) -> list[tuple[str, str, str]]:
    """Return (intent, sentence, what is meant or nothing). Raises RulebookError."""
    lines = (folder / _NAME).read_text(encoding="utf-8").splitlines()
    rows = [(at, line.split("\t")) for at, line in enumerate(lines, 1) if line[:1] not in {"", "#"}]
    if faults := [at for at, row in rows if not _LEAST <= len(row) <= _MOST]:
        raise RulebookError([f"{_NAME}:{at}: intent, tab, sentence" for at in faults])
    return [(row[0], row[1], "".join(row[2:])) for _, row in rows]


def learnt(reader: Reader, intents: Collection[str], folder: Path) -> Likeness:
    """Learn from the examples. Raises RulebookError for an intent that nothing answers."""
    held = examples(folder)
    if strange := sorted({intent for intent, *_ in held} - {*intents, ELSE}):
        raise RulebookError([f"{_NAME}: {one}: there is no answer to it" for one in strange])
    read = ((intent, reader.read(sentence)) for intent, sentence, _ in held)
    known = tuple((intent, one.spaced) for intent, one in read if one)
    meant: dict[str, set[str]] = {}
    for intent, words in known:
        meant.setdefault(words, set()).add(intent)
    said = {words: "".join(one) for words, one in meant.items() if len(one) == 1}
    return Likeness(_weights(known), said)


@cache
def _weights(held: tuple[tuple[str, str], ...]) -> Weights:
    """Once a process: it takes half a second."""
    return learn(held)
