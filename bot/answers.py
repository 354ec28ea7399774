"""Answers: what is done about each intent. The table of phrases may mean no other."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot import (
    choosing,
    entities,
    finding,
    following,
    listing,
    manners,
    news,
    official,
    papers,
)
from bot.answer import Answer, Heard, paged
from bot.asking import Dialogue, Dialogues, Step
from bot.entities import FOLLOW, UNFOLLOW
from bot.memory import Talk
from bot.understanding import Meant
from core.calendar import day

Doing = Callable[[Heard, Meant], Answer]

_NAMED = entities.named
DIALOGUES = Dialogues(
    {
        "find": Dialogue([Step("find", _NAMED)], partial(entities.sought, "show")),
        "follow": Dialogue([Step("follow", _NAMED)], partial(entities.sought, "follow"), told=2),
        "wages": Dialogue([Step("wages", _NAMED)], partial(entities.sought, "wages")),
        "travel": Dialogue([Step("travel", _NAMED)], partial(entities.sought, "travel")),
        "verify": Dialogue(
            [Step("report_no", papers.number), Step("report_code", papers.code)], papers.judge
        ),
        official.NAME: Dialogue([Step("message", official.pasted, first=True)], official.judge),
        "lists": Dialogue(
            [Step("colour", listing.which, numbered=True), Step("district", listing.place)],
            listing.show,
        ),
        manners.WINDOW: Dialogue([Step("window", manners.district)], manners.served),
    }
)


def _entity(name: str, heard: Heard, meant: Meant) -> Answer:
    return DIALOGUES.begin(heard, name, [meant.name] if meant.name else [])


def _follow_list(heard: Heard, meant: Meant) -> Answer:
    """Lead to where a list is followed: here a company would be taken for it."""
    which = listing.colour(heard, meant)
    page = heard.link("list", which) if listing.is_one(which) else heard.link("lists")
    return Answer(f"{heard.said.FOLLOW_LIST}\n{page}")


def _unfollow(heard: Heard, meant: Meant) -> Answer:
    if listing.is_named(heard, meant):
        return _follow_list(heard, meant)
    if meant.name:
        return finding.find(heard, meant.name, UNFOLLOW)
    if heard.talk.last and not heard.talk.ask:
        return entities.use(heard, heard.talk.last, UNFOLLOW)
    return following.listing(heard, UNFOLLOW.doing)


def _follow(heard: Heard, meant: Meant) -> Answer:
    if listing.is_named(heard, meant):
        return _follow_list(heard, meant)
    if not meant.name and heard.talk.last and not heard.talk.ask:
        return entities.use(heard, heard.talk.last, FOLLOW)
    if not meant.name:
        # Whoever is asked whom to follow does not mean a number of an older list.
        heard = replace(heard, talk=Talk(phrases=heard.talk.phrases))
    return _entity("follow", heard, meant)


def _verify(heard: Heard, meant: Meant) -> Answer:
    number = papers.number(heard, meant)
    return DIALOGUES.begin(heard, "verify", [number] if number else [])


def _authentic(heard: Heard, _meant: Meant) -> Answer:
    asked = DIALOGUES.begin(heard, official.NAME)
    told = heard.said.SAID["authentic"], asked.text, heard.link("authentic")
    return replace(asked, text="\n".join(told))


def _lists(heard: Heard, meant: Meant) -> Answer:
    colour, place = listing.colour(heard, meant), listing.district(heard, meant)
    if not place and listing.is_elsewhere(heard):
        return Answer(heard.said.LIST_ELSEWHERE)
    if listing.is_one(colour):
        place = place or listing.CITY
    if colour and place:
        return DIALOGUES.begin(heard, "lists", [colour, place])
    # Without a colour the district is asked again: a list is first one or the other.
    return DIALOGUES.begin(heard, "lists", [colour] if colour else [])


def _wages(heard: Heard, meant: Meant) -> Answer:
    if not meant.name and listing.is_asked(heard):
        return _lists(heard, meant)
    return _entity("wages", heard, meant)


def _more(heard: Heard, _meant: Meant) -> Answer:
    talk = heard.talk
    if talk.rest:
        return paged(talk.rest, talk, heard.words.MORE_HINT)
    if talk.listing:
        return listing.more(heard)
    if talk.search:
        purpose = entities.PURPOSES[talk.doing]
        return finding.search(heard, talk.search, purpose, after=talk.after)
    return Answer(heard.words.NO_MORE)


def _back(heard: Heard, _meant: Meant) -> Answer:
    if step := DIALOGUES.back(heard):
        return step
    if heard.talk.ask:
        return Answer(heard.said.MENU_BACK, replace(heard.talk, ask="", given=[]))
    return Answer(heard.said.BACK_NOWHERE)


def _again(heard: Heard, _meant: Meant) -> Answer:
    return DIALOGUES.again(heard) or Answer(heard.said.NOTHING_TO_RESUME)


def _cancel(heard: Heard, _meant: Meant) -> Answer:
    return Answer(heard.words.CANCELLED, Talk())


def _words(name: str) -> Doing:
    return lambda heard, _meant: Answer(getattr(heard.words, name))


def _led(key: str, page: str) -> Doing:
    """Say a fixed text, and lead to a page."""
    return lambda heard, _meant: Answer(f"{heard.said.SAID[key]}\n{heard.link(page)}")


def _about(key: str, page: str) -> Doing:
    """Say a fixed text, and lead to the entity that was shown last, else to one's own page."""

    def told(heard: Heard, _meant: Meant) -> Answer:
        days = heard.desk.repair_days(day(heard.now))
        text = heard.said.SAID[key].format(days=days)
        if not (code := heard.talk.code):
            return Answer(f"{text}\n{heard.link(page)}")
        last = heard.said.OF_LAST.format(code[-4:], heard.link("entity", code))
        return Answer(f"{text}\n{last}")

    return told


