"""Tags kept in step with what people say of themselves: fifty openids a call, and told once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from core import wechat_tags
from core.db import Reading, Writing
from core.interests import InterestKind, Setting
from core.rules.places import Place
from core.wechat_tags import Owed
from messages.wechat.client import CreditWeChat
from messages.wechat.errors import RefusedError
from messages.wording import articles_zh

log = structlog.get_logger()

A_CALL, _BATCH = 50, 1000
# Of one follower, not of us: too many tags, no follower of ours, no such openid.
_OF_ONE = frozenset({45059, 49003, 40003, 43004, 50005})


@dataclass
class Tagged:
    """How many tags were put on and taken off."""

    put: int = 0
    taken: int = 0


def names(places: Iterable[Place]) -> dict[str, str]:
    """Return the name at WeChat of each tag that we keep."""
    setting, place = InterestKind.SETTING, InterestKind.PLACE
    held = {
        wechat_tags.key(setting, one): f"六进·{articles_zh.CAMPAIGN_SETTINGS[one]}"
        for one in Setting
    }
    return held | {wechat_tags.key(place, one.code or one.name): one.name for one in places}


def keep(account: CreditWeChat, named: Mapping[str, str]) -> Tagged:
    """Tell WeChat what is owed, until nothing is. Raises WeChatError; what was told is kept."""
    done, numbers = Tagged(), _Numbers(account, named)
    done.taken = _take(account, numbers)
    put = _Teller(numbers, account.tag.tag_user, _put)
    while owed := _owed(wechat_tags.to_put):
        done.put += put.all(owed)
    return done


def bearers(account: CreditWeChat, named: Mapping[str, str], tag: str) -> tuple[int, int] | None:
    """Return WeChat's number of a tag, and how many bear it there; None if there is none.

    What is to be taken off is taken off first. Raises WeChatError.
    """
    _take(account, _Numbers(account, named))
    found = (one for one in account.tag.get() if one["name"] == named.get(tag))
    return next(((int(one["id"]), int(one["count"])) for one in found), None)


def _take(account: CreditWeChat, numbers: "_Numbers") -> int:
    take, taken = _Teller(numbers, account.tag.untag_user, _took), 0
    while owed := _owed(wechat_tags.to_take):
        taken += take.all(owed)
    return taken


class _Numbers:
    """WeChat's number of each tag; a tag that is not there yet is made."""

    def __init__(self, account: CreditWeChat, named: Mapping[str, str]) -> None:
        self._account, self._named = account, named
        self._held: dict[str, int] | None = None

    def of(self, tag: str) -> int | None:
        """Return the number of a tag; None for one that we have no name for."""
        name = self._named.get(tag)
        if name is None:
            return None
        if self._held is None:
            self._held = {one["name"]: one["id"] for one in self._account.tag.get()}
        if name not in self._held:
            self._held[name] = self._account.tag.create(name)["id"]
        return self._held[name]


Telling = Callable[[int, list[str]], object]
Noting = Callable[[str, list[str], bool], None]


def _owed(of: Callable[..., Sequence[Owed]]) -> Sequence[Owed]:
    with Reading() as session:
        return of(session, limit=_BATCH)


@dataclass(frozen=True)
class _Teller:
    """Tells WeChat of one kind of change, and notes what was told."""

    numbers: _Numbers
    tell: Telling
    note: Noting

    def all(self, owed: Sequence[Owed]) -> int:
        """Tell all that is owed, tag by tag; return how much it was."""
        by_tag: dict[str, list[str]] = {}
        for one in owed:
            by_tag.setdefault(one.tag, []).append(one.openid)
        for tag, openids in by_tag.items():
            for start in range(0, len(openids), A_CALL):
                self.some(tag, openids[start : start + A_CALL])
        return len(owed)

    def some(self, tag: str, openids: list[str]) -> None:
        """Tell of some; if one of them is the fault, of each alone."""
        number = self.numbers.of(tag)
        is_refused = number is None  # a place that is none any more
        if number is not None and (is_refused := self._is_refused(number, openids)):
            log.info("tags_refused", count=len(openids))
        if is_refused and number is not None and len(openids) > 1:
            for openid in openids:
                self.some(tag, [openid])
            return
        self.note(tag, openids, is_refused)

    def _is_refused(self, number: int, openids: list[str]) -> bool:
        try:
            self.tell(number, openids)
        except RefusedError as error:
            if error.errcode not in _OF_ONE:
                raise
            return True
        return False


def _put(tag: str, openids: list[str], refused: bool) -> None:  # noqa: FBT001 - a kind of Noting
    with Writing() as session:
        wechat_tags.put(session, tag, openids, refused=refused)


def _took(tag: str, openids: list[str], refused: bool) -> None:  # noqa: FBT001 - likewise
    del refused  # whoever is no follower bears no tag of ours
    with Writing() as session:
        wechat_tags.taken(session, tag, openids)
