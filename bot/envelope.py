"""What WeChat pushes: read in one flat pass, checked before anything trusts it."""

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from xml.parsers import expat

from bot.errors import BadPushError

_DEEPEST = 12
_KINDS = frozenset(
    {"text", "image", "voice", "video", "shortvideo", "location", "link", "event", "file"}
    | {"miniprogrampage"}
)


class MessageMode(StrEnum):
    """How WeChat sends pushes (消息加解密方式): encrypted, in both forms, or in the clear."""

    SAFE = "safe"
    COMPATIBLE = "compatible"
    PLAIN = "plain"


@dataclass(frozen=True)
class Push:
    """One message or event. `fields` has the direct children; deeper ones as "Parent.Child"."""

    fields: dict[str, str]

    @property
    def sender(self) -> str:
        """Return the openid of the citizen."""
        return self.fields["FromUserName"]

    @property
    def account(self) -> str:
        """Return the id of our official account."""
        return self.fields["ToUserName"]

    @property
    def kind(self) -> str:
        """Return the message type in lower case."""
        return self.fields["MsgType"].lower()

    @property
    def event(self) -> str:
        """Return the event's name in lower case: WeChat mixes cases."""
        return self.fields.get("Event", "").lower()

    @property
    def created(self) -> int:
        """Return when it happened, in seconds since 1970."""
        return int(self.fields["CreateTime"])

    @property
    def text(self) -> str:
        """Return what was typed, exactly."""
        return self.fields.get("Content", "")

    def digest(self, key: bytes) -> str:
        """Return what stays the same when WeChat sends this again, readable by nobody.

        Events of one second differ in more than sender and time, so all fields count.
        """
        if msgid := self.fields.get("MsgId"):
            identity = f"{self.sender}\n{msgid}"
        else:
            identity = "\n".join(f"{name}={self.fields[name]}" for name in sorted(self.fields))
        return hmac.new(key, identity.encode(), hashlib.sha256).hexdigest()[:32]


def fields(xml: bytes) -> dict[str, str]:
    """Read a flat XML: the direct children of the root, deeper leaves by their dotted path.

    Raises BadPushError for anything that WeChat does not send: a document type, another encoding,
    deep nesting, the same direct child twice.
    """
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(xml, True)  # noqa: FBT003 - expat takes no names
    except (expat.ExpatError, UnicodeDecodeError):
        raise BadPushError("the body is not XML") from None
    return reader.found


def read(xml: bytes) -> Push:
    """Read a push. Raises BadPushError."""
    push = Push(fields(xml))
    for name in ("ToUserName", "FromUserName", "CreateTime", "MsgType"):
        if not push.fields.get(name):
            raise BadPushError(f"{name} is missing")
    if not _is_number(push.fields["CreateTime"]) or not _is_number(push.fields.get("MsgId", "0")):
        raise BadPushError("CreateTime or MsgId is not a number")
    if push.kind == "event" and not push.event:
        raise BadPushError("Event is missing")
    if push.kind == "text" and "MsgId" not in push.fields:
        raise BadPushError("MsgId is missing")
    return push


def is_fresh(timestamp: str, *, now: float, window: int) -> bool:
    """Say whether a push was signed within `window` seconds of now, on either side."""
    return _is_number(timestamp) and abs(now - int(timestamp)) <= window


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 20  # noqa: PLR2004 - 64 bits


class _Reader:
    """Collects leaves while expat walks."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._seen: Counter[str] = Counter()
        self._path: list[str] = []
        self._text = ""

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if len(self._path) >= _DEEPEST:
            raise BadPushError("the body nests too deep")
        self._path.append(name)
        self._text = ""

    def text(self, data: str) -> None:
        self._text += data

    def end(self, _name: str) -> None:
        path = self._path[1:]
        name = ".".join(path)
        if len(path) == 1 and name in self.found:
            raise BadPushError("an element stands twice")
        if path:
            # Of a list the first leaf has the plain name, the others are numbered: Part.Leaf#2.
            self._seen[name] += 1
            seen = self._seen[name]
            self.found[name if seen == 1 else f"{name}#{seen}"] = self._text
        self._path.pop()
        self._text = ""

    def refuse(self, *_declared: object) -> None:
        raise BadPushError("a document type is not allowed")
