"""Portions: how much of a batch begins at once.

Whatever has begun when its worker is killed may have gone out. A template message is repeated then,
and WeChat drops the repetition; of the others that is unknown for good, so few of them begin.
"""

from collections.abc import Iterator, Sequence

from core.outbox.deliveries import Way
from core.outbox.leasing import Leased
from messages.letters import Letter
from messages.notes import Note
from messages.push.jpush import Hint

# What is leased, and what is to go out for it.
Ready = tuple[Leased, Letter | Hint | Note]


def has_no_key(ready: Ready) -> bool:
    """Say whether a repetition would be told twice: only template messages have a key."""
    return ready[1].way is not Way.WECHAT


def portions(ready: Sequence[Ready], most: int) -> Iterator[Sequence[Ready]]:
    """Go through a batch: what has a key at once, the rest so many at a time."""
    keyed = [one for one in ready if not has_no_key(one)]
    if keyed:
        yield keyed
    keyless = [one for one in ready if has_no_key(one)]
    for start in range(0, len(keyless), most):
        yield keyless[start : start + most]
