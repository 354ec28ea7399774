"""Outcomes: what WeChat's answer to one letter means for its delivery, and for the others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from core import accounts, alarms, subscriptions
from core.accounts import Channel
from core.alarms import AlarmKind
from core.db import Writing
from core.outbox.deliveries import Way
from core.outbox.settle import Outcome, Verdict
from messages import writing
from messages.desk import Desk
from messages.ledger import INTERFACES
from messages.letters import Letter
from messages.planning import BY_WECHAT
from messages.wechat.errcodes import Action
from messages.wechat.errors import RefusedError, WeChatError
from messages.writing import Begun, Moment

log = structlog.get_logger()

# Nobody can be told just now, and it is nobody's own fault: no try is counted.
PAUSING = frozenset({Action.PAUSE, Action.RENEW})
_PLAIN = {
    Action.DONE: Verdict.ACCEPTED,
    Action.BUSY: Verdict.MAYBE_SENT,
    Action.LATER: Verdict.NOT_SENT,
}
# What only one interface refuses; what else is set up wrongly holds for all of WeChat.
_OF_ONE_INTERFACE = frozenset({43107, 48001, 48004, 48008, 50002})
_GONE = frozenset({43004, 50005})
_NOBODY_HERE = frozenset({40003, 43019, 48002}) | _GONE  # by none of WeChat's ways
_NO_CONSENT = 43101
ACCOUNT = "account"  # what an alarm is about that holds for all of WeChat


@dataclass(frozen=True)
class Judged:
    """What is to be done with one delivery, and what rests for everybody until when.

    A pause stops the whole run: it says nothing against one way.
    """

    outcome: Outcome
    rests: Mapping[Way | str, datetime] = field(default_factory=dict)
    pause_until: datetime | None = None


def of_error(desk: Desk, one: Begun, *, error: WeChatError, moment: Moment) -> Judged:
    """Say what a refusal or a failure means, and note what it says of others in the database."""
    log.warning("wechat_refused", error=str(error), action=error.action)
    return _Judge(desk, one, moment).judge(error)


def never(desk: Desk, one: Begun, outcome: Outcome, *, moment: Moment) -> Outcome:
    """Go on to the next way after one has said never; end where no other reaches."""
    return _Judge(desk, one, moment).next(outcome, (one.made.way,))


class _Judge:
    """Judges the answer to one message."""

    def __init__(self, desk: Desk, one: Begun, moment: Moment) -> None:
        self._desk = desk
        self._one = one
        self._moment = moment

    def judge(self, error: WeChatError) -> Judged:
        code = error.errcode if isinstance(error, RefusedError) else None
        reason, moment = str(error) if code is None else str(code), self._moment
        if error.action in _PLAIN:
            return Judged(Outcome(_PLAIN[error.action], reason=reason))
        if error.action in PAUSING:
            until = moment.now + moment.pace.outage_wait
            return Judged(
                Outcome(Verdict.NOT_SENT, reason=reason, again_at=until), pause_until=until
            )
        if (rest := _RESTS.get(error.action)) and (rests := rest(self, code)):
            # It is planned anew at once, for another way or for later.
            return Judged(Outcome(Verdict.NOT_SENT, reason=reason, again_at=moment.now), rests)
        return Judged(self.next(Outcome(Verdict.NEVER, reason=reason), self._refusing(code)))

    def next(self, outcome: Outcome, refuses: tuple[Way, ...]) -> Outcome:
        """Go on to the next way, if any reaches; the row says which have refused."""
        one = self._one.delivery
        if one.unsure or not writing.other_way(self._desk, one, refuses, moment=self._moment):
            return outcome
        return Outcome(Verdict.NOT_SENT, reason=outcome.reason, refuses=refuses)

    def quota(self, _code: int | None) -> dict[Way | str, datetime]:
        way = self._one.made.way
        if self._desk.ledger:
            self._desk.ledger.used_up(INTERFACES[way])
        return {way: self._moment.pace.quota_turns(self._moment.now)}

    def template(self, code: int | None) -> dict[Way | str, datetime]:
        letter = self._one.made
        if not isinstance(letter, Letter) or letter.template_id is None:
            return {}
        self._ring(AlarmKind.TEMPLATE, letter.template_id, code)
        return {letter.template_id: self._moment.now + self._moment.pace.quota_wait}

    def setup(self, code: int | None) -> dict[Way | str, datetime]:
        way, until = self._one.made.way, self._moment.now + self._moment.pace.quota_wait
        is_narrow = code in _OF_ONE_INTERFACE
        ways = (way,) if is_narrow else BY_WECHAT
        self._ring(AlarmKind.WECHAT, INTERFACES[way] if is_narrow else ACCOUNT, code)
        for each in ways:
            if self._desk.ledger:
                self._desk.ledger.close(INTERFACES[each], until)
        return dict.fromkeys(ways, until)

    def _ring(self, kind: AlarmKind, about: str, code: int | None) -> None:
        now, reason = self._moment.now, str(code or "-")
        with Writing() as session:
            is_new = alarms.ring(session, kind, about, reason=reason, now=now)
        if is_new:
            log.error("alarm", kind=kind, about=about, reason=reason)

    def _refusing(self, code: int | None) -> tuple[Way, ...]:
        """Note what a refusal says of somebody; return the ways that it rules out."""
        letter, now = self._one.made, self._moment.now
        if not isinstance(letter, Letter):
            return (letter.way,)
        if code in _GONE:
            with Writing() as session:
                gone = Channel.WECHAT, letter.openid
                accounts.reachable(session, *gone, active=False, now=now)
        if code == _NO_CONSENT and letter.way is Way.SUBSCRIPTION and letter.template_id:
            with Writing() as session:
                subscriptions.refuse(session, letter.openid, letter.template_id, now=now)
        if letter.way is Way.SERVICE and self._desk.windows:
            self._desk.windows.shut(letter.openid)
        return BY_WECHAT if code in _NOBODY_HERE else (letter.way,)


# What rests for everybody after such an answer.
_RESTS: dict[Action, Callable[[_Judge, int | None], dict[Way | str, datetime]]] = {
    Action.REST: _Judge.quota,
    Action.TEMPLATE: _Judge.template,
    Action.SETUP: _Judge.setup,
}
