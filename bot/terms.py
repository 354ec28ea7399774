"""Terms: words of the trade, told in plain ones."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One term: how it is said (the first is its name), and what it means in both languages."""

    names: tuple[str, ...]
    zh: str
    en: str
