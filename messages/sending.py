"""Sending: one message handed to whoever brings it, and what its answer means."""

import asyncio

from core.outbox.deliveries import Way
from core.outbox.settle import Outcome, Verdict
from messages import notes
from messages.letters import Letter
from messages.notes import Note
from messages.post import Post
from messages.push import pushing
from messages.writing import Begun


class Sender:
    """Sends for one run; good inside its lines."""

    def __init__(self, post: Post) -> None:
        self._post = post

    async def send(self, one: Begun) -> Outcome:
        """Send one message. Raises WeChatError."""
        post, made = self._post, one.made
        if isinstance(made, Note):
            return await asyncio.to_thread(
                notes.send, post.noting, made, now=post.clock(), pace=post.pace
            )
        if isinstance(made, Letter):
            return await self._letter(made)
        return await asyncio.to_thread(
            pushing.send, post.push, made, pace=post.pace, clock=post.clock
        )

    async def _letter(self, letter: Letter) -> Outcome:
        lines = self._post.lines
        if letter.template is None:
            await lines.send_text(letter.openid, letter.text or "")
            if self._post.windows:
                await asyncio.to_thread(self._post.windows.spend, letter.openid)
            return Outcome(Verdict.DELIVERED)  # WeChat sends no receipt for these
        if letter.way is Way.SUBSCRIPTION:
            return Outcome(Verdict.ACCEPTED, msgid=await lines.send_subscription(letter.template))
        return Outcome(Verdict.ACCEPTED, msgid=await lines.send_template(letter.template))
