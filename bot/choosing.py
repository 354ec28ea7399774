"""Choosing what to do by number: the welcome, the menu, what a district has."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.answer import Answer, Heard
from bot.memory import Talk
from bot.understanding import Meant

_NUMBERS = "一二三四五六七八九"
_CHOICE = re.compile(f"(?:就?[看选查要])?第([{_NUMBERS}]|[1-9][0-9]?)[个家项]")


def welcome(heard: Heard) -> Answer:
    """Greet whoever comes to the account; what was talked about before is over."""
    words = heard.words
    return _listed(Talk(), words.WELCOME, head=words.WELCOME_HEAD, tail=words.WELCOME_TAIL)


def menu(heard: Heard) -> Answer:
    """List what people use most."""
    words = heard.words
    return _listed(heard.talk, words.MENU, head=words.MENU_HEAD, tail=words.MENU_TAIL)


def of_district(heard: Heard, district: str) -> Answer:
    """List what can be asked of a district that was named without a question."""
    said = heard.said
    choices = {
        phrase.format(district): label.format(district) for phrase, label in said.DISTRICT.items()
    }
    head = said.DISTRICT_HEAD.format(district)
    return _listed(heard.talk, choices, head=head, tail=said.DISTRICT_TAIL)


def is_district(heard: Heard, meant: Meant) -> bool:
    """Say whether a text names a district and asks nothing of it."""
    if meant.name:
        return meant.intent == "find" and meant.district.startswith(meant.name)
    # In Latin letters it is no name.
    return not meant.intent and meant.district != "" and heard.text.strip().isascii()


def counted(typed: str) -> str:
    """Return the number of a choice that was said in words (第二家); else what was typed."""
    said = _CHOICE.fullmatch(typed)
    return str(_NUMBERS.find(said[1]) + 1 or said[1]) if said else typed


def chosen(talk: Talk, typed: str) -> str:
    """Return the words that a number stands for, or nothing."""
    if not (typed.isdecimal() and 1 <= int(typed) <= len(talk.phrases)):
        return ""
    return talk.phrases[int(typed) - 1]


def _listed(talk: Talk, choices: Mapping[str, str], *, head: str, tail: str) -> Answer:
    lines = [f"{number}. {label}" for number, label in enumerate(choices.values(), start=1)]
    now = replace(talk, phrases=list(choices), hits=[])
    return Answer("\n".join([head, *lines, tail]), now)
