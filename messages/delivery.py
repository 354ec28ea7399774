"""Delivery: lease what is due, send it, write down what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from core import accounts, installations, notices
from core.accounts import Channel
from core.calendar import day
from core.db import Reading, Writing
from core.installations import Device
from core.outbox import deliveries, settle
from core.outbox.deliveries import Delivery, Way
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from messages import letters
from messages.letters import Letter, Stationery
from messages.push import hints, pushing
from messages.push.jpush import Hint
from messages.push.pushing import Pushing
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
    push: Pushing | None = None


# What a delivery is written as, by the way that it goes.
_WAYS: dict[Way, type[Letter | Hint]] = {Way.WECHAT: Letter, Way.PUSH: Hint}


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
    now, ours = post.clock(), set()
    with Writing() as session:
        for way, kind in _WAYS.items():
            ready = [one for one in leased if isinstance(written[one.key], kind)]
            ours |= deliveries.begin(session, ready, way=way, now=now, pace=post.pace)
        unsent = [(one, made) for one in leased if isinstance(made := written[one.key], Outcome)]
        settle.settle(session, unsent, now=now, pace=post.pace)
    begun = [(one, written[one.key]) for one in leased if one.key in ours]
    out = [(one, made) for one, made in begun if isinstance(made, Letter | Hint)]
    return _send_each(post, out, begun=now)


def _send_each(
    post: Post, begun_ones: Sequence[tuple[Delivery, Letter | Hint]], *, begun: datetime
) -> bool:
    rests: dict[type, datetime] = {}  # what rests for everybody, and until when
    for delivery, made in begun_ones:
        # A slow batch must not outlive WeChat's memory of those that it tries again.
        in_time = post.clock() - begun <= post.pace.batch_time
        if in_time and type(made) not in rests:
            outcome = _sent(post, delivery, made)
            if outcome.again_at:
                rests[type(made)] = outcome.again_at
        else:
            again_at = rests.get(type(made), post.clock())
            outcome = Outcome(Verdict.NOT_SENT, again_at=again_at)
        # Written one by one: what a killed worker knew of the others is not lost with it.
        with Writing() as session:
            settle.settle(session, [(delivery, outcome)], now=post.clock(), pace=post.pace)
    return Letter not in rests


def _sent(post: Post, delivery: Delivery, made: Letter | Hint) -> Outcome:
    try:
        if isinstance(made, Letter):
            return _send(post, delivery, made)
        return pushing.send(post.push, made, pace=post.pace, clock=post.clock)
    except post.interrupts:
        raise
    except Exception:  # one recipient must not stop the others
        log.exception("delivery_failed")
        return Outcome(Verdict.MAYBE_SENT, reason="our_fault")


def _letter(post: Post, delivery: Delivery) -> Letter | Hint | Outcome | None:
    try:
        return _written(post, delivery)
    except post.interrupts:
        raise
    except Exception:  # left to its lease: at the limit of tries it ends, and stops nobody else
        log.exception("letter_failed", event_id=delivery.event_id)
        return None


def _written(post: Post, delivery: Delivery) -> Letter | Hint | Outcome:
    now = post.clock()
    with Reading() as session:
        openid = accounts.openid_of(session, delivery.account_id)
        devices = () if openid else _devices(post, session, delivery)
        if openid is None and not devices:
            return Outcome(Verdict.SUPPRESSED, reason="no_address")
        notice = notices.read(session, delivery.event_id, today=day(now))
    if not notices.is_news(notice):
        return Outcome(Verdict.SUPPRESSED, reason="superseded")
    if openid is None:
        hint = hints.write(notice, delivery.event_id, devices)
        return hint or Outcome(Verdict.SUPPRESSED, reason="no_address")
    return letters.write(notice, delivery.key, openid, stationery=post.stationery, now=now)


def _devices(post: Post, session: Any, delivery: Delivery) -> Sequence[Device]:  # noqa: ANN401
    # What WeChat may have brought already is brought by nobody else.
    if post.push is None or delivery.unsure:
        return ()
    vault, now = post.push.vault, post.clock()
    return installations.devices(session, vault, delivery.account_id, now=now)


def _send(post: Post, delivery: Delivery, letter: Letter) -> Outcome:
    try:
        if letter.template is None:
            post.wechat.send_text(letter.openid, letter.text or "")
            return Outcome(Verdict.DELIVERED)  # WeChat sends no receipt for these
        return Outcome(Verdict.ACCEPTED, msgid=post.wechat.send_template_once(letter.template))
    except WeChatError as error:
        log.warning("wechat_refused", error=str(error), action=error.action)
        return _after(post, delivery, letter, error=error)


def _after(post: Post, delivery: Delivery, letter: Letter, *, error: WeChatError) -> Outcome:
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
    verdict = Verdict.NEVER
    if error.action is Action.GONE and _left(post, delivery, letter):
        verdict = Verdict.NOT_SENT  # the next try finds the app
    return Outcome(verdict, reason=reason)


def _left(post: Post, delivery: Delivery, letter: Letter) -> bool:
    """Note that somebody left the account; say whether they can be reached in the app."""
    with Writing() as session:
        gone = Channel.WECHAT, letter.openid
        accounts.reachable(session, *gone, active=False, now=post.clock())
        return bool(_devices(post, session, delivery))


def for_a_while(post: Post, *, urgent: bool, seconds: int = 60) -> int:
    """Deliver for about so many seconds, as one job does before it is enqueued again."""
    return deliver(post, urgent=urgent, until=post.clock() + timedelta(seconds=seconds))
