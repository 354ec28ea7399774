"""Delivery: send what is due until a time, as one job does before it is enqueued again."""

import asyncio
from datetime import datetime

from messages.post import Post
from messages.pump import Pump


def deliver(post: Post, *, urgent: bool, until: datetime) -> int:
    """Send what is due until nothing is, or the time is over; return how many were tried."""
    return asyncio.run(Pump(post, urgent=urgent, until=until).run())
