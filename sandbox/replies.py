"""What a passive reply must be, so that WeChat shows it."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from sandbox import xml
from sandbox.crypto import BadEnvelopeError, Seal
from sandbox.errors import Json
from sandbox.options import Options

FAULT = "该公众号提供的服务出现故障，请稍后再试"
LONGEST_TEXT = 2047
ARTICLES_TO_MESSAGE, ARTICLES_TO_EVENT = 1, 8
NOTHING = ("", "success")


def understand(answer: str, push: Json, options: Options) -> Json | None:
    """Read the answer to a push: nothing, or the bubble to show; raise if WeChat would not."""
    if answer in NOTHING:
        return None
    root = opened(answer, options)
    if xml.only(root, "ToUserName") != push["FromUserName"]:
        raise BadEnvelopeError("the reply is for somebody else")
    if xml.only(root, "FromUserName") != push["ToUserName"]:
        raise BadEnvelopeError("the reply is from somebody else")
    if not xml.only(root, "CreateTime").strip().isdigit():
        raise BadEnvelopeError("CreateTime is no number")
    kind = xml.only(root, "MsgType")
    if kind not in KINDS:
        raise BadEnvelopeError(f"MsgType {kind} is unknown")
    return {"kind": kind, **KINDS[kind](root, push)}


def opened(answer: str, options: Options) -> ET.Element:
    """Open the envelope, which only safe mode demands."""
    root = xml.read(answer)
    sealed = root.find("Encrypt") is not None
    if options.mode == "safe" and not sealed:
        raise BadEnvelopeError("a plain reply in safe mode")
    if options.mode == "plain" and sealed:
        raise BadEnvelopeError("a sealed reply in plain mode")
    if not sealed:
        return root
    seal = Seal(options.token, options.aes_key, options.appid)
    encrypt, signature, timestamp, nonce = (
        xml.only(root, name) for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")
    )
    seal.verify(signature, timestamp, nonce, encrypt)
    return xml.read(seal.decrypt(encrypt))


def text(root: ET.Element, _push: Json) -> Json:
    """Read a text: not empty, at most 2,047 bytes."""
    content = xml.only(root, "Content")
    if len(content.encode()) > LONGEST_TEXT:
        raise BadEnvelopeError("Content is too long")
    return {"text": content}


def news(root: ET.Element, push: Json) -> Json:
    """Read articles: one in answer to a message, up to eight in answer to an event."""
    items = root.findall("Articles/item")
    most = ARTICLES_TO_EVENT if push["MsgType"] == "event" else ARTICLES_TO_MESSAGE
    if not 0 < len(items) <= most or xml.only(root, "ArticleCount").strip() != str(len(items)):
        raise BadEnvelopeError("wrong number of articles")
    return {"articles": [article(item) for item in items]}


def article(item: ET.Element) -> Json:
    """Read one article; its texts may be empty, but a title must be there."""
    names = {"title": "Title", "description": "Description", "picurl": "PicUrl", "url": "Url"}
    xml.only(item, "Title")
    return {key: item.findtext(name) or "" for key, name in names.items()}


def media(name: str) -> Callable[[ET.Element, Json], Json]:
    """Make a reader of a reply with one medium."""
    path = f"{name}/MediaId"

    def read(root: ET.Element, _push: Json) -> Json:
        media_id = (root.findtext(path) or "").strip()
        if not media_id:
            raise BadEnvelopeError(f"{path} is missing")
        return {"media_id": media_id}

    return read


def music(root: ET.Element, _push: Json) -> Json:
    """Read a piece of music, of which only the picture is required."""
    thumb = (root.findtext("Music/ThumbMediaId") or "").strip()
    if not thumb:
        raise BadEnvelopeError("Music/ThumbMediaId is missing")
    return {"title": root.findtext("Music/Title") or "", "thumb_media_id": thumb}


KINDS: dict[str, Callable[[ET.Element, Json], Json]] = {
    "text": text,
    "news": news,
    "image": media("Image"),
    "voice": media("Voice"),
    "video": media("Video"),
    "music": music,
    "transfer_customer_service": lambda _root, _push: {},
}
