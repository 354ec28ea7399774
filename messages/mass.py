"""Mass sending: a campaign's rows, previews and messages, step by step, until nothing is due.

A step is one transaction or one call, never both: whoever kills us finds every row where it was.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog

from core.articles import pictures
from core.campaigning import previewing, receipts, running, sending, whole
from core.campaigning.ledger import LIST_LEAST, LIST_MOST, MassWay
from core.campaigning.previewing import Manuscript, Shown
from core.campaigning.sending import Taken
from core.campaigning.whole import Standing
from core.db import Reading, Writing
from core.outbox.settle import Outcome, Verdict
from core.pace import Pace
from messages import articles, mass_removal, mass_whole
from messages.ledger import Ledger
from messages.mass_calls import Counter
from messages.wechat import mass
from messages.wechat.client import CreditWeChat
from messages.wechat.endpoints import MASS, PREVIEW
from messages.wechat.errcodes import Action
from messages.wechat.errors import SPENT, RefusedError, SpentError, WeChatError
from messages.wechat.mass import Piece
from messages.wording import zh

log = structlog.get_logger()

_RESTING = frozenset({Action.REST, Action.SETUP, Action.TEMPLATE})
_PAUSING = frozenset({Action.PAUSE, Action.RENEW})
# There is no such tag; the messages to all of the day or the month are used up.
_OF_THE_WAY = frozenset({45159, 45028})
# WeChat has it, or may have it: the same key clears it up.
_MAYBE = frozenset({Action.BUSY, Action.LATER})


@dataclass(frozen=True)
class Mailing:
    """What sending to many needs; `tags` are the names of WeChat's tags by our own."""

    wechat: CreditWeChat
    public_url: str
    pace: Pace
    clock: Callable[[], datetime]
    ledger: Ledger
    tags: Mapping[str, str]
    chunk: int = LIST_MOST

    @property
    def calls(self) -> Counter:
        """Return what counts the calls of a day."""
        return Counter(self.ledger, self.pace, self.clock)


def run(mailing: Mailing, until: datetime) -> None:
    """Do what is due until nothing is, or the time is over.

    The rows of the next message are written while the last one is on its way.
    """
    with ThreadPoolExecutor(1) as ahead:
        while mailing.clock() < until:
            did = [_preview(mailing), _send(mailing, ahead) or _write(mailing), _settle(mailing)]
            did.append(mass_removal.step(mailing.wechat, mailing.calls))
            if not any(did):
                return


def _preview(mailing: Mailing) -> bool:
    now = mailing.clock()
    with Writing() as session:
        shown = previewing.lease(session, now=now, pace=mailing.pace)
    if shown is None:
        return False
    try:
        media_id = _draft(mailing, shown.campaign_id)
        show = partial(mass.preview, mailing.wechat, shown.openid, media_id=media_id)
        mailing.calls.make(PREVIEW, show)
    except WeChatError as error:
        _not_shown(mailing, shown, error)
        return True
    with Writing() as session:
        previewing.settle(session, shown, None, now=mailing.clock())
    return True


def _not_shown(mailing: Mailing, shown: Shown, error: WeChatError) -> None:
    outcome = _of_error(mailing, error)
    with Writing() as session:
        if outcome.verdict is Verdict.NEVER:
            previewing.settle(session, shown, outcome.reason, now=mailing.clock())
        else:
            again = outcome.again_at or mailing.clock() + mailing.pace.mass_wait
            previewing.later(session, shown, again)


def _write(mailing: Mailing) -> bool:
    with Reading() as session:
        due = running.due(session, now=mailing.clock())
    did = False
    for number in due:
        with Writing() as session:
            filled = running.step(session, number, now=mailing.clock(), chunk=mailing.chunk)
        did = did or filled is not None
    return did


def _send(mailing: Mailing, ahead: ThreadPoolExecutor) -> bool:
    with Writing() as session:
        taken = sending.lease(session, now=mailing.clock(), pace=mailing.pace)
    if taken is None:
        return False
    writing = ahead.submit(_write, mailing)
    outcome = _outcome(mailing, taken)
    with Writing() as session:
        now = mailing.clock()
        if outcome is None:
            whole.to_lists(session, taken, now=now)
        else:
            sending.settle(session, taken, outcome, now=now, pace=mailing.pace)
    writing.result()
    return True


def _settle(mailing: Mailing) -> bool:
    with Writing() as session:
        receipts.settle(session, now=mailing.clock(), pace=mailing.pace)
    return False


