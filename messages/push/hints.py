"""Hints: a notice put into the words of a lock screen, which is read over shoulders."""

from collections.abc import Sequence

from core.installations import Device
from core.notices import Headline
from messages import wording
from messages.letters import Draft
from messages.push.jpush import Hint


def write(drafted: Draft, event_id: int, devices: Sequence[Device]) -> Hint:
    """Put a draft into a hint for the devices of one account."""
    words = wording.NOTICES[drafted.language]
    return Hint(
        devices=tuple(devices),
        title=wording.LANGUAGES[drafted.language].PUSH_TITLE,
        text=words.PUSH.format(title=drafted.title, code=drafted.stamp),
        extras={"message_id": str(event_id)},
        is_service=not isinstance(drafted.notice, Headline),
    )
