"""Planning: the cheapest way that will reach somebody, within what they wish; or why none.

The inbox has every notice already. Outside it goes one way only, and what may have gone one way
never goes another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import notices
from core.installations import Device
from core.notices import Reply
from core.outbox.deliveries import Way
from core.outbox.leasing import Leased
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from core.preferences.kinds import ALWAYS, KIND_OF, Outlet
from messages import letters, notes, reach
from messages.desk import Desk
from messages.letters import Draft, Letter
from messages.notes import Note
from messages.push import hints
from messages.push.jpush import Hint
from messages.reach import Reach

# Ready to go, ended or held back before it went, or left to its lease.
Made = Letter | Hint | Note | Outcome | None
# The cheapest first; of each the outlet that people choose by.
OUTLETS = {
    Way.SUBSCRIPTION: Outlet.WECHAT,
    Way.WECHAT: Outlet.WECHAT,
    Way.SERVICE: Outlet.WECHAT,
    Way.PUSH: Outlet.PUSH,
    Way.SMS: Outlet.SMS,
}
BY_WECHAT = tuple(way for way, outlet in OUTLETS.items() if outlet is Outlet.WECHAT)
_NO_ADDRESS = Outcome(Verdict.SUPPRESSED, reason="no_address")


@dataclass(frozen=True)
class Piece:
    """One delivery with its draft."""

    leased: Leased
    draft: Draft

    @property
    def account_id(self) -> int:
        """Return whose it is."""
        return self.leased.account_id

    def may_go(self, way: Way) -> bool:
        """Say whether a way has not said never, and may bring what might have gone out already."""
        if self.leased.unsure:
            return way is Way.WECHAT
        return way not in (self.leased.refused or "").split()


class Plan:
    """One batch: each delivery is held, ended, or given a way."""

    def __init__(self, desk: Desk, reached: Reach, *, now: datetime, pace: Pace) -> None:
        self._desk = desk
        self._reach = reached
        self._now = now
        self._pace = pace

    def make(self, pieces: Sequence[Piece]) -> list[Made]:
        """Plan each of a batch, in its order."""
        made: list[Made] = [self._judged(one) or self._letter(one) for one in pieces]
        outlets: tuple[Callable[[Sequence[Piece]], Sequence[Made]], ...]
        outlets = (self._hints, self._notes)
        for outlet in outlets:
            places = [place for place, one in enumerate(made) if one is None]
            if places:
                brought = outlet([pieces[place] for place in places])
                for place, one in zip(places, brought, strict=True):
                    made[place] = one
        settled = [one or self._why_not(piece) for one, piece in zip(made, pieces, strict=True)]
        return [self._counted(one, piece) for one, piece in zip(settled, pieces, strict=True)]

    def _judged(self, one: Piece) -> Outcome | None:
        """Hold back or end what is no news, or is not wished now."""
        wish, kind = self._reach.wishes.get(one.account_id), KIND_OF[one.leased.kind]
        if not notices.is_news(one.draft.notice):
            return Outcome(Verdict.SUPPRESSED, reason="superseded")
        if wish is None or kind is None or one.leased.unsure:
            return None
        if kind not in ALWAYS and wish.digest:
            return Outcome(Verdict.SUPPRESSED, reason="digest")
        told, most = self._reach.told[one.account_id], wish.daily_most
        if kind not in ALWAYS and most is not None and told >= most:
            return Outcome(Verdict.SUPPRESSED, reason="daily_limit")
        until = wish.quiet_till(self._now)
        return Outcome(Verdict.HELD, reason="quiet_hours", again_at=until) if until else None

    def _wants(self, one: Piece, way: Way) -> bool:
        kind = KIND_OF[one.leased.kind]
        if kind is None:  # an answer belongs into its conversation
            return way is Way.SERVICE and one.may_go(way)
        wish = self._reach.wishes_of(one.account_id)
        return one.may_go(way) and wish.wants(kind, OUTLETS[way])

    def _letter(self, one: Piece) -> Letter | None:
        openid = self._reach.openids.get(one.account_id)
        if openid is None:
            return None
        way = next((way for way in BY_WECHAT if self._is_open(one, way, openid)), None)
        if way is None:
            return None
        letter = letters.write(
            one.draft, one.leased.key, openid, way=way, stationery=self._desk.stationery
        )
        if way is Way.SUBSCRIPTION and letter.template_id:
            self._reach.allowed[openid, letter.template_id] -= 1
        return letter

    def _is_open(self, one: Piece, way: Way, openid: str) -> bool:
        if way in self._reach.closed or not self._wants(one, way):
            return False
        if way is Way.SERVICE:
            windows = self._desk.windows
            is_reply = isinstance(one.draft.notice, Reply)
            return is_reply or (windows is not None and openid in windows.open([openid]))
        template = self._desk.stationery.template(way, one.draft.role)
        if template is None or template in self._reach.stopped:
            return False
        return way is Way.WECHAT or self._reach.allowed[openid, template] > 0

    def _hints(self, pieces: Sequence[Piece]) -> list[Hint | None]:
        wanted = {one.account_id for one in pieces if self._wants(one, Way.PUSH)}
        if Way.PUSH in self._reach.closed or not wanted:
            return [None] * len(pieces)
        held = reach.devices(self._desk, wanted, now=self._now)
        return [
            self._hint(one, held.get(one.account_id)) if self._wants(one, Way.PUSH) else None
            for one in pieces
        ]

    def _hint(self, one: Piece, devices: Sequence[Device] | None) -> Hint | None:
        if not devices:
            return None
        wish = self._reach.wishes.get(one.account_id)
        language = (wish.language if wish else devices[0].locale).value
        drafted = letters.translated(one.draft, language)
        return hints.write(drafted, one.leased.event_id, devices)

    def _notes(self, pieces: Sequence[Piece]) -> list[Note | None]:
        wanted = {one.account_id for one in pieces if self._wants(one, Way.SMS)}
        is_shut = Way.SMS in self._reach.closed
        held: Mapping[int, str] = {} if is_shut else reach.numbers(self._desk, wanted)
        return [
            notes.write(one.draft, one.leased.key, held[one.account_id])
            if one.account_id in held and self._wants(one, Way.SMS)
            else None
            for one in pieces
        ]

    def _why_not(self, one: Piece) -> Outcome:
        """Wait for what is shut for a while; of the rest say why nothing was brought."""
        kind, wish = KIND_OF[one.leased.kind], self._reach.wishes_of(one.account_id)
        if kind and not any(wish.wants(kind, outlet) for outlet in Outlet):
            return Outcome(Verdict.SUPPRESSED, reason="not_wanted")
        waits = [self._reach.closed[way] for way in self._reach.closed if self._could(one, way)]
        if waits:
            return Outcome(Verdict.HELD, reason="quota", again_at=min(waits))
        if self._could(one, Way.WECHAT):
            again = self._now + self._pace.quota_wait
            return Outcome(Verdict.HELD, reason="template_stopped", again_at=again)
        return _NO_ADDRESS

    def _could(self, one: Piece, way: Way) -> bool:
        """Say whether a way that is shut now could bring it once it is open."""
        if not self._wants(one, way):
            return False
        if way is Way.WECHAT or isinstance(one.draft.notice, Reply):
            return one.account_id in self._reach.openids
        if way is Way.PUSH:
            return bool(reach.devices(self._desk, [one.account_id], now=self._now))
        return way is Way.SMS and bool(reach.numbers(self._desk, [one.account_id]))

    def _counted(self, made: Made, one: Piece) -> Made:
        if not isinstance(made, Outcome):
            self._reach.told[one.account_id] += 1
        return made
