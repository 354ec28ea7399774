"""Whether a message is ours (核验消息), asked in the talk: one function, for whoever talks."""

import re
from datetime import datetime

from core.db import Reading
from messages import official
from messages.official import Desk
from messages.wording import NOTICES

# 「核验消息 …」, and what people say for it.
ASKED = re.compile(r"(?s)\s*(?:核验消息|核验短信|消息核验|查消息真假)[\s:：]*(.*)")


def answer(text: str, desk: Desk, *, now: datetime, language: str = "zh") -> str | None:
    """Say whether the message that somebody pastes is ours; None where nothing is pasted."""
    asked = ASKED.fullmatch(text)
    if asked is None or not asked[1].strip():
        return None
    words = NOTICES[language]
    with Reading() as session:
        found = official.check(session, desk, asked[1], language=language, now=now)
    ruled: str = words.RULINGS[found.ruling]
    shown = words.SAID.format(said=found.said) if found.said else ""
    return f"{ruled}{shown}\n{words.NEVER_ASKED}"
