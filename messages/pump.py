"""The pump: takes what is due in batches, keeps many sends in flight, settles results in batches.

A batch is marked as begun before its first byte goes out. Whoever kills us loses what we knew of a
quarter of a second: those are tried again under the same client_msg_id, which WeChat drops.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import structlog

from core.db import Writing
from core.outbox import leasing, settle
from core.outbox.deliveries import Way
from core.outbox.leasing import Leased, Place, Turn
from core.outbox.settle import Outcome, Verdict
from messages import outcomes, writing
from messages.calls import Calls
from messages.letters import Letter
from messages.outage import Pulse
from messages.outcomes import Judged
from messages.planning import BY_WECHAT, Made
from messages.portions import Ready, has_no_key, portions
from messages.post import Post
from messages.sending import Sender
from messages.tally import Tally
from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError
from messages.writing import Begun, Moment

log = structlog.get_logger()

_FLUSH_SECONDS = 0.25


class Pump:
    """One run of sending."""

    def __init__(self, post: Post, *, urgent: bool, until: datetime) -> None:
        self._post = post
        self._urgent = urgent
        self._until = until
        self._tried = 0
        self._after: Place | None = None
        self._results: list[tuple[Leased, Outcome]] = []
        self._tally = Tally(post.stationery.lasting)
        # What rests for everybody, and until when: a way, or a template.
        self._rests: dict[Way | str, datetime] = {}
        self._pause_until: datetime | None = None

    async def run(self) -> int:
        """Send until nothing is due or the time is over; return how many were tried."""
        self._make_ready()
        try:
            async with self._post.lines, asyncio.TaskGroup() as group:
                group.create_task(self._flush_on())
                senders = [group.create_task(self._send_on()) for _ in range(self._post.lines.most)]
                if await self._pulse.is_there():
                    await self._fill()
                for _ in senders:
                    await self._out.put(None)
                await asyncio.gather(*senders)
                self._over.set()
        except BaseExceptionGroup as group:
            ends, _ = group.split(self._post.interrupts or ())
            raise _first(ends or group) from None
        finally:
            self._settle(self._results)
            self._calls.close()
        return self._tried

    def _make_ready(self) -> None:
        # The next batch is made ready while this one goes out.
        self._out: asyncio.Queue[Begun | None] = asyncio.Queue(self._post.batch)
        self._pacer, self._over = self._post.pacer(), asyncio.Event()
        self._calls, self._sender = Calls(self._post.ledger), Sender(self._post)
        self._pulse = Pulse(self._post.outage, self._post.lines)
        self._keyless = asyncio.Semaphore(2 * self._post.lines.most)

    async def _fill(self) -> None:
        was_empty = False
        while self._post.clock() < self._until and self._pause_until is None:
            went_on = self._after is not None
            ready = await asyncio.to_thread(self._take)
            if ready is None and went_on:  # what has fallen due since stands before
                continue
            if ready is None and was_empty:
                return
            if ready is None:  # what is still out may fall due again at once
                await self._out.join()
                await self._flush()
            was_empty = ready is None
            await self._hand_out(ready or ())

    async def _hand_out(self, ready: Sequence[Ready]) -> None:
        """Begin what is ready, in one go or, of what has no key, as much as can soon go out."""
        for some in portions(ready, self._post.lines.most):
            for _ in filter(has_no_key, some):
                await self._keyless.acquire()
            begun = await asyncio.to_thread(self._begin, some)
            for _ in range((len(some) - len(begun)) * has_no_key(some[0])):
                self._keyless.release()  # somebody else has them now
            for one in begun:
                await self._out.put(one)

    def _take(self) -> list[Ready] | None:
        post, now = self._post, self._post.clock()
        with Writing() as session:
            turn = Turn(self._urgent, post.batch, self._after)
            leased = leasing.lease(session, turn, now=now, pace=post.pace)
        self._after = max((one.place for one in leased if one.place), default=None)
        if not leased:
            return None
        self._tried += len(leased)
        written = writing.write_all(post.desk, leased, moment=self._moment(now))
        return self._ready(leased, written)

    def _ready(self, leased: Sequence[Leased], written: dict[tuple[int, int], Made]) -> list[Ready]:
        """Settle what is not to be sent, and return the rest."""
        going = [(one, made) for one in leased if (made := written[one.key]) is not None]
        unsent = [(one, made) for one, made in going if isinstance(made, Outcome)]
        if unsent:
            with Writing() as session:
                settle.settle(session, unsent, now=self._post.clock(), pace=self._post.pace)
        return [(one, made) for one, made in going if not isinstance(made, Outcome)]

    def _begin(self, ready: Sequence[Ready]) -> list[Begun]:
        now, ours = self._post.clock(), set()
        with Writing() as session:
            for way in sorted({made.way for _, made in ready}):
                some = [one for one, made in ready if made.way is way]
                ours |= leasing.begin(session, some, way=way, now=now, pace=self._post.pace)
        return [Begun(one, made, now) for one, made in ready if one.key in ours]

    async def _send_on(self) -> None:
        while (one := await self._out.get()) is not None:
            outcome = await self._outcome(one)
            self._results.append((one.delivery, outcome))
            self._out.task_done()
            if has_no_key((one.delivery, one.made)):
                self._keyless.release()

    async def _outcome(self, one: Begun) -> Outcome:
        try:
            outcome = await self._turn(one) or await self._sent(one)
        except WeChatError as error:
            outcome = await self._refused(one, error)
        except self._post.interrupts:
            raise
        except Exception:  # one recipient must not stop the others
            log.exception("delivery_failed")
            outcome = Outcome(Verdict.MAYBE_SENT, reason="our_fault")
        return outcome

    async def _turn(self, one: Begun) -> Outcome | None:
        """Wait for one's turn; say so if it is not to be sent now after all."""
        post, made = self._post, one.made
        template = made.template_id if isinstance(made, Letter) else None
        if self._pause_until is None and made.way in BY_WECHAT:
            await self._pacer.turn()
        if self._pause_until is not None and made.way in BY_WECHAT:
            return Outcome(Verdict.NOT_SENT, again_at=self._pause_until)
        now = post.clock()
        if made.way in self._rests or template in self._rests:
            return Outcome(Verdict.NOT_SENT, again_at=now)  # it is planned anew
        # What would outlive WeChat's memory of its first try is left to the next batch.
        if now - one.at > post.pace.batch_time:
            return Outcome(Verdict.NOT_SENT, again_at=now)
        if not await self._calls.may(made.way):
            self._rests[made.way] = post.pace.quota_turns(now)
            return Outcome(Verdict.NOT_SENT, reason="quota", again_at=now)
        return None

    async def _sent(self, one: Begun) -> Outcome:
        outcome = await self._sender.send(one)
        if one.made.way in BY_WECHAT:
            self._pulse.beat()
        self._tally.sent(one.made, outcome)
        if outcome.again_at:
            self._rests[one.made.way] = outcome.again_at
        if outcome.verdict is Verdict.NEVER:
            outcome = await asyncio.to_thread(self._other_way, one, outcome)
        return outcome

    def _other_way(self, one: Begun, outcome: Outcome) -> Outcome:
        return outcomes.never(
            self._post.desk, one, outcome, moment=self._moment(self._post.clock())
        )

    async def _refused(self, one: Begun, error: WeChatError) -> Outcome:
        self._tally.refused(one.made, error)
        judging = asyncio.to_thread(self._judge, one, error)
        judged = await judging
        self._rests |= judged.rests
        self._pause_until = judged.pause_until or self._pause_until
        if error.action is not Action.BUSY:
            self._pulse.beat()
        elif await self._pulse.missed():
            self._pause_until = self._post.clock() + self._post.pace.outage_wait
        return judged.outcome

    def _judge(self, one: Begun, error: WeChatError) -> Judged:
        moment = self._moment(self._post.clock())
        return outcomes.of_error(self._post.desk, one, error=error, moment=moment)

    def _moment(self, now: datetime) -> Moment:
        rests = {way: until for way, until in self._rests.items() if isinstance(way, Way)}
        return Moment(now, self._post.pace, rests)

    async def _flush_on(self) -> None:
        while not self._over.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), _FLUSH_SECONDS)
            await self._flush()

    async def _flush(self) -> None:
        results, self._results = self._results, []
        await asyncio.to_thread(self._settle, results)

    def _settle(self, results: Sequence[tuple[Leased, Outcome]]) -> None:
        if results:
            now, pace = self._post.clock(), self._post.pace
            with Writing() as session:
                settle.settle(session, results, now=now, pace=pace)
                self._tally.write(session, now=now, pace=pace)


def _first(group: BaseException) -> BaseException:
    """Return the first failure of a group: the others are those that it cut off."""
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group