def _said(key: str) -> Doing:
    return lambda heard, _meant: Answer(heard.said.SAID[key])


def _only(done: Callable[[Heard], Answer]) -> Doing:
    return lambda heard, _meant: done(heard)


ANSWERS: dict[str, Doing] = {
    "cancel": _cancel,
    "back": _back,
    "more": _more,
    "continue": _again,
    "help": _words("HELP"),
    "menu": _only(choosing.menu),
    "find": partial(_entity, "find"),
    "wages": _wages,
    "travel": partial(_entity, "travel"),
    "follow": _follow,
    "unfollow": _unfollow,
    "follows": _only(following.listing),
    "subscribe": _only(following.subscribe),
    "unsubscribe": _only(following.unsubscribe),
    "lists": _lists,
    "verify": _verify,
    "mine": _led("mine", "mine"),
    "viewers": _led("viewers", "viewers"),
    "cases": _led("cases", "cases"),
    "progress": _led("progress", "progress"),
    "repair": _about("repair", "repair"),
    "object": _about("object", "objection"),
    "report": _about("report", "report"),
    "account": _led("account", "me"),
    "data": _led("data", "data"),
    "share": _led("share", "shares"),
    "settings": _led("settings", "settings"),
    "inbox": _led("inbox", "inbox"),
    "steps": _led("steps", "cases"),
    "link": _led("link", "identity"),
    "scores": _led("scores", "scoreboard"),
    "decisions": _led("decisions", "decisions"),
    "promises": _led("promises", "promises"),
    "rules": _led("rules", "rules"),
    "effects": _led("effects", "rules"),
    "authentic": _authentic,
    "complain": _led("complain", "complaint"),
    "policy": _only(news.latest),
    "explain": manners.explain,
    "bank": manners.bank,
    "window": manners.window,
    "human": _only(manners.human),
    "english": _only(partial(manners.speak, "en")),
    "chinese": _only(partial(manners.speak, "zh")),
    "larger": _only(partial(manners.size, True)),  # noqa: FBT003 - larger
    "smaller": _only(partial(manners.size, False)),  # noqa: FBT003 - or not
    "thanks": _said("thanks"),
    "greet": _said("greet"),
}
# Whatever is asked, in a dialogue too.
EVERYWHERE = frozenset("cancel back more continue help menu human".split())
