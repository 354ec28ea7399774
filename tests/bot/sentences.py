"""Sentences of citizens, with what they mean, held back from whoever builds the tables.

`held` was written before the table of phrases, `later` before likeness was learnt.
"""

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


def missed(tables, held):
    """Return the sentences that are not understood, with what was."""
    names = {name: term.names[0] for term in talking.terms() for name in term.names}
    wrong = []
    for intent, sentence, slot in held:
        meant = tables.of(sentence)
        found = {_folded(tables, one) for one in (meant.name, meant.number) if one}
        fits = _folded(tables, slot) in found or names.get(slot, "-") == meant.term
        fits = fits or bool(slot and meant.district.startswith(slot))
        # Nobody is called as they say: then it is what they mean.
        if intent not in {meant.intent, meant.instead} or (slot and not fits):
            wrong.append((intent, sentence, meant))
    return wrong


def _folded(tables, text):
    return tables._reader._folding.fold(text).replace(" ", "").replace("-", "")
