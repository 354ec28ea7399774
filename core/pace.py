"""How long things take: every duration that a drill runs faster, in one frozen place."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_DAY, _CHINA = 86_400, 8 * 3600  # seconds


@dataclass(frozen=True)
class Pace:
    """Waits of a minute and more, divided by `speed`; network time-outs are not waits and stay."""

    speed: int = 1

    def _of(self, wait: timedelta) -> timedelta:
        return wait / self.speed

    @property
    def lease(self) -> timedelta:
        """How long a worker may hold deliveries that it has not begun to send."""
        return self._of(timedelta(minutes=1))

    @property
    def send_lease(self) -> timedelta:
        """How long a send may take before it counts as cut off."""
        return self._of(timedelta(minutes=2))

    @property
    def wechat_memory(self) -> timedelta:
        """How long WeChat drops a repeated client_msg_id, less a margin for a slow last try.

        Source: the official text, ten minutes for one openid and one client_msg_id.
        """
        return self._of(timedelta(minutes=9))

    @property
    def receipt_wait(self) -> timedelta:
        """How long we wait for WeChat's receipt before an outcome is called unknown."""
        return self._of(timedelta(hours=1))

    @property
    def retry_waits(self) -> tuple[timedelta, ...]:
        """The back-off after each busy answer; the sum stays inside `wechat_memory`."""
        return tuple(self._of(timedelta(seconds=seconds)) for seconds in (5, 15, 45, 90, 180))

    @property
    def sweep_every(self) -> timedelta:
        """How often we settle by the clock what nothing else has settled."""
        return self._of(timedelta(minutes=1))

    @property
    def seal_every(self) -> timedelta:
        """How often the rows of the audit trail are sealed."""
        return self._of(timedelta(minutes=1))

    @property
    def count_every(self) -> timedelta:
        """How often we estimate anew how common parts of names are."""
        return self._of(timedelta(hours=1))

    @property
    def outage_wait(self) -> timedelta:
        """How long we leave WeChat alone when nothing can be sent to anybody just now."""
        return self._of(timedelta(seconds=20))

    @property
    def batch_time(self) -> timedelta:
        """How long a batch may go on sending: less than the margin of `wechat_memory`."""
        return self._of(timedelta(seconds=30))

    @property
    def request_lease(self) -> timedelta:
        """How long the one who works under an idempotency key keeps others from it."""
        return self._of(timedelta(minutes=1))

    @property
    def answers_kept(self) -> timedelta:
        """How long an answer is given again to whoever asks under the same key."""
        return self._of(timedelta(hours=24))

    @property
    def forget_every(self) -> timedelta:
        """How often kept answers that are too old are deleted."""
        return self._of(timedelta(minutes=10))

    def quota_day(self, now: datetime) -> int:
        """Return the number of a quota day: WeChat's days are Kunming's, counted from 1970."""
        return int((now.timestamp() * self.speed + _CHINA) // _DAY)

    def quota_turns(self, now: datetime) -> datetime:
        """Return when the next quota day begins."""
        seconds = ((self.quota_day(now) + 1) * _DAY - _CHINA) / self.speed
        return datetime.fromtimestamp(seconds, UTC)

    @property
    def mass_wait(self) -> timedelta:
        """How long until a mass message is tried again: WeChat wants a minute (45066)."""
        return self._of(timedelta(seconds=65))

    @property
    def mass_memory(self) -> timedelta:
        """How long WeChat knows a mass message by its key: a day, less a margin."""
        return self._of(timedelta(hours=23))

    @property
    def quota_wait(self) -> timedelta:
        """How long something rests that WeChat refuses for everybody until it is put right."""
        return self._of(timedelta(hours=1))
