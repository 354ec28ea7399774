"""Hints: a notice put into the words of a lock screen, which is read over shoulders."""

from collections.abc import Sequence
from types import ModuleType

from core.account_news import Changed
from core.case_news import Deadline, Progress
from core.installations import Device
from core.notices import Edition, Headline, Listing, Notice, Paper, Recall, Receipt, Reply
from messages import wording
from messages.push.jpush import Hint


def write(notice: Notice, event_id: int, devices: Sequence[Device]) -> Hint | None:
    """Put a notice into a hint for the devices of one account; None for what is no hint."""
    if isinstance(notice, Reply):  # belongs into a conversation
        return None
    words = wording.LANGUAGES[devices[0].locale]
    return Hint(
        devices=tuple(devices),
        title=words.PUSH_TITLE,
        text=_text(notice, devices[0].locale),
        extras={"message_id": str(event_id)},
        is_service=not isinstance(notice, Headline),
    )


_CARDS: dict[type, tuple[dict[str, ModuleType], str]] = {
    Changed: (wording.ACCOUNTS, "CHANGED_CARD"),
    Listing: (wording.LANGUAGES, "ALERT_CARD"),
    Recall: (wording.LANGUAGES, "RECALL_CARD"),
    Edition: (wording.LANGUAGES, "EDITION_CARD"),
}


def _text(notice: Notice, language: str) -> str:
    words = wording.LANGUAGES[language]
    text: str = words.PUSH_TEXT
    if card := _CARDS.get(type(notice)):
        text = getattr(card[0][language], card[1])[0]
    elif isinstance(notice, Receipt):
        text = words.CASE_CARD[notice.kind]
    elif isinstance(notice, Progress):
        text = wording.CASES[language].MOVED_CARD[notice.kind]
    elif isinstance(notice, Deadline):
        cases = wording.CASES[language]
        text = (cases.OVERDUE_CARD if notice.is_late else cases.DUE_CARD)[notice.kind]
    elif isinstance(notice, Paper):
        text = words.REPORT_CARD[notice.kind][0]
    return text
