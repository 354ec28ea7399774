"""What a customer-service message must hold, type by type."""

from collections.abc import Callable

from sandbox.errors import Json, RefusalError

LONGEST_TEXT = 2048
ARTICLES = 1
ARGUMENT = 47003
MEDIA = 40007


def bubble(body: Json) -> Json:
    """Make the bubble that the citizen sees."""
    kind = body.get("msgtype")
    if not isinstance(kind, str) or kind not in KINDS:
        raise RefusalError(40008)
    part = body.get(kind)
    if not isinstance(part, dict):
        raise RefusalError(47001)
    return {"kind": kind, **KINDS[kind](part)}


def text(part: Json) -> Json:
    """Read a text: not empty, and short enough."""
    content = part.get("content")
    if not isinstance(content, str) or not content:
        raise RefusalError(44004)
    if len(content.encode()) > LONGEST_TEXT:
        raise RefusalError(45002)
    return {"text": content}


def news(part: Json) -> Json:
    """Read a card with a picture: exactly one article."""
    articles = part.get("articles")
    if not isinstance(articles, list) or not articles:
        raise RefusalError(44003)
    if len(articles) != ARTICLES:
        raise RefusalError(45008)
    return {"articles": [needed(article, "title", "url") for article in articles]}


def msgmenu(part: Json) -> Json:
    """Read a question with answers to tap."""
    choices = part.get("list")
    if not isinstance(choices, list) or not choices:
        raise RefusalError(44004)
    head, tail = part.get("head_content", ""), part.get("tail_content", "")
    return {"text": head, "tail": tail, "choices": [needed(c, "id", "content") for c in choices]}


def holding(*names: str, code: int = MEDIA) -> Callable[[Json], Json]:
    """Make a reader of a type of which only some keys are needed."""
    return lambda part: needed(part, *names, code=code)


def needed(part: object, *names: str, code: int = ARGUMENT) -> Json:
    """Refuse a part that lacks a key or holds an empty one."""
    if not isinstance(part, dict):
        raise RefusalError(47001)
    for name in names:
        if not part.get(name) or not isinstance(part[name], str | int):
            raise RefusalError(
                code, f"argument invalid! {name} invalid" if code == ARGUMENT else ""
            )
    return part


KINDS: dict[str, Callable[[Json], Json]] = {
    "text": text,
    "image": holding("media_id"),
    "voice": holding("media_id"),
    "video": holding("media_id"),
    "music": holding("musicurl", "hqmusicurl", "thumb_media_id", code=ARGUMENT),
    "news": news,
    "mpnews": holding("media_id"),
    "mpnewsarticle": holding("article_id", code=ARGUMENT),
    "msgmenu": msgmenu,
    "wxcard": holding("card_id", code=ARGUMENT),
    "miniprogrampage": holding("title", "appid", "pagepath", "thumb_media_id", code=ARGUMENT),
}
