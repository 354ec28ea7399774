"""Delivery: lease what is due, send it, write down what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from core import accounts, notices
from core.accounts import Channel
from core.calendar import day
from core.db import Reading, Writing
from core.outbox import deliveries, settle
from core.outbox.deliveries import Delivery
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from messages import letters
from messages.letters import Letter, Stationery
from messages.wechat.client import CreditWeChat
from messages.wechat.errcodes import Action
from messages.wechat.errors import RefusedError, WeChatError

log = structlog.get_logger()

BATCH = 20
# After these WeChat refuses everybody alike: go on later, and tell the operator.
STOPPING = frozenset({Action.REST, Action.TEMPLATE, Action.SETUP})
# After these nobody can be told just now, and it is nobody's own fault: no try is counted.
PAUSING = frozenset({Action.PAUSE, Action.RENEW})


@dataclass(frozen=True)
class Post:
    """What delivery needs."""

    wechat: CreditWeChat
    stationery: Stationery
    pace: Pace
    clock: Callable[[], datetime]
    interrupts: tuple[type[BaseException], ...] = ()  # what ends our whole work, whoever is next


def deliver(post: Post, *, urgent: bool, until: datetime) -> int:
    """Send what is due until nothing is, or the time is over; return how many were tried."""
    tried = 0
    while post.clock() < until:
        with Writing() as session:
            now = post.clock()
            leased = deliveries.lease(session, urgent=urgent, limit=BATCH, now=now, pace=post.pace)
        if not leased:
            break
        tried += len(leased)
        if not _send_batch(post, leased):
            break
    return tried


def _send_batch(post: Post, leased: Sequence[Delivery]) -> bool:
    written = {delivery.key: _letter(post, delivery) for delivery in leased}
    now = post.clock()
    with Writing() as session:
        ready = [one for one in leased if isinstance(written[one.key], Letter)]
        ours = deliveries.begin(session, ready, now=now, pace=post.pace)
        unsent = [(one, made) for one in leased if isinstance(made := written[one.key], Outcome)]
        settle.settle(session, unsent, now=now, pace=post.pace)
    letters_out = [(one, made) for one in ready if isinstance(made := written[one.key], Letter)]
    return _send_each(post, [pair for pair in letters_out if pair[0].key in ours], begun=now)


def _send_each(
    post: Post, begun_ones: Sequence[tuple[Delivery, Letter]], *, begun: datetime
) -> bool:
    rests_until: datetime | None = None
    for delivery, letter in begun_ones:
        # A slow batch must not outlive WeChat's memory of those that it tries again.
        in_time = post.clock() - begun <= post.pace.batch_time
        if rests_until is None and in_time:
            outcome = _send(post, letter)
            rests_until = outcome.again_at
        else:
            outcome = Outcome(Verdict.NOT_SENT, again_at=rests_until or post.clock())
        # Written one by one: what a killed worker knew of the others is not lost with it.
        with Writing() as session:
            settle.settle(session, [(delivery, outcome)], now=post.clock(), pace=post.pace)
    return rests_until is None


def _letter(post: Post, delivery: Delivery) -> Letter | Outcome | None:
    try:
        return _written(post, delivery)
    except post.interrupts:
        raise
    except Exception:  # left to its lease: at the limit of tries it ends, and stops nobody else
        log.exception("letter_failed", event_id=delivery.event_id)
        return None


def _written(post: Post, delivery: Delivery) -> Letter | Outcome:
    now = post.clock()
    with Reading() as session:
        openid = accounts.openid_of(session, delivery.account_id)
        if openid is None:
            return Outcome(Verdict.SUPPRESSED, reason="no_address")
        notice = notices.read(session, delivery.event_id, today=day(now))
    if not notices.is_news(notice):
        return Outcome(Verdict.SUPPRESSED, reason="superseded")
    return letters.write(notice, delivery.key, openid, stationery=post.stationery, now=now)


def _send(post: Post, letter: Letter) -> Outcome:
    try:
        if letter.template is None:
            post.wechat.send_text(letter.openid, letter.text or "")
            return Outcome(Verdict.DELIVERED)  # WeChat sends no receipt for these
        return Outcome(Verdict.ACCEPTED, msgid=post.wechat.send_template_once(letter.template))
    except WeChatError as error:
        log.warning("wechat_refused", error=str(error), action=error.action)
        return _after(post, letter, error)
    except post.interrupts:
        raise
    except Exception:  # one recipient must not stop the others
        log.exception("delivery_failed")
        return Outcome(Verdict.MAYBE_SENT, reason="our_fault")


def _after(post: Post, letter: Letter, error: WeChatError) -> Outcome:
    reason = str(error.errcode) if isinstance(error, RefusedError) else str(error)
    if error.action is Action.DONE:
        return Outcome(Verdict.ACCEPTED, reason=reason)
    if error.action is Action.BUSY:
        return Outcome(Verdict.MAYBE_SENT, reason=reason)
    if error.action is Action.LATER:
        return Outcome(Verdict.NOT_SENT, reason=reason)
    if error.action in STOPPING | PAUSING:
        wait = post.pace.quota_wait if error.action in STOPPING else post.pace.outage_wait
        return Outcome(Verdict.NOT_SENT, reason=reason, again_at=post.clock() + wait)
    if error.action is Action.GONE:
        with Writing() as session:
            accounts.reachable(
                session, Channel.WECHAT, letter.openid, active=False, now=post.clock()
            )
    return Outcome(Verdict.NEVER, reason=reason)


def for_a_while(post: Post, *, urgent: bool, seconds: int = 60) -> int:
    """Deliver for about so many seconds, as one job does before it is enqueued again."""
    return deliver(post, urgent=urgent, until=post.clock() + timedelta(seconds=seconds))
