"""Mass messages (群发) and drafts: WeChat's calls, each as one function.

Sources: message/mass/send|sendall|preview, media/uploadimg, material/add_material, draft/add;
limits in reference/wechat.md §2.4 and §2.6.
"""

from dataclasses import dataclass
from typing import Any

from messages.wechat.client import CreditWeChat

AUTHOR = "信用昆明"
_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


@dataclass(frozen=True)
class Piece:
    """An article as WeChat's draft has it: HTML with pictures that WeChat holds."""

    title: str
    html: str
    cover: str
    source: str


def to_list(wechat: CreditWeChat, openids: list[str], *, media_id: str, key: str) -> str:
    """Send a draft to 2 to 10,000 openids under a clientmsgid; return the number of the job."""
    return _sent(wechat, "send", _body(media_id, key) | {"touser": openids})


def to_all(wechat: CreditWeChat, *, media_id: str, key: str) -> str:
    """Send a draft to all who follow; return WeChat's number of the job."""
    return _sent(wechat, "sendall", _body(media_id, key) | {"filter": {"is_to_all": True}})


def to_tag(wechat: CreditWeChat, tag_id: int, *, media_id: str, key: str) -> str:
    """Send a draft to all who bear a tag; return WeChat's number of the job."""
    whom = {"is_to_all": False, "tag_id": tag_id}
    return _sent(wechat, "sendall", _body(media_id, key) | {"filter": whom})


def delete(wechat: CreditWeChat, msg_id: str) -> None:
    """Remove all articles of a message that was sent."""
    wechat.post("message/mass/delete", data={"msg_id": int(msg_id)})


def preview(wechat: CreditWeChat, openid: str, *, media_id: str) -> None:
    """Show a draft to one tester; a hundred a day."""
    body = {"touser": openid, "mpnews": {"media_id": media_id}, "msgtype": "mpnews"}
    wechat.post("message/mass/preview", data=body)


def upload_picture(wechat: CreditWeChat, name: str, content: bytes) -> str:
    """Give WeChat a picture of an article; return the address under which it shows it."""
    return str(wechat.post("media/uploadimg", files=_file(name, content))["url"])


def upload_cover(wechat: CreditWeChat, name: str, content: bytes) -> str:
    """Give WeChat a cover, which it keeps; return its media_id."""
    kind = {"type": "image"}
    answer = wechat.post("material/add_material", params=kind, files=_file(name, content))
    return str(answer["media_id"])


def add_draft(wechat: CreditWeChat, piece: Piece) -> str:
    """Put an article into the drafts; return its media_id."""
    article = {
        "title": piece.title,
        "author": AUTHOR,
        "content": piece.html,
        "content_source_url": piece.source,
        "thumb_media_id": piece.cover,
        "need_open_comment": 0,
    }
    return str(wechat.post("draft/add", data={"articles": [article]})["media_id"])


def _body(media_id: str, key: str) -> dict[str, Any]:
    # An article of ours that looks like another's is ours all the same: it is sent.
    said = {"mpnews": {"media_id": media_id}, "msgtype": "mpnews", "send_ignore_reprint": 1}
    return said | {"clientmsgid": key}


def _sent(wechat: CreditWeChat, call: str, body: dict[str, Any]) -> str:
    return str(wechat.post(f"message/mass/{call}", data=body)["msg_id"])


def _file(name: str, content: bytes) -> dict[str, tuple[str, bytes, str]]:
    return {"media": (name, content, _TYPES[name.rpartition(".")[2]])}
