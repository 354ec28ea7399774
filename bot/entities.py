"""What is done with an entity once it is found: shown, followed, or judged for one question."""

from collections.abc import Sequence
from dataclasses import replace

from bot import finding, following, judging
from bot.answer import Answer, Heard, paged
from bot.finding import Purpose
from bot.understanding import Meant
from core import identifiers, query
from core.calendar import day
from core.glance import Glancing
from core.identifiers import Scheme
from core.query import View


def show(heard: Heard, entity: View) -> Answer:
    """Show what is public of an entity, and below it where the whole of it is."""
    talk = replace(heard.talk, last=entity.id, code=entity.uscc, rest=[])
    first, *rest = heard.words.view(entity, finding.registered(entity), now=heard.now)
    pages = [f"{first}\n{heard.link('entity', entity.uscc)}", *rest]
    return paged(pages, talk, heard.words.MORE_HINT)


SHOW = Purpose("show", show)
FOLLOW = Purpose("follow", following.follow)
UNFOLLOW = Purpose("unfollow", following.unfollow)
WAGES = Purpose("wages", judging.wages)
TRAVEL = Purpose("travel", judging.travel)
PURPOSES = {one.doing: one for one in (SHOW, FOLLOW, UNFOLLOW, WAGES, TRAVEL)}
# What is done with one company, by what a text means.
PURPOSED = frozenset("find follow unfollow wages travel".split())


def is_named(text: str) -> bool:
    """Say whether a text is a code, or can be searched as a name."""
    return identifiers.classify(text) is Scheme.USCC or query.is_name(text)


def named(heard: Heard, meant: Meant) -> str:
    """Return the entity that a text names while we wait for one: any name will do."""
    if meant.name and meant.intent in {"", "find", "wages", "travel", heard.talk.ask}:
        return meant.name
    text = heard.text.strip()
    return text if not meant.intent and is_named(text) else ""


def sought(doing: str, heard: Heard, given: Sequence[str]) -> Answer:
    """Find the entity that was named and use it for a purpose. Raises CreditError."""
    return finding.find(heard, given[0], PURPOSES[doing])


def use(heard: Heard, subject_id: int, purpose: Purpose) -> Answer:
    """Use an entity that an earlier answer numbered. Raises EntityNotFoundError."""
    with Glancing() as look:
        entity = query.by_id(look, subject_id, today=day(heard.now))
    return purpose.use(heard, entity)


def choose(heard: Heard, number: int) -> Answer | None:
    """Use the entity that has this number in the last list; None where nothing is numbered."""
    talk = heard.talk
    if not talk.hits and not talk.phrases:
        return None
    if not 1 <= number <= len(talk.hits):
        return Answer(heard.words.NO_CHOICE)
    return use(heard, talk.hits[number - 1], PURPOSES[talk.doing])