def _outcome(mailing: Mailing, taken: Taken) -> Outcome | None:
    """Return what a try came to; None where lists are to take the place of the message."""
    with Reading() as session:
        gone = sending.is_forgotten(session, taken, now=mailing.clock(), pace=mailing.pace)
        openids = sending.openids(session, taken) if taken.way is MassWay.LISTS else []
    if gone or (taken.way is MassWay.LISTS and len(openids) < LIST_LEAST):
        return Outcome(Verdict.NEVER, reason="no_answer" if gone else "no_address")
    try:
        said = {"media_id": _draft(mailing, taken.campaign_id), "key": taken.key}
        standing, tag = _looked_at(mailing, taken)
        if standing is not Standing.GO:
            return _held_back(mailing, standing)
        msg_id = mailing.calls.make(MASS, partial(_call(mailing, taken, openids, tag=tag), **said))
    except WeChatError as error:
        log.warning("mass_refused", key=taken.key, error=str(error), action=error.action)
        is_wrong_way = isinstance(error, RefusedError) and error.errcode in _OF_THE_WAY
        if is_wrong_way and taken.way is not MassWay.LISTS and not taken.unsure:
            return None
        return _of_error(mailing, error)
    return Outcome(Verdict.ACCEPTED, msgid=msg_id)


def _looked_at(mailing: Mailing, taken: Taken) -> tuple[Standing, int]:
    if taken.way is MassWay.LISTS:
        return Standing.GO, 0
    try:
        return mass_whole.looked_at(mailing.wechat, mailing.tags, taken, now=mailing.clock())
    except WeChatError as error:
        raise _unsent(error) from None


def _held_back(mailing: Mailing, standing: Standing) -> Outcome | None:
    if standing is Standing.LISTS:
        return None
    if standing is Standing.NEVER:
        return Outcome(Verdict.NEVER, reason="no_answer")
    again_at = mailing.clock() + mailing.pace.mass_wait
    return Outcome(Verdict.NOT_SENT, reason="not_whole", again_at=again_at)


def _call(mailing: Mailing, taken: Taken, openids: list[str], *, tag: int) -> Callable[..., str]:
    if taken.way is MassWay.ALL:
        return partial(mass.to_all, mailing.wechat)
    if taken.way is MassWay.TAG:
        return partial(mass.to_tag, mailing.wechat, tag)
    return partial(mass.to_list, mailing.wechat, openids)


def _of_error(mailing: Mailing, error: WeChatError) -> Outcome:
    reason = str(error.errcode) if isinstance(error, RefusedError) else "unreachable"
    now, pace = mailing.clock(), mailing.pace
    if isinstance(error, SpentError):
        return Outcome(Verdict.NOT_SENT, reason=str(SPENT), again_at=error.until)
    if isinstance(error, RefusedError) and error.action is Action.DONE and error.msg_id:
        return Outcome(Verdict.ACCEPTED, msgid=error.msg_id)
    if error.action in _RESTING:
        return Outcome(Verdict.NOT_SENT, reason=reason, again_at=now + pace.quota_wait)
    if error.action in _PAUSING:
        return Outcome(Verdict.NOT_SENT, reason=reason, again_at=now + pace.mass_wait)
    if error.action in _MAYBE or error.action is Action.DONE:
        return Outcome(Verdict.MAYBE_SENT, reason=reason)
    return Outcome(Verdict.NEVER, reason=reason)


def _draft(mailing: Mailing, campaign_id: int) -> str:
    """Return WeChat's number of the draft, made if there is none of this version."""
    with Reading() as session:
        held = previewing.manuscript(session, campaign_id)
        names = {held.cover, *articles.pictures_of(held.body)} if held.draft is None else set()
        contents = {name: pictures.content(session, name) or b"" for name in sorted(names)}
    if held.draft is not None:
        return held.draft
    try:
        media_id = mass.add_draft(mailing.wechat, _piece(mailing, held, contents))
    except WeChatError as error:
        raise _unsent(error) from None
    with Writing() as session:
        previewing.keep_draft(session, held, media_id)
    return media_id


def _piece(mailing: Mailing, held: Manuscript, contents: dict[str, bytes]) -> Piece:
    wechat = mailing.wechat
    shown = {
        name: mass.upload_picture(wechat, name, contents[name])
        for name in articles.pictures_of(held.body)
    }
    cover = mass.upload_cover(wechat, held.cover, contents[held.cover])
    html = articles.html(held.body, shown.__getitem__) + f"<p>{zh.CAMPAIGN_LEAVE}</p>"
    source = f"{mailing.public_url}/wechat/articles/{held.article_id}"
    return Piece(held.title, html, cover, source)


def _unsent(error: WeChatError) -> WeChatError:
    """Say of a failure before the message itself that surely nothing was sent."""
    if error.action in _MAYBE:
        return WeChatError(Action.PAUSE, str(error))
    return error
