"""Whether a message is ours (核验消息): pasted behind the words, or asked for in a dialogue.

What is pasted is judged at once and kept nowhere, in no talk either.
"""

import re
from collections.abc import Sequence

from bot.answer import Answer, Heard
from bot.understanding import Meant
from core import identifiers
from core.db import Reading
from core.identifiers import Scheme
from messages import official
from messages.official import Desk
from messages.wording import NOTICES

NAME = "authentic"
# 「核验消息 …」, and what people say for it.
_ASKED = re.compile(r"(?s)\s*(?:核验消息|核验短信|消息核验|短信核验|查消息真假)[\s:：]*(.*)")
# 「这条短信是真的吗：…」: a question, and below or behind it what it is about.
_QUESTION = re.compile(
    r"(?s)(?=[^:：?？\n]{0,20}(?:真|假|骗|你们|官方|可信|核验|核实))[^:：?？\n]{2,20}[:：?？\n]\s*(.+)"
)
# What nobody types of oneself: the sender's name in brackets, a link, a code.
_SIGN = re.compile(
    r"(?is)\s*【|.*(?:https?://|(?<![0-9a-z])(?=[0-9a-z-]*[0-9])[0-9a-z-]{5,22}(?![0-9a-z]))"
)
# What a citizen asks or tells of themselves. A message speaks to 您.
_OWN = re.compile(
    r"(?is)(?:我(?![们司行国]).{1,28}"
    r"|[^您]{0,28}(?:吗|呢|没有|多少|怎么办|咋办|是谁|thanks|thank you))[\s。.?？!！~]*"
)
_ENOUGH, _SHORTEST = 500, 6
# A question of one's own is shorter than a message; with the name of a company it may be longer.
_LONGEST, _LONGEST_NAMED, _LONGEST_LATIN = 13, 30, 60
_NAMED = frozenset("find follow unfollow wages travel".split())


def quoted(text: str) -> str:
    """Return the message that stands behind the words that ask about it, or nothing."""
    if asked := _ASKED.fullmatch(text):
        return asked[1].strip()
    asked = _QUESTION.fullmatch(text)
    message = asked[1].strip() if asked else ""
    return message if len(message) > _LONGEST or _is_signed(message) else ""


def pasted(heard: Heard, meant: Meant) -> str:
    """Return the message that was asked for, if this is one and no other question."""
    text = heard.text.strip()
    if _is_signed(text):
        return text
    return "" if _OWN.fullmatch(text) or len(text) < _least(text, meant) else text


def judge(heard: Heard, given: Sequence[str]) -> Answer:
    """Say whether we sent a message; never to whom."""
    words, language = NOTICES[heard.wish.language], heard.wish.language
    desk = Desk(heard.desk.code_key, heard.desk.public_url)
    # We write no telephone number: one that was taken out is a word more than ours.
    text = given[0] + heard.without
    with Reading() as session:
        found = official.check(session, desk, text, language=language, now=heard.now)
    ruled: str = words.RULINGS[found.ruling]
    shown = words.SAID.format(said=found.said) if found.said else ""
    return Answer(f"{ruled}{shown}\n{words.NEVER_ASKED}\n{heard.said.AGAIN_MESSAGE}")


def _least(text: str, meant: Meant) -> int:
    """Return how long a message is at least, for what a text means else."""
    if not meant.intent:
        return _SHORTEST
    if text.isascii():
        return _LONGEST_LATIN
    return _LONGEST_NAMED if meant.name and meant.intent in _NAMED else _LONGEST


def _is_signed(text: str) -> bool:
    is_company = identifiers.classify(text) is Scheme.USCC  # which is looked up
    return not is_company and _SIGN.match(text[:_ENOUGH]) is not None
