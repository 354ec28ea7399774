"""Policies: what whoever has an account agrees to, with the version that is in force.

A change of a text that changes its sense gets a new version: everybody is asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from core.consents import Document

_FOLDER = Path(__file__).parent
IN_FORCE: Mapping[Document, date] = {
    Document.PRIVACY: date(2026, 11, 25),
    Document.TERMS: date(2026, 11, 25),
}
# A version is called by the day from which it holds.
CURRENT: Mapping[Document, str] = {
    document: since.isoformat() for document, since in IN_FORCE.items()
}


@dataclass(frozen=True)
class Policy:
    """One document in one language: its title and its text (Markdown)."""

    document: Document
    version: str
    effective_from: date
    title: str
    text: str


@cache
def read(document: Document, language: str) -> Policy:
    """Return the document in force."""
    text = (_FOLDER / f"{document}_{language}.md").read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    return Policy(document, CURRENT[document], IN_FORCE[document], title, text)
