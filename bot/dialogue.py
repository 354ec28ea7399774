"""From what a citizen types to what we answer, and where the talk stands then."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from bot import finding, following, linking
from bot.answer import Answer, Heard, paged
from bot.finding import Purpose
from bot.memory import Talk
from core import identifiers, query
from core.calendar import day
from core.errors import CitizenIdRefusedError, CreditError
from core.glance import Glancing
from core.identifiers import Scheme
from core.query import View
from messages import wording
from messages.wording import bot_zh as words

# A code has eight letters and digits; people write it in two groups, or leave the space out.
_LINK = re.compile(r"绑定[\s:]*([0-9A-Za-z][0-9A-Za-z\s-]{3,20})")
_TAIL = re.compile(r"[\s。，,.!！?？~～;；]+$")


def answer(heard: Heard) -> Answer:
    """Answer one text. A citizen's number is neither searched nor kept."""
    if heard.ahead is not None:  # nothing but a code, and found
        return _show(heard, heard.ahead)
    if identifiers.holds_citizen_id(heard.text):
        return Answer(wording.refusal(CitizenIdRefusedError.code))
    typed = _TAIL.sub("", unicodedata.normalize("NFKC", heard.text)).strip()
    try:
        return _step(heard, typed)
    except CreditError as refusal:
        return Answer(wording.refusal(refusal.code))


def _step(heard: Heard, typed: str) -> Answer:
    if command := COMMANDS.get(typed.replace(" ", "").lower()):
        return command(heard)
    if typed.isdigit() and len(typed) <= 2:  # noqa: PLR2004 - a choice, not a code
        return _choose(heard, int(typed))
    if code := _LINK.fullmatch(typed):
        return linking.link(heard, code[1])
    verb = next((verb for verb in PREFIXES if typed.startswith(verb)), "")
    wanted = typed.removeprefix(verb).strip(" :")
    if identifiers.classify(wanted) is Scheme.USCC or query.is_name(wanted):
        return finding.find(heard, wanted, PREFIXES.get(verb, SHOW))
    return Answer(words.NOT_UNDERSTOOD)


def _choose(heard: Heard, number: int) -> Answer:
    if not 1 <= number <= len(heard.talk.hits):
        return Answer(words.NO_CHOICE if heard.talk.hits else words.NOT_UNDERSTOOD)
    return _use(heard, heard.talk.hits[number - 1], PURPOSES[heard.talk.doing])


def _use(heard: Heard, subject_id: int, purpose: Purpose) -> Answer:
    with Glancing() as look:
        entity = query.by_id(look, subject_id, today=day(heard.now))
    return purpose.use(heard, entity)


def _more(heard: Heard) -> Answer:
    if heard.talk.rest:
        return paged(heard.talk.rest, heard.talk)
    if heard.talk.search:
        purpose = PURPOSES[heard.talk.doing]
        return finding.search(heard, heard.talk.search, purpose, after=heard.talk.after)
    return Answer(words.NO_MORE)


def _follow_last(heard: Heard) -> Answer:
    if heard.talk.last:
        return _use(heard, heard.talk.last, FOLLOW)
    # Whoever was asked whom to follow does not mean a number of an older list.
    return Answer(words.FOLLOW_WHOM, Talk())


def _unfollow_last(heard: Heard) -> Answer:
    if heard.talk.last:
        return _use(heard, heard.talk.last, UNFOLLOW)
    return following.listing(heard, UNFOLLOW.doing)


def _show(heard: Heard, entity: View) -> Answer:
    talk = replace(heard.talk, last=entity.id, rest=[])
    return paged(words.view(entity, finding.registered(entity), now=heard.now), talk)


def _fixed(text: str) -> Callable[[Heard], Answer]:
    return lambda _heard: Answer(text)


SHOW = Purpose("show", _show)
FOLLOW = Purpose("follow", following.follow)
UNFOLLOW = Purpose("unfollow", following.unfollow)
PURPOSES = {purpose.doing: purpose for purpose in (SHOW, FOLLOW, UNFOLLOW)}
# The longer first: 取消关注 begins like nothing else, 关注 would match inside a name only.
PREFIXES = {"取消关注": UNFOLLOW, "关注": FOLLOW, "查询": SHOW, "查信用": SHOW}
COMMANDS: dict[str, Callable[[Heard], Answer]] = {
    "帮助": _fixed(words.HELP),
    "help": _fixed(words.HELP),
    "?": _fixed(words.HELP),
    "菜单": _fixed(words.MENU),
    "查信用": _fixed(words.ASK),
    "查询": _fixed(words.ASK),
    "取消": lambda _heard: Answer(words.CANCELLED, Talk()),
    "更多": _more,
    "我的关注": following.listing,
    "关注": _follow_last,
    "取消关注": _unfollow_last,
    "绑定": _fixed(words.LINK_HOW),
    "订阅宣传": following.subscribe,
    "订阅": following.subscribe,
    "退订": following.unsubscribe,
    "退订宣传": following.unsubscribe,
}
