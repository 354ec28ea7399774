"""Sorts: what a notice is called outside, whatever brings it; the words are in notices_*."""

from core.account_news import Changed
from core.case_news import Closed, Deadline, Progress
from core.notices import (
    Digest,
    Edition,
    Headline,
    Listing,
    Looked,
    Notice,
    Paper,
    Recall,
    Receipt,
    Reply,
)
from core.outbox.deliveries import EventKind
from messages import wording

_PLAIN: dict[type, str] = {
    Looked: "viewed",
    Changed: "changed",
    Digest: "digest",
    Recall: "recall",
    Edition: "edition",
    Headline: "campaign",
}


_LISTINGS = {
    EventKind.BLACKLISTED: "alert",
    EventKind.RECORD_ADDED: "record",
    EventKind.REPAIRABLE: "repairable",
    EventKind.ENDING: "ending",
}


def of(notice: Notice) -> str:
    """Return the sort of a notice; an answer in a conversation has none."""
    if isinstance(notice, Reply | Closed):
        raise TypeError("it is no notice outside")
    if isinstance(notice, Listing):
        return _LISTINGS[notice.event]
    if isinstance(notice, Paper):
        return notice.kind.value
    if isinstance(notice, Receipt | Progress | Deadline):
        return f"{stage(notice)}_{notice.kind}"
    return _PLAIN[type(notice)]


def stage(notice: Receipt | Progress | Deadline) -> str:
    """Return where a case stands that a notice is about."""
    if isinstance(notice, Deadline):
        return "overdue" if notice.is_late else "due"
    return "received" if isinstance(notice, Receipt) else "moved"


def title(notice: Notice, language: str) -> str:
    """Name a notice as a lock screen may show it."""
    words: dict[str, str] = wording.NOTICES[language].TITLES
    return words[of(notice)]


def alike(notice: Notice) -> list[str]:
    """Return the sorts of all that is told under the number of a case or of a report."""
    if isinstance(notice, Paper):
        return ["report_ready", "report_recalled"]
    if isinstance(notice, Receipt | Progress | Deadline):
        return [f"{one}_{notice.kind}" for one in ("received", "moved", "due", "overdue")]
    return []
