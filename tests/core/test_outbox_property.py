"""Whatever happens in whatever order: told at most once, never after WeChat forgot, ends end."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete

from core.db import Reading, Writing
from core.outbox import leasing, settle
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from core.outbox.leasing import Turn
from core.outbox.settle import Outcome, Verdict
from tests.core.given import FINAL, NOW, PACE, delivery, row

# What WeChat may do with a call: take it, or not; answer, or not.
ANSWERS = {
    "accepted": (True, Verdict.ACCEPTED),
    "lost answer": (True, Verdict.MAYBE_SENT),
    "busy": (False, Verdict.MAYBE_SENT),
    "refused for now": (False, Verdict.NOT_SENT),
    "quota used up": (False, Verdict.NOT_SENT),
    "refused": (False, Verdict.NEVER),
}
STAGES = [
    "to the end",
    "sleeps before it begins",
    "sleeps before it sends",
    "dies before it settles",
]
PAUSES = st.sampled_from([1, 10, 45, 61, 121, 420, 3700]).map(lambda n: timedelta(seconds=n))
KINDS = (EventKind.BLACKLISTED, EventKind.LATE_REPLY)
TEN_MINUTES = timedelta(minutes=10)


class Outbox(RuleBasedStateMachine):
    """Workers that stop anywhere, a clock that leaps, and a WeChat that remembers ten minutes."""

    def __init__(self):
        super().__init__()
        with Writing() as session:
            session.execute(delete(Delivery))
        self.now = NOW + timedelta(days=1)
        self.keys = [delivery(kind=kind) for kind in KINDS * 6]
        self.asleep = []
        self.remembered, self.phone, self.ended = {}, {}, {}
        self.msgids = {}

    @rule(pause=PAUSES, limit=st.sampled_from([3, 12]), dice=st.randoms())
    def a_worker_comes(self, pause, limit, dice):
        self.now += pause
        with Writing() as session:
            taken = leasing.lease(session, Turn(urgent=True, limit=limit), now=self.now, pace=PACE)
        for one in taken:
            self.go_on(one, None, dice.choice(STAGES), dice.choice(list(ANSWERS)))

    @rule(pause=PAUSES, dice=st.randoms())
    def workers_wake(self, pause, dice):
        self.now += pause
        awake, self.asleep = self.asleep, []
        for one, since in awake:
            self.go_on(one, since, dice.choice(STAGES), dice.choice(list(ANSWERS)))

    def go_on(self, one, since, stops, answer):
        """Begin unless begun, send, settle; sleep or die where told."""
        if since is None:
            if stops == "sleeps before it begins":
                self.asleep.append((one, None))
                return
            with Writing() as session:
                if not leasing.begin(session, [one], now=self.now, pace=PACE):
                    return
            since = self.now
        if stops == "sleeps before it sends":
            self.asleep.append((one, since))
            return
        outcome = self.sent(one, since, answer)
        if stops != "dies before it settles":
            with Writing() as session:
                settle.settle(session, [(one, outcome)], now=self.now, pace=PACE)

    def sent(self, one, since, answer):
        if self.now - since > PACE.batch_time:
            return Outcome(Verdict.NOT_SENT, again_at=self.now)
        arrives, verdict = ANSWERS[answer]
        msgid = self.wechat_takes(one) if arrives else None
        again = self.now + PACE.quota_wait if answer == "quota used up" else None
        return Outcome(verdict, msgid=msgid, again_at=again)

    @rule(key=st.integers(0, 11), status=st.sampled_from(["success", "failed:user block"]))
    def a_receipt_comes(self, key, status):
        if msgid := self.msgids.get(self.keys[key]):
            with Writing() as session:
                settle.receipt(session, msgid, status, now=self.now)

    @rule()
    def the_sweep_comes(self):
        with Writing() as session:
            settle.sweep(session, now=self.now, pace=PACE)

    def wechat_takes(self, chosen):
        last = self.remembered.get(chosen.key)
        repeats_are_dropped = chosen.kind is not EventKind.LATE_REPLY
        if last is None or not repeats_are_dropped or self.now - last >= TEN_MINUTES:
            self.phone[chosen.key] = self.phone.get(chosen.key, 0) + 1
            self.remembered[chosen.key] = self.now
        return self.msgids.setdefault(chosen.key, f"m{chosen.key[1]}")

    @invariant()
    def nobody_is_told_twice(self):
        assert all(times == 1 for times in self.phone.values())

    @invariant()
    def what_has_ended_stays_ended(self):
        for key in self.keys:
            state = row(key).state
            assert self.ended.setdefault(key, state) == state or key not in self.ended
            if state not in FINAL:
                del self.ended[key]

    def teardown(self):
        """However it went: in the end every row has ended, or was accepted."""
        self.now += timedelta(days=1)
        self.the_sweep_comes()
        self.now += timedelta(days=1)
        self.the_sweep_comes()
        with Reading() as session:
            due = leasing.is_due(session, urgent=True, now=self.now, pace=PACE)
        open_ = [row(key) for key in self.keys if row(key).state not in FINAL]
        assert all(one.state is not DeliveryState.ACCEPTED for one in open_)
        assert due or not open_


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_order_of_things_tells_anybody_twice(database):
    run_state_machine_as_test(
        Outbox,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            phases=[Phase.reuse, Phase.generate],  # to make it smaller would take minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
