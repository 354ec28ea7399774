"""Sentences of citizens, with what they mean: a part to build by, and a part held back."""

from pathlib import Path

from bot.answers import ANSWERS
from config import rulebook, talking

FOLDER = Path("tests/data/sentences")


def read(part):
    """Return (intent, sentence, what is meant or nothing) of one part."""
    lines = (FOLDER / f"{part}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows]


def understanding():
    """Return the account's own tables."""
    terms = talking.terms()
    return talking.understanding(ANSWERS, rulebook.load().places, terms)


def missed(tables, part):
    """Return the sentences of a part that are not understood, with what was."""
    names = {name: term.names[0] for term in talking.terms() for name in term.names}
    wrong = []
    for intent, sentence, slot in read(part):
        meant = tables.of(sentence)
        held = {meant.name, meant.number}
        fits = slot in held or names.get(slot, "-") == meant.term
        fits = fits or bool(slot and meant.district.startswith(slot))
        if meant.intent != intent or (slot and not fits):
            wrong.append((intent, sentence, meant))
    return wrong
