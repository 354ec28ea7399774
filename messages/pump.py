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
from messages.letters import Letter
from messages.post import Post
from messages.push import pushing
from messages.push.jpush import Hint
from messages.wechat.errors import WeChatError
from messages.writing import Begun, Made

log = structlog.get_logger()

_FLUSH_SECONDS = 0.25
# What a delivery is written as, by the way that it goes.
_WAYS: dict[Way, type[Letter | Hint]] = {Way.WECHAT: Letter, Way.PUSH: Hint}


class Pump:
    """One run of sending."""

    def __init__(self, post: Post, *, urgent: bool, until: datetime) -> None:
        self._post = post
        self._urgent = urgent
        self._until = until
        self._tried = 0
        self._after: Place | None = None
        self._results: list[tuple[Leased, Outcome]] = []
        self._rests: dict[type, datetime] = {}  # what rests for everybody, and until when

    async def run(self) -> int:
        """Send until nothing is due or the time is over; return how many were tried."""
        # The next batch is made ready while this one goes out.
        self._out: asyncio.Queue[Begun | None] = asyncio.Queue(self._post.batch)
        self._pacer, self._over = self._post.pacer(), asyncio.Event()
        try:
            async with self._post.lines, asyncio.TaskGroup() as group:
                group.create_task(self._flush_on())
                senders = [group.create_task(self._send_on()) for _ in range(self._post.lines.most)]
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
        return self._tried

    async def _fill(self) -> None:
        was_empty = False
        while self._post.clock() < self._until and Letter not in self._rests:
            went_on = self._after is not None
            begun = await asyncio.to_thread(self._take)
            if begun is None and went_on:  # what has fallen due since stands before
                continue
            if begun is None and was_empty:
                return
            if begun is None:  # what is still out may fall due again at once
                await self._out.join()
                await self._flush()
            was_empty = begun is None
            for one in begun or ():
                await self._out.put(one)

    def _take(self) -> list[Begun] | None:
        post, now = self._post, self._post.clock()
        with Writing() as session:
            turn = Turn(self._urgent, post.batch, self._after)
            leased = leasing.lease(session, turn, now=now, pace=post.pace)
        self._after = max((one.place for one in leased if one.place), default=None)
        if not leased:
            return None
        self._tried += len(leased)
        written = writing.write_all(post.desk, leased, now=now)
        return self._begin(leased, written)

    def _begin(self, leased: Sequence[Leased], written: dict[tuple[int, int], Made]) -> list[Begun]:
        now, ours = self._post.clock(), set()
        with Writing() as session:
            for way, kind in _WAYS.items():
                ready = [one for one in leased if isinstance(written[one.key], kind)]
                ours |= leasing.begin(session, ready, way=way, now=now, pace=self._post.pace)
            unsent = [
                (one, made) for one in leased if isinstance(made := written[one.key], Outcome)
            ]
            settle.settle(session, unsent, now=now, pace=self._post.pace)
        begun = [(one, written[one.key]) for one in leased if one.key in ours]
        return [Begun(one, made, now) for one, made in begun if isinstance(made, Letter | Hint)]

    async def _send_on(self) -> None:
        while (one := await self._out.get()) is not None:
            outcome = await self._outcome(one)
            self._results.append((one.delivery, outcome))
            self._out.task_done()

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
        kind, post = type(one.made), self._post
        if kind is Letter and kind not in self._rests:
            await self._pacer.turn()
        if kind in self._rests:
            return Outcome(Verdict.NOT_SENT, again_at=self._rests[kind])
        # What would outlive WeChat's memory of its first try is left to the next batch.
        now = post.clock()
        is_late = now - one.at > post.pace.batch_time
        return Outcome(Verdict.NOT_SENT, again_at=now) if is_late else None

    async def _sent(self, one: Begun) -> Outcome:
        post, made = self._post, one.made
        if isinstance(made, Hint):
            sending = asyncio.to_thread(
                pushing.send, post.push, made, pace=post.pace, clock=post.clock
            )
            return self._heeded(one, await sending)
        if made.template is None:
            await post.lines.send_text(made.openid, made.text or "")
            return Outcome(Verdict.DELIVERED)  # WeChat sends no receipt for these
        return Outcome(Verdict.ACCEPTED, msgid=await post.lines.send_template(made.template))

    async def _refused(self, one: Begun, error: WeChatError) -> Outcome:
        post = self._post
        judging = asyncio.to_thread(
            outcomes.of_error, post.desk, one, error=error, pace=post.pace, now=post.clock()
        )
        return self._heeded(one, await judging)

    def _heeded(self, one: Begun, outcome: Outcome) -> Outcome:
        """Let everybody rest if that is what an answer demands."""
        if outcome.again_at:
            self._rests[type(one.made)] = outcome.again_at
        return outcome

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
            with Writing() as session:
                settle.settle(session, results, now=self._post.clock(), pace=self._post.pace)


def _first(group: BaseException) -> BaseException:
    """Return the first failure of a group: the others are those that it cut off."""
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group
