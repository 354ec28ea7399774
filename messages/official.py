"""Official (官方消息核验): what we say to who asks whether a message is ours.

The words of the event are put together again and compared with what was pasted, without what
differs harmlessly: spaces, marks, width, case, our own links. Part of our words is ours; one word
more is not.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from core import notices, sent
from core.calendar import day
from core.notices import Headline, Notice
from core.outbox.deliveries import EventKind
from core.sent import Sent
from messages import notes, sorts
from messages.wechat import fields
from messages.wording import NOTICES

_LINK = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_LONGEST = 500
# What stands before a code or a number, on a card or in what people type.
_LABELS = re.compile(r"核验码|核验|受理编号|报告编号|check code|code")


class Ruling(StrEnum):
    """Whether a message is ours: it is; its code is, but the words are not; we know none."""

    OURS = "ours"
    WORDS_DIFFER = "words_differ"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Checked:
    """A ruling; of a message that we did send its kind, its day, and what it really said."""

    ruling: Ruling
    kind: EventKind | None = None
    on: date | None = None
    said: str | None = None


@dataclass(frozen=True)
class Desk:
    """What checking needs: the key of our codes, and our own address."""

    key: bytes
    public_url: str = ""


def check(
    session: Any,  # noqa: ANN401 - core's session
    desk: Desk,
    text: str,
    *,
    language: str = "zh",
    now: datetime,
) -> Checked:
    """Check a pasted text, or a code alone. It never says to whom anything went."""
    pasted = text[:_LONGEST]
    found = sent.find(session, desk.key, pasted)
    if found is None:
        return Checked(Ruling.UNKNOWN)
    notice = notices.read(session, found.event_id, today=day(now))
    ours = _is_ours(pasted, found, said=list(_said(notice)), desk=desk)
    shown = notice.title if isinstance(notice, Headline) else sorts.title(notice, language)
    ruling = Ruling.OURS if ours else Ruling.WORDS_DIFFER
    return Checked(ruling, found.kind, found.on, shown)


def _is_ours(pasted: str, found: Sent, *, said: list[str], desk: Desk) -> bool:
    links = _LINK.findall(pasted)
    home = f"{desk.public_url}/"
    if any(not desk.public_url or not link.startswith(home) for link in links):
        return False
    # Nothing is left of a code that was sent alone, and nothing stands everywhere.
    plain = _plain(pasted.replace(found.code, ""))
    return any(plain in _plain(each) for each in said)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", _LINK.sub("", text)).casefold()
    return "".join(char for char in _LABELS.sub("", folded) if char.isalnum())


def _said(notice: Notice) -> Iterator[str]:
    """Put together all that we may say of an event, but for its code."""
    for language, words in NOTICES.items():
        title = sorts.title(notice, language)
        yield notes.worded(title, "", language)
        yield words.SERVICE.format(title=title, link="", code="")
        yield words.PUSH.format(title=title, code="")
        # A number stands on every card about a case or a report, whatever it is that has happened.
        for one in sorts.alike(notice):
            yield f"{words.THINGS[one]} {words.HINT.format(code='')}"
            yield notes.worded(words.TITLES[one], "", language)
            yield words.PUSH.format(title=words.TITLES[one], code="")
        thing, hint = words.THINGS[sorts.of(notice)], words.HINT
        if isinstance(notice, Headline):
            thing, hint = fields.cut(notice.title), words.CAMPAIGN_HINT
        yield f"{thing} {hint.format(code='')}"
