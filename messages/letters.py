"""Letters: one delivery put into the form in which WeChat takes it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core import privacy
from core.account_news import Changed
from core.case_news import Closed, Deadline, Progress
from core.notices import Edition, Headline, Listing, Notice, Paper, Recall, Receipt, Reply
from messages.wording import accounts_zh, cases_zh, zh

_THING = 20  # WeChat's limit for a field of type thing, in characters


@dataclass(frozen=True)
class Stationery:
    """What letters are written with: WeChat's template ids, our address, the key of our links."""

    alert: str
    campaign: str
    case: str
    public_url: str
    link_key: bytes


@dataclass(frozen=True)
class Letter:
    """A message ready to go: a template's body, or a plain text."""

    openid: str
    template: dict[str, Any] | None = None
    text: str | None = None


@dataclass(frozen=True)
class Draft:
    """A notice as all who get it read it: what is theirs alone is added to each letter."""

    notice: Notice
    template_id: str | None = None
    data: dict[str, dict[str, str]] = field(default_factory=dict)


def draft(notice: Notice, *, stationery: Stationery, now: datetime) -> Draft:
    """Put a notice into the words that all letters about it share."""
    if isinstance(notice, Reply | Closed):  # what is closed is sent to nobody
        return Draft(notice)
    template_id, fields = _fields(notice, stationery, now)
    return Draft(notice, template_id, {name: {"value": value} for name, value in fields.items()})


def write(drafted: Draft, key: tuple[int, int], openid: str, *, stationery: Stationery) -> Letter:
    """Address a draft for one delivery (event, account)."""
    if isinstance(drafted.notice, Reply):
        return Letter(openid, text=drafted.notice.text)
    body = {
        "touser": openid,
        "template_id": drafted.template_id,
        "url": link(drafted.notice, key, stationery),
        # WeChat drops a repetition of this for ten minutes; at most 32 bytes.
        "client_msg_id": f"{key[0]}-{key[1]}",
        "data": drafted.data,
    }
    return Letter(openid, template=body)


def link(notice: Notice, key: tuple[int, int], stationery: Stationery) -> str:
    """Return the address under which a notice can be read on, guessable by nobody."""
    if isinstance(notice, Headline):
        mine = privacy.proof(stationery.link_key, "leave", *key)
        return f"{stationery.public_url}/wechat/articles/{notice.id}/{key[0]}-{key[1]}-{mine}"
    if isinstance(notice, Edition):
        return f"{stationery.public_url}/wechat/releases/{notice.id}"
    proof = privacy.proof(stationery.link_key, "notice", *key)
    return f"{stationery.public_url}/wechat/notices/{key[0]}-{key[1]}-{proof}"


def _fields(
    notice: Changed | Listing | Recall | Receipt | Progress | Deadline | Headline | Paper | Edition,
    stationery: Stationery,
    now: datetime,
) -> tuple[str, dict[str, str]]:
    moment = zh.time(now)
    if isinstance(notice, Headline):
        hint = zh.CAMPAIGN_CARD_HINT
        return stationery.campaign, {
            "thing1": _cut(notice.title),
            "time2": moment,
            "thing3": hint,
        }
    if isinstance(notice, Receipt | Progress | Deadline):
        return stationery.case, _case(notice, moment)
    if isinstance(notice, Paper):
        return stationery.case, _paper(notice, moment)
    first, last = _CARDS[type(notice)]
    return stationery.alert, {"thing1": first, "time2": moment, "thing3": last}


_CARDS: dict[type, tuple[str, str]] = {
    Changed: accounts_zh.CHANGED_CARD,
    Listing: zh.ALERT_CARD,
    Recall: zh.RECALL_CARD,
    Edition: zh.EDITION_CARD,
}


def _case(notice: Receipt | Progress | Deadline, moment: str) -> dict[str, str]:
    # Of what has been decided a card says nothing: it is read over shoulders.
    card, phrase = _CASE_CARDS[_sort(notice)]
    return {
        "thing1": card[notice.kind],
        "character_string2": privacy.show_code(notice.code),
        "phrase3": phrase,
        "time4": moment,
    }


def _sort(notice: Receipt | Progress | Deadline) -> tuple[type, bool]:
    return type(notice), isinstance(notice, Deadline) and notice.is_late


_CASE_CARDS = {
    (Receipt, False): (zh.CASE_CARD, zh.CASE_STATES["submitted"]),
    (Progress, False): (cases_zh.MOVED_CARD, cases_zh.MOVED_PHRASE),
    (Deadline, False): (cases_zh.DUE_CARD, cases_zh.DUE_PHRASE),
    (Deadline, True): (cases_zh.OVERDUE_CARD, cases_zh.OVERDUE_PHRASE),
}


def _paper(paper: Paper, moment: str) -> dict[str, str]:
    about, phrase = zh.REPORT_CARD[paper.kind]
    return {
        "thing1": about,
        "character_string2": paper.verdict.report_no or "",
        "phrase3": phrase,
        "time4": moment,
    }


def _cut(text: str) -> str:
    return text if len(text) <= _THING else text[: _THING - 1] + "…"
