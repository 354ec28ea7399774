"""Delivery: send what is due for a while, as one job does before it is enqueued again."""

import asyncio
from datetime import datetime, timedelta

from messages.post import Post
from messages.pump import Pump


def deliver(post: Post, *, urgent: bool, until: datetime) -> int:
    """Send what is due until nothing is, or the time is over; return how many were tried."""
    return asyncio.run(Pump(post, urgent=urgent, until=until).run())


def for_a_while(post: Post, *, urgent: bool, seconds: int = 60) -> int:
    """Deliver for about so many seconds."""
    return deliver(post, urgent=urgent, until=post.clock() + timedelta(seconds=seconds))
