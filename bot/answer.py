"""What a dialogue step is given and what it returns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import replies
from bot.memory import Talk
from core.query import View
from messages.wording import bot_zh as words


@dataclass(frozen=True)
class Heard:
    """One text, where the talk stood, when; `ahead` is what was looked up early."""

    openid: str
    text: str
    talk: Talk
    now: datetime
    ahead: View | None = None


@dataclass(frozen=True)
class Answer:
    """What to say, and where the talk stands now (None: where it stood)."""

    text: str
    talk: Talk | None = None


def paged(pages: Sequence[str], talk: Talk) -> Answer:
    """Say the first page, and keep the others for 更多."""
    first, *rest = pages
    return Answer(first + (words.MORE_HINT if rest else ""), replace(talk, rest=rest))


def fitting(answer: Answer, talk: Talk) -> Answer:
    """Cut an answer at WeChat's limit; what is cut off comes first when 更多 is said."""
    first, *rest = replies.pages(answer.text, words.MORE_HINT)
    if not rest:
        return answer
    talk = answer.talk or talk
    return Answer(first, replace(talk, rest=[*rest, *talk.rest]))
