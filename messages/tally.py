"""The tally of one run: which calls were answered, which consents were used."""

from collections import Counter
from datetime import datetime
from threading import Lock
from typing import Any

from core import quotas, subscriptions
from core.outbox.deliveries import Way
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from messages.ledger import INTERFACES
from messages.letters import Letter
from messages.notes import Note
from messages.push.jpush import Hint
from messages.wechat.errors import RefusedError, WeChatError

Made = Letter | Hint | Note


class Tally:
    """Counts what is to be kept in the database."""

    def __init__(self, lasting: frozenset[str] = frozenset()) -> None:
        self._lasting = lasting
        self._calls: Counter[str] = Counter()
        self._consents: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def sent(self, made: Made, outcome: Outcome) -> None:
        """Count a message that was answered, and the consent that it used."""
        with self._lock:
            self._called(made.way)
            is_sent = outcome.verdict is Verdict.ACCEPTED and made.way is Way.SUBSCRIPTION
            if is_sent and isinstance(made, Letter) and made.template_id not in self._lasting:
                self._consents[made.openid, made.template_id or ""] += 1

    def refused(self, made: Made, error: WeChatError) -> None:
        """Count a call that WeChat answered with an error."""
        if isinstance(error, RefusedError):
            with self._lock:
                self._called(made.way)

    def write(self, session: Any, *, now: datetime, pace: Pace) -> None:  # noqa: ANN401 - core's
        """Add what was counted to what the database has, and begin anew."""
        with self._lock:
            calls, self._calls = self._calls, Counter()
            consents, self._consents = self._consents, Counter()
        quotas.add(session, calls, now=now, pace=pace)
        subscriptions.spend(session, consents, now=now)

    def _called(self, way: Way) -> None:
        if way in INTERFACES:
            self._calls[INTERFACES[way]] += 1
