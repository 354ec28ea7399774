"""Letters: one delivery put into the form in which WeChat takes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core import privacy, stamps
from core.case_news import Closed, Deadline, Progress
from core.notices import Edition, Headline, Notice, Paper, Receipt, Reply
from core.outbox.deliveries import Way
from messages import sorts, wording
from messages.wechat import fields
from messages.wording import zh


@dataclass(frozen=True)
class Stationery:
    """What letters are written with: WeChat's template ids, our address, the key of our links.

    `subscriptions` are the ids of the subscription templates (订阅通知) by the same three names, as
    far as our account has them; `lasting` are those of them to which one consent is for good.
    """

    alert: str
    campaign: str
    case: str
    public_url: str
    link_key: bytes
    subscriptions: Mapping[str, str] = field(default_factory=dict)
    lasting: frozenset[str] = frozenset()

    def template(self, way: Way, role: str) -> str | None:
        """Return the id of the template that a way uses for something, if there is one."""
        if way is Way.SUBSCRIPTION:
            return self.subscriptions.get(role)
        held: str = getattr(self, role)
        return held


@dataclass(frozen=True)
class Letter:
    """A message ready to go: a template's body, or a plain text."""

    openid: str
    template: dict[str, Any] | None = None
    text: str | None = None
    way: Way = Way.WECHAT

    @property
    def template_id(self) -> str | None:
        """Return the template that it is written on, if it is on one."""
        return self.template["template_id"] if self.template else None


@dataclass(frozen=True)
class Draft:
    """A notice as all who get it in one language read it; what is theirs alone is added later."""

    notice: Notice
    role: str = ""
    title: str = ""
    stamp: str = ""
    language: str = "zh"
    data: dict[str, dict[str, str]] = field(default_factory=dict)


def draft(
    notice: Notice, event_id: int, *, stationery: Stationery, language: str = "zh", now: datetime
) -> Draft:
    """Put a notice into the words that all letters about it share."""
    if isinstance(notice, Reply | Closed):  # what is closed is sent to nobody
        return Draft(notice)
    stamp = stamps.stamp(stationery.link_key, event_id)
    role, held = _fields(notice, language, (stamp, zh.time(now)))
    data = {name: {"value": value} for name, value in held.items()}
    return Draft(notice, role, sorts.title(notice, language), stamp, language, data)


def write(
    drafted: Draft,
    key: tuple[int, int],
    openid: str,
    *,
    way: Way = Way.WECHAT,
    stationery: Stationery,
) -> Letter:
    """Address a draft for one delivery (event, account), to go one of WeChat's ways."""
    if isinstance(drafted.notice, Reply):
        return Letter(openid, text=drafted.notice.text, way=Way.SERVICE)
    address = link(drafted.notice, key, stationery)
    if way is Way.SERVICE:
        words: str = wording.NOTICES[drafted.language].SERVICE
        text = words.format(title=drafted.title, link=address, code=drafted.stamp)
        return Letter(openid, text=text, way=way)
    template_id = stationery.template(way, drafted.role)
    body: dict[str, Any] = {"touser": openid, "template_id": template_id, "data": drafted.data}
    if way is Way.SUBSCRIPTION:
        return Letter(openid, template=body | {"page": address}, way=way)
    # WeChat drops a repetition of this for ten minutes; at most 32 bytes.
    body |= {"url": address, "client_msg_id": f"{key[0]}-{key[1]}"}
    return Letter(openid, template=body)


def translated(drafted: Draft, language: str) -> Draft:
    """Return a draft for a lock screen in another language; a card's fields stay as they are."""
    if drafted.language == language:
        return drafted
    return replace(drafted, language=language, title=sorts.title(drafted.notice, language))


def link(notice: Notice, key: tuple[int, int], stationery: Stationery) -> str:
    """Return the address under which a notice can be read on, guessable by nobody."""
    if isinstance(notice, Headline):
        mine = privacy.proof(stationery.link_key, "leave", *key)
        return f"{stationery.public_url}/wechat/articles/{notice.id}/{key[0]}-{key[1]}-{mine}"
    if isinstance(notice, Edition):
        return f"{stationery.public_url}/wechat/releases/{notice.id}"
    proof = privacy.proof(stationery.link_key, "notice", *key)
    return f"{stationery.public_url}/wechat/notices/{key[0]}-{key[1]}-{proof}"


def _fields(notice: Notice, language: str, common: tuple[str, str]) -> tuple[str, dict[str, str]]:
    words, (stamp, moment) = wording.NOTICES[language], common
    if isinstance(notice, Receipt | Progress | Deadline):
        number, phrase = privacy.show_code(notice.code), words.PHRASES[sorts.stage(notice)]
    elif isinstance(notice, Paper):
        number, phrase = notice.verdict.report_no or "-", words.PHRASES[notice.kind]
    else:
        article = notice if isinstance(notice, Headline) else None
        # A campaign is nobody's secret: its card names the article.
        thing = fields.cut(article.title) if article else words.THINGS[sorts.of(notice)]
        hint = words.CAMPAIGN_HINT if article else words.HINT
        card = {"thing1": thing, "time2": moment, "thing3": hint.format(code=stamp)}
        return "campaign" if article else "alert", card
    # Of what has been decided a card says nothing: it is read over shoulders. Its number is what
    # it can be checked by (core.checking_sent).
    case = {"thing1": words.THINGS[sorts.of(notice)], "character_string2": number}
    return "case", case | {"phrase3": phrase, "time4": moment}
