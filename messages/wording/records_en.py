"""Words of records, lists and releases in English, key for key as in Chinese."""

from datetime import date as Date  # noqa: N812 - `date` is a word elsewhere
from datetime import datetime

from messages.wording import en

# What a record bears while it is shown otherwise than as it was published.
MARKS = {"disputed": "objection being handled", "corrected": "corrected"}

ADVICE = {
    "should_not_be_public": "A minor penalty should not be public. Please object at once.",
    "repair_now": "Repair may be applied for now.",
    "repair_later": "Repair may be applied for from {}.",
    "object": "If this record is wrong, you may object to it.",
    "await_objection": "An objection to this record is being handled. Please await its result; "
    "its receipt code shows the progress.",
}

DETAIL_FACTS = {
    "violation_type": "Kind of violation",
    "violation_facts": "What was done",
    "legal_basis": "Legal basis of the penalty",
    "content": "What was decided",
    "fine_wan": "Fine (10,000 yuan)",
    "confiscated_wan": "Confiscated (10,000 yuan)",
    "licence_taken": "Licence suspended or revoked",
    "document_title": "Document",
    "category": "Kind of licence",
    "certificate_name": "Certificate",
    "licence_no": "Licence number",
    "valid_from": "Valid from",
    "valid_to": "Valid until",
    "promise_type": "Kind of promise",
    "matter": "Matter",
    "fulfilment": "Fulfilment",
    "result": "Result",
    "list_name": "List",
}

RELEASE_COLUMNS = {
    "name": "Entity",
    "uscc": "Unified social credit code",
    "document_no": "Document",
    "authority": "Decided by",
    "event_date": "Listed on",
    "ends_on": "Published until",
    "mark": "Mark",
}


def advice(what: str, day: Date | None) -> str:
    """Say what may be done about a record; `day` is from when it may be repaired."""
    return ADVICE[what].format(en.date(day) if day else "")


def term(said: str, citation: str) -> str:
    """Say in plain words how long the law has a record shown, and which law."""
    return f"{said}. Source: {citation}."


def listed(since: Date, until: Date | None) -> str:
    """Say since when a member is on a list, and until when it is shown."""
    ends = f", published until {en.date(until)}" if until else ""
    return f"Listed on {en.date(since)}{ends}"


def no_longer_shown(count: int) -> str:
    """Say how many members of a release are no longer shown."""
    return f"{count} more are no longer published and not listed."


def release_as_of(total: int, moment: datetime) -> str:
    """Say how many a release named, and as of when its page is."""
    return f"{total} when released. Below are those still published as of {en.time(moment)}."


def release_title(list_name: str, day: Date) -> str:
    """Name a release."""
    return f"{list_name}, released on {en.date(day)}"
