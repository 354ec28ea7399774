"""What a dialogue step is given and what it returns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import ModuleType

from bot import replies
from bot.desk import Desk
from bot.memory import Talk
from bot.replies import Reply
from bot.wish import PLAIN, Wish
from core.query import View
from messages.wording import BOT, TALK
from messages.wording import bot_zh as words

_PLACE = re.compile(r"<\w+>")


@dataclass(frozen=True)
class Heard:
    """One text, where the talk stood, when; `ahead` is what was looked up early.

    `without` stands for a telephone number that was taken out of the text.
    """

    openid: str
    text: str
    talk: Talk
    now: datetime
    desk: Desk
    ahead: View | None = None
    wish: Wish = PLAIN
    without: str = ""

    @property
    def words(self) -> ModuleType:
        """Return the words of answers about entities, in the citizen's language."""
        return BOT[self.wish.language]

    @property
    def said(self) -> ModuleType:
        """Return the words of everything else, in the citizen's language."""
        return TALK[self.wish.language]

    def link(self, page: str, code: str = "") -> str:
        """Return the line that leads to a page, or to the app where there is no such page.

        The page of an entity, or of a list, is that of this code.
        """
        address = self.desk.links.get(page)
        if address is None:
            return str(self.said.IN_APP)
        address = _PLACE.sub(code, address)
        return f'<a href="{address}{self.wish.asked()}">{self.said.PAGES[page]}</a>'


@dataclass(frozen=True)
class Answer:
    """What to say, and where the talk stands now (None: where it stood).

    `reply` is said instead of the text where it is something else than a text; `missed` that we
    did not understand; `wish` a change of how the citizen wants to be spoken to; `forget` the
    openid of whose talk nothing is to be kept; `asks` that it is the question of a step. Without
    a text and a reply nothing is said.
    """

    text: str
    talk: Talk | None = None
    reply: Reply | None = None
    missed: bool = False
    wish: Wish | None = None
    forget: str = ""
    asks: bool = False


def paged(pages: Sequence[str], talk: Talk, hint: str = words.MORE_HINT) -> Answer:
    """Say the first page, and keep the others for 更多."""
    first, *rest = pages
    return Answer(first + (hint if rest else ""), replace(talk, rest=rest))


def fitting(answer: Answer, heard: Heard) -> Answer:
    """Cut an answer at WeChat's limit; what is cut off comes first when 更多 is said."""
    first, *rest = replies.pages(answer.text, heard.words.MORE_HINT)
    if not rest:
        return answer
    talk = answer.talk or heard.talk
    return replace(answer, text=first, talk=replace(talk, rest=[*rest, *talk.rest]))
