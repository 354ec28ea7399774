"""Finding an entity by what a citizen typed: a code, or part of a name with a choice of five."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.answer import Answer, Heard
from core import identifiers, query
from core import registered as about
from core.calendar import day
from core.db import DatabaseError
from core.errors import EntityNotFoundError
from core.glance import Glancing
from core.identifiers import Scheme
from core.query import View
from core.registered import NOTHING, Registered
from core.search import Hit, Place

PAGE, _SHOWN = 5, 30

Use = Callable[[Heard, View], Answer]


@dataclass(frozen=True)
class Purpose:
    """What an entity is looked for: the word that the talk keeps, and what is done with it."""

    doing: str
    use: Use


def ahead(text: str, now: datetime) -> View | None:
    """Look up an entity while something else is waited for, if the text is nothing but a code."""
    if identifiers.classify(text) is not Scheme.USCC:
        return None
    # A database that is away is away again when the answer is made, and refused there.
    with suppress(EntityNotFoundError, *DatabaseError), Glancing() as look:
        return query.by_uscc(look, text, today=day(now))
    return None


def registered(entity: View) -> Registered:
    """Return what the registrar says beside name and state; asked only where there is something."""
    if entity.registered_as_of is None:
        return NOTHING
    with Glancing() as look:
        return about.of(look, entity.id)


def find(heard: Heard, wanted: str, purpose: Purpose) -> Answer:
    """Find the entity that was typed and use it, or number several. Raises CreditError."""
    if identifiers.classify(wanted) is Scheme.USCC:
        with Glancing() as look:
            entity = query.by_uscc(look, wanted, today=day(heard.now))
        return purpose.use(heard, entity)
    return search(heard, wanted, purpose)


def search(heard: Heard, name: str, purpose: Purpose, *, after: Sequence[int] = ()) -> Answer:
    """Show one page of what a name search finds, behind a place; a single find is used at once."""
    place = Place(*after) if after else None
    with Glancing() as look:
        found = query.by_name(look, name, limit=PAGE + 1, after=place)
        only = found[0].id if len(found) == 1 and place is None else None
        entity = query.by_id(look, only, today=day(heard.now)) if only else None
    if entity is not None:
        return purpose.use(heard, entity)
    if not found:
        return Answer(heard.words.NO_MORE) if place else _alike(heard, name, purpose)
    return _numbered(heard, name, purpose, found=found)


def _alike(heard: Heard, name: str, purpose: Purpose) -> Answer:
    """List by number who is called like a name in full; nobody is used at once."""
    own = heard.desk.names.own(name)
    with Glancing() as look:
        found = query.by_name(look, own, limit=PAGE + 1) if own else []
    if not found:
        return Answer(heard.words.nothing(name, now=heard.now), missed=True)
    answer = _numbered(heard, own, purpose, found=found)
    return replace(answer, text=heard.said.ALIKE.format(name[:_SHOWN]) + answer.text)


def _numbered(heard: Heard, name: str, purpose: Purpose, *, found: Sequence[Hit]) -> Answer:
    """List one page of what was found by number."""
    shown, more = found[:PAGE], len(found) > PAGE
    talk = replace(
        heard.talk,
        hits=[hit.id for hit in shown],
        doing=purpose.doing,
        search=name if more else "",
        after=list(shown[-1].place),
        listing="",
        rest=[],
        phrases=[],
    )
    return Answer(heard.words.hits(shown, more=more, doing=purpose.doing, now=heard.now), talk)
