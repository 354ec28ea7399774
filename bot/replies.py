"""Passive replies (被动回复): what we answer, as WeChat's XML, safe against what citizens type."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LONGEST = 2047  # UTF-8 bytes; one more and the citizen sees a fault of the account
_LINK_END = "</a>"
# What XML 1.0 forbids makes the whole reply unreadable.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Text:
    """A text of at most 2,047 bytes."""

    content: str


@dataclass(frozen=True)
class Media:
    """An image or a voice, uploaded before."""

    kind: str
    media_id: str


@dataclass(frozen=True)
class Video:
    """A video, uploaded before."""

    media_id: str
    title: str
    description: str


@dataclass(frozen=True)
class Music:
    """A piece of music by its addresses."""

    title: str
    description: str
    url: str
    hq_url: str
    thumb_media_id: str


@dataclass(frozen=True)
class News:
    """One article with a picture: a text, image, voice or location is answered with one only."""

    title: str
    description: str
    picture: str
    url: str


@dataclass(frozen=True)
class Transfer:
    """The conversation goes to a human at this customer-service account."""

    kf_account: str


Reply = Text | Media | Video | Music | News | Transfer


def render(reply: Reply, *, to: str, sender: str, at: int) -> str:
    """Return the XML of a reply from `sender` (our account) to `to` (the openid)."""
    kind, body = _BODIES[type(reply)](reply)
    return (
        f"<xml><ToUserName>{_safe(to)}</ToUserName><FromUserName>{_safe(sender)}</FromUserName>"
        f"<CreateTime>{at}</CreateTime><MsgType>{_safe(kind)}</MsgType>{body}</xml>"
    )


def pages(text: str, hint: str) -> list[str]:
    """Cut a text on characters into parts of 2,047 bytes; all but the last end in `hint`.

    No link is cut in two.
    """
    if len(text.encode()) <= LONGEST:
        return [text]
    room = LONGEST - len(hint.encode())
    head = text.encode()[:room].decode(errors="ignore")
    link = text.rfind("<a ", 0, len(head) + 2)
    if link > 0 and text.find(_LINK_END, link) + len(_LINK_END) > len(head):
        head = head[:link]
    return [head + hint, *pages(text[len(head) :], hint)]


def _safe(text: str) -> str:
    clean = _FORBIDDEN.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{clean}]]>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_safe(text)}</{name}>"


def _text(reply: Text) -> tuple[str, str]:
    return "text", _element("Content", reply.content)


def _media(reply: Media) -> tuple[str, str]:
    name = reply.kind.capitalize()
    return reply.kind, f"<{name}>{_element('MediaId', reply.media_id)}</{name}>"


def _video(reply: Video) -> tuple[str, str]:
    parts = (("MediaId", reply.media_id), ("Title", reply.title))
    inner = "".join(_element(*part) for part in (*parts, ("Description", reply.description)))
    return "video", f"<Video>{inner}</Video>"


def _music(reply: Music) -> tuple[str, str]:
    parts = (
        ("Title", reply.title),
        ("Description", reply.description),
        ("MusicUrl", reply.url),
        ("HQMusicUrl", reply.hq_url),
        ("ThumbMediaId", reply.thumb_media_id),
    )
    return "music", f"<Music>{''.join(_element(*part) for part in parts)}</Music>"


def _news(reply: News) -> tuple[str, str]:
    parts = (
        ("Title", reply.title),
        ("Description", reply.description),
        ("PicUrl", reply.picture),
        ("Url", reply.url),
    )
    item = "".join(_element(*part) for part in parts)
    return "news", f"<ArticleCount>1</ArticleCount><Articles><item>{item}</item></Articles>"


def _transfer(reply: Transfer) -> tuple[str, str]:
    account = _element("KfAccount", reply.kf_account)
    return "transfer_customer_service", f"<TransInfo>{account}</TransInfo>"


_BODIES: dict[type[Reply], Callable[[Any], tuple[str, str]]] = {
    Text: _text,
    Media: _media,
    Video: _video,
    Music: _music,
    News: _news,
    Transfer: _transfer,
}
