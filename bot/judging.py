"""Two questions: does this employer owe wages, is this travel agency in good standing."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer, Heard, paged
from core.calendar import in_kunming
from core.query import Item, View
from core.records import RecordKind

WAGES = "WAGE_ARREARS"
_BAD = frozenset({RecordKind.PENALTY, RecordKind.BLACK_LIST, RecordKind.ABNORMAL_OPERATION})
_SHOWN = 5


def wages(heard: Heard, entity: View) -> Answer:
    """Say whether an employer is on the list of unpaid wages, with dates, source and term."""
    listed = [item for item in entity.items if item.list_kind == WAGES]
    said = heard.said
    head = said.WAGES_LISTED if listed else said.WAGES_CLEAR
    return _told(heard, entity, (head, listed, said.WAGES_NEXT))


def travel(heard: Heard, entity: View) -> Answer:
    """Say what is held against a travel agency; nothing held is no praise."""
    held = [item for item in entity.items if item.kind in _BAD]
    said = heard.said
    head = said.TRAVEL_LISTED if held else said.TRAVEL_CLEAR
    return _told(heard, entity, (head, held, said.TRAVEL_NEXT))


def _told(heard: Heard, entity: View, parts: tuple[str, Sequence[Item], str]) -> Answer:
    head, items, following = parts
    about = {
        "name": entity.name,
        "moment": f"{in_kunming(heard.now):%Y-%m-%d %H:%M}",
        "licences": entity.counts.get(RecordKind.LICENCE, 0),
    }
    told = heard.words.records(items[:_SHOWN], now=heard.now)
    talk = replace(heard.talk, last=entity.id, code=entity.uscc, rest=[])
    return paged(["\n".join([head.format(**about), *told, following])], talk)
