"""Kinds of notices as people choose among them, and the outlets that can bring them."""

from enum import StrEnum

from core.outbox.deliveries import EventKind


class NoticeKind(StrEnum):
    """What a notice is about. One choice holds for all events of a kind."""

    ALERT = "alert"
    RECORD = "record"
    TERM = "term"
    RECALL = "recall"
    CASE = "case"
    ACCOUNT = "account"
    REPORT = "report"
    VIEWED = "viewed"
    DIGEST = "digest"
    RELEASE = "release"
    CAMPAIGN = "campaign"


class Outlet(StrEnum):
    """What brings a notice outside; the inbox is none of them: it has every notice, and first."""

    WECHAT = "wechat"
    PUSH = "push"
    SMS = "sms"


# None: nobody chooses about it. An answer in a conversation is no notice; that an account was
# changed is told in any case, as it may have been somebody else's doing.
KIND_OF: dict[EventKind, NoticeKind | None] = {
    EventKind.ACCOUNT_CHANGED: NoticeKind.ACCOUNT,
    EventKind.BLACKLISTED: NoticeKind.ALERT,
    EventKind.CAMPAIGN: NoticeKind.CAMPAIGN,
    EventKind.CASE_DUE: NoticeKind.CASE,
    EventKind.CASE_MOVED: NoticeKind.CASE,
    EventKind.CASE_OPENED: NoticeKind.CASE,
    EventKind.CASE_OVERDUE: NoticeKind.CASE,
    EventKind.DIGEST: NoticeKind.DIGEST,
    EventKind.ENDING: NoticeKind.TERM,
    EventKind.LATE_REPLY: None,
    EventKind.LIST_RELEASED: NoticeKind.RELEASE,
    EventKind.RECALLED: NoticeKind.RECALL,
    EventKind.RECORD_ADDED: NoticeKind.RECORD,
    EventKind.REPAIRABLE: NoticeKind.TERM,
    EventKind.REPORT_READY: NoticeKind.REPORT,
    EventKind.REPORT_RECALLED: NoticeKind.RECALL,
    EventKind.VIEWED: NoticeKind.VIEWED,
}
# What was told wrongly, the steps of one's own case, changes of one's account: neither a daily
# limit nor a digest holds them back.
MANDATORY = frozenset({NoticeKind.RECALL, NoticeKind.CASE, NoticeKind.ACCOUNT})
# A digest is told though one has asked for digests.
ALWAYS = MANDATORY | {NoticeKind.DIGEST}
# A text message costs money and is read on any lock screen: only for what somebody waits for.
BY_SMS = frozenset({NoticeKind.ALERT, NoticeKind.RECALL, NoticeKind.CASE, NoticeKind.REPORT})


def by_default(outlet: Outlet) -> bool:
    """Say whether an outlet brings notices to who has chosen nothing: a text message never."""
    return outlet is not Outlet.SMS
