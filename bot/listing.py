"""Red and black lists, all or one, of a district or the city: the newest first, five at a time."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.answer import Answer, Heard
from bot.understanding import Meant
from core import browse, subjects
from core.browse import Listed, Place, Wanted
from core.calendar import day, in_kunming
from core.db import Reading
from core.records import RecordKind, Severity
from core.rules.lists import ListKind

PAGE = 5
BLACK, RED, CITY = "black", "red", "all"
_COLOURS = {BLACK: RecordKind.BLACK_LIST, RED: RecordKind.RED_LIST}
_CHOICES = {"1": BLACK, "2": RED, "red": RED}
_REDS, _BLACKS = ("红", "守信", "a级", "red list", "redlist"), ("黑", "失信", "老赖", "black")
_LISTS = ("名单", "名录", "blacklist", "redlist", " list")
_LISTED = frozenset({"lists", "wages"})
_ASKED, _OF_ONE = (
    ("名单", "哪些", "list"),
    ("老板", "boss", "在不在", "是不是", "上没上", "上了", "有没有上"),
)
_WHOLE = ("全市", "全部", "所有", "昆明", "kunming")


def colour(heard: Heard, meant: Meant) -> str:
    """Return which list is meant: all of a colour by number or by name, or one by its code."""
    if (one := heard.desk.list_in(heard.text)) and not heard.desk.names.find(meant.name):
        return one
    text = _folded(heard).strip()
    is_red, is_black = (any(word in text for word in words) for words in (_REDS, _BLACKS))
    if is_red != is_black:
        return RED if is_red else BLACK
    return _CHOICES.get(text, "")


def district(heard: Heard, meant: Meant) -> str:
    """Return which district is meant: its code, or the whole city. A company's name means none."""
    if heard.desk.names.find(meant.name):
        return ""
    if meant.district:
        return heard.desk.codes[meant.district]
    text = _folded(heard)
    return CITY if "all" in text.split() or any(word in text for word in _WHOLE) else ""


def which(heard: Heard, meant: Meant) -> str:
    """Return the list that answers our question; one with its place is a whole request anew."""
    is_whole = meant.intent in _LISTED and district(heard, meant) != ""
    return "" if is_whole else colour(heard, meant)


def place(heard: Heard, meant: Meant) -> str:
    """Return the district that answers our question; a list that is named is another question."""
    is_another = meant.intent in _LISTED and colour(heard, meant) != ""
    return "" if is_another else district(heard, meant)


def is_asked(heard: Heard) -> bool:
    """Say whether a text asks for a list, and not whether somebody is on it."""
    folded = _folded(heard)
    is_of_one = any(word in folded for word in _OF_ONE)
    return any(word in folded for word in _ASKED) and not is_of_one


def is_named(heard: Heard, meant: Meant) -> bool:
    """Say whether a text names a list, and no company."""
    text = _folded(heard)
    is_company = meant.name or any(word in text for word in heard.desk.pointing)
    return not is_company and any(word in text for word in _LISTS)


def is_one(colour: str) -> bool:
    """Say whether one list is meant, and not all of a colour."""
    return bool(colour) and colour not in _COLOURS


def is_elsewhere(heard: Heard) -> bool:
    """Say whether the list of another place than Kunming is asked for."""
    folded = _folded(heard)
    return any(place in folded for place in heard.desk.elsewhere)


def _folded(heard: Heard) -> str:
    return heard.desk.understanding.folded(heard.text)


def show(heard: Heard, given: Sequence[str]) -> Answer:
    """Show the first page of a list."""
    return _page(heard, f"{given[0]}|{given[1]}", None)


def more(heard: Heard) -> Answer:
    """Show the next page of the list that is read."""
    ordinal, number = heard.talk.after
    return _page(heard, heard.talk.listing, Place(date.fromordinal(ordinal), number))


def _page(heard: Heard, listing: str, after: Place | None) -> Answer:
    which, _, place = listing.partition("|")
    with Reading() as session:
        pages = [
            browse.page(session, wanted, today=day(heard.now), limit=PAGE + 1, after=after).items
            for wanted in _wanted(heard.desk.lists.values(), which, place)
        ]
        found = list(heapq.merge(*pages, key=_newest, reverse=True))
        shown = found[:PAGE]
        ids = subjects.ids_of(session, [one.uscc for one in shown])
    if not shown:
        text = _none(heard, listing) if after is None else heard.said.LIST_END
        return Answer(text, replace(heard.talk, listing=""))
    has_more = len(found) > PAGE
    last = shown[-1]
    talk = replace(
        heard.talk,
        hits=[ids[one.uscc] for one in shown],
        doing="show",
        search="",
        listing=listing if has_more else "",
        after=[last.event_date.toordinal(), last.id],
        rest=[],
        phrases=[],
    )
    return Answer(_told(heard, shown, (which, place), more=has_more), talk)


def _wanted(lists: Iterable[ListKind], which: str, place: str) -> list[Wanted]:
    district = None if place == CITY else place
    if is_one(which):
        held = [one for one in lists if one.code == which]
    else:
        held = [one for one in lists if one.kind is _COLOURS[which]]
    return [
        Wanted(one.kind, list_kind=one.code, district=district)
        for one in held
        if one.severity is not Severity.MINOR
    ]


def _newest(one: Listed) -> tuple[date, int]:
    return one.event_date, one.id


def _named(heard: Heard, listing: tuple[str, str]) -> dict[str, str]:
    which, place = listing
    places = {code: name for name, code in heard.desk.codes.items()}
    return {
        "list": heard.desk.lists[which].name if is_one(which) else heard.said.LIST_NAMES[which],
        "place": places.get(place, heard.said.CITY),
        "moment": f"{in_kunming(heard.now):%Y-%m-%d %H:%M}",
    }


def _none(heard: Heard, listing: str) -> str:
    which, _, place = listing.partition("|")
    text = heard.said.LIST_NONE_ONE if is_one(which) else heard.said.LIST_NONE
    none = text.format(**_named(heard, (which, place)))
    return f"{none}{_whose(heard, which)}\n{_leads(heard, which)}"


def _told(heard: Heard, shown: Sequence[Listed], listing: tuple[str, str], *, more: bool) -> str:
    said = heard.said
    lines = [_line(heard, number, one) for number, one in enumerate(shown, start=1)]
    tail = said.LIST_TAIL + (said.LIST_MORE if more else "") + _whose(heard, listing[0])
    head, page = said.LIST_HEAD.format(**_named(heard, listing)), _leads(heard, listing[0])
    return "\n".join([head, *lines, page, tail])


def _leads(heard: Heard, which: str) -> str:
    return heard.link("list", which) if is_one(which) else heard.link("lists")


def _whose(heard: Heard, which: str) -> str:
    """Say that nobody is on this list here, where most of those who are on it are persons."""
    is_of_persons = is_one(which) and heard.desk.lists[which].kind is RecordKind.JUDGMENT_DEFAULTER
    return str(heard.said.LIST_ENTITIES) if is_of_persons else ""


def _line(heard: Heard, number: int, one: Listed) -> str:
    listed = heard.desk.lists.get(one.list_kind or "")
    return str(
        heard.said.LIST_LINE.format(
            number=number,
            name=one.name,
            list=listed.name if listed else "",
            authority=one.authority,
            event=one.event_date,
            ends=heard.said.LIST_ENDS.format(one.ends_on) if one.ends_on else "",
        )
    )
