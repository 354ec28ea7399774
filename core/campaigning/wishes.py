"""Wishes, looked at once more just before a message to many goes: whoever said no is left out."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.campaigning import audience, marking
from core.campaigning.ledger import LIST_LEAST
from core.campaigning.marking import mark
from core.outbox.deliveries import Delivery, DeliveryState
from core.preferences import choices
from core.preferences.kinds import NoticeKind, Outlet

_SENDING = DeliveryState.SENDING


def let_go(session: Session, key: str, *, was_unsure: bool, now: datetime) -> None:
    """Take off a list who does not want it by WeChat any more, or not now: they are told otherwise.

    If WeChat may have the list already, nobody who has refused since is sent it a second time, and
    nobody can say whether they got it.
    """
    if not was_unsure:
        wanted = audience.by_wechat(Delivery.account_id, now=now)
        mark(session, key, _SENDING, ~wanted, **marking.as_any_notice(now))
        if marking.count(session, key, _SENDING) < LIST_LEAST:
            mark(session, key, _SENDING, **marking.as_any_notice(now))
        return
    refused = choices.refused(NoticeKind.CAMPAIGN, Outlet.WECHAT, Delivery.account_id)
    unknown = {"state": DeliveryState.UNKNOWN, "reason": "no_answer", "settled_at": now}
    mark(session, key, _SENDING, refused, **unknown)
