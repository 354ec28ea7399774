"""What is not about an entity: terms, banks, counters, humans, and how we are to speak."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answer import Answer, Heard
from bot.replies import Transfer
from bot.understanding import Meant
from bot.whereabouts import Spot
from bot.wish import Wish
from core import accounts
from core.accounts import Channel
from core.db import Writing
from core.installations import Locale
from core.preferences import looks

WINDOW = "window"


def explain(heard: Heard, meant: Meant) -> Answer:
    """Explain a term in plain words; ask which one where none that we know was said."""
    term = heard.desk.terms.get(meant.term)
    if term is None:
        known = heard.said.BETWEEN.join(heard.desk.terms)
        return Answer(heard.said.EXPLAIN_WHICH.format(known), missed=True)
    return Answer(term.en if heard.wish.language == "en" else term.zh)


def bank(heard: Heard, _meant: Meant) -> Answer:
    """Send a question about bank credit (征信) to whose matter it is."""
    fact = heard.desk.facts["bank"]
    return Answer(fact.en if heard.wish.language == "en" else fact.zh)


def window(heard: Heard, meant: Meant) -> Answer:
    """Name the counter of a district, or ask which one."""
    return at(heard, meant.district)


def district(_heard: Heard, meant: Meant) -> str:
    """Return which district is meant."""
    return meant.district


def served(heard: Heard, given: Sequence[str]) -> Answer:
    """Name the counter of the district that was asked for."""
    return at(heard, given[0])


def at(heard: Heard, district: str) -> Answer:
    """Name the counter of a district; of none, ask."""
    counter = heard.desk.windows.get(district)
    if counter is None:
        talk = replace(heard.talk, ask=WINDOW, given=[])
        return Answer(heard.said.STEPS[WINDOW], talk, asks=True)
    department = counter.department or heard.said.WINDOW_OFFICE
    about = {"department": department, "hotline": counter.hotline}
    told = heard.said.WINDOW.format(district=district, **about)
    is_asked = heard.talk.ask == WINDOW
    return Answer(told, replace(heard.talk, ask="", given=[]) if is_asked else None)


def near(heard: Heard, label: str, spot: Spot | None) -> Answer:
    """Name the counter for a place: by its address, else by the nearest district, as a guess."""
    ground = heard.desk.ground
    if ground.excludes(label, spot):
        return Answer(heard.said.WINDOW_ELSEWHERE)
    # A shop's name after the district is else heard as a company's.
    district = ground.district(label) or heard.desk.district_in(label)
    if district or spot is None:
        return at(heard, district)
    found = at(heard, nearest := ground.nearest(spot))
    guess = heard.said.WINDOW_NEAR.format(district=nearest)
    return replace(found, text=f"{guess}\n{found.text}")


def human(heard: Heard) -> Answer:
    """Give the talk to a human if one is there; else say when, and what else helps."""
    hours, said = heard.desk.hours, heard.said
    is_open = hours.open_at(heard.now)
    now = said.HUMAN_NOW.format(hotline=hours.hotline) if is_open else _closed(heard)
    text = f"{now}\n{said.HUMAN.format(hours=hours.told(said.BETWEEN))}"
    taken_over = Transfer(hours.account) if is_open and hours.account else None
    return Answer(text, reply=taken_over)


def _closed(heard: Heard) -> str:
    """Say when somebody is there, and what is taken in at any time: a message is read by nobody."""
    hours, said = heard.desk.hours, heard.said
    following = hours.next_at(heard.now)
    when = (
        said.HUMAN_NEXT.format(following, said.WEEKDAYS[following.weekday()]) if following else ""
    )
    now = said.HUMAN_LATER.format(next=when, hotline=hours.hotline)
    return "\n".join([now, heard.link("complaint"), heard.link("objection")])


def speak(language: str, heard: Heard) -> Answer:
    """Speak another language from now on."""
    wish = _kept(heard, language=Locale(language))
    then = replace(heard, wish=wish)
    text = then.words.HELP if language == "en" else then.said.CHINESE
    return Answer(text, wish=wish)


def size(is_large: bool, heard: Heard) -> Answer:  # noqa: FBT001 - bound by its place
    """Set pages in larger type, or no longer."""
    text = heard.said.LARGER if is_large else heard.said.SMALLER
    return Answer(text, wish=_kept(heard, is_large=is_large))


def _kept(heard: Heard, *, language: Locale | None = None, is_large: bool | None = None) -> Wish:
    with Writing() as session:
        account = accounts.heard_from(session, Channel.WECHAT, heard.openid, now=heard.now)
        said = looks.say(session, account, language=language, is_large=is_large, now=heard.now)
    return Wish(said.language.value, said.is_large)
