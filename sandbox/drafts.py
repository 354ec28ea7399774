"""Pictures and drafts: what a mass message is made of."""

import re
from itertools import count

from sandbox.errors import Json, RefusalError
from sandbox.gate import GOOD, Call
from sandbox.world import World

INLINE, LASTING = 1024 * 1024, 10 * 1024 * 1024
HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MMBIZ = "http://mmbiz.qpic.cn/sandbox/"
LIMITS = (
    ("title", 64, 45003),
    ("author", 8, 45110),
    ("digest", 120, 45004),
    ("content", 20_000, 45002),
)
ARTICLES = 8
IMAGE = re.compile(r'<img\b[^>]*\bsrc="([^"]*)"[^>]*>')

numbers = count(1)


def uploadimg(world: World, call: Call) -> Json:
    """Take a picture for the text of an article: JPEG or PNG of less than a megabyte."""
    content = picture(call, most=INLINE)
    url = f"{MMBIZ}{next(numbers)}/0?wx_fmt={'png' if content.startswith(HEADS[0]) else 'jpeg'}"
    world.pictures[url] = len(content)
    return {"url": url}


def add_material(world: World, call: Call) -> Json:
    """Take a lasting picture; only such a one can be a cover."""
    if call.query.get("type") not in ("image", "thumb"):
        raise RefusalError(40004)
    content = picture(call, most=LASTING)
    media_id = f"material-{next(numbers)}"
    world.materials[media_id] = len(content)
    return {"media_id": media_id, "url": f"{MMBIZ}{media_id}/0"}


def picture(call: Call, *, most: int) -> bytes:
    """Read the one file of a form."""
    file = call.files.get("media")
    if file is None:
        raise RefusalError(41005)
    content: bytes = file.read()
    call.note["body"] = {"media": file.filename, "bytes": len(content)}
    if not content.startswith(HEADS):
        raise RefusalError(40005)
    if len(content) >= most:
        raise RefusalError(40009)
    return content


def draft_add(world: World, call: Call) -> Json:
    """Put a draft on the shelf; pictures that were not uploaded are taken out, as at WeChat."""
    articles = call.body().get("articles")
    if not isinstance(articles, list) or not articles:
        raise RefusalError(44003)
    if len(articles) > ARTICLES:
        raise RefusalError(45008)
    media_id = f"draft-{next(numbers)}"
    world.drafts[media_id] = [checked(world, article) for article in articles]
    return {"media_id": media_id}


def checked(world: World, article: object) -> Json:
    """Read one article of a draft, or refuse it."""
    if not isinstance(article, dict):
        raise RefusalError(47001)
    for name, most, code in LIMITS:
        if len(str(article.get(name, ""))) > most:
            raise RefusalError(code)
    content = article.get("content")
    if not article.get("title") or not isinstance(content, str) or not content:
        raise RefusalError(44004)
    if article.get("thumb_media_id") not in world.materials:
        raise RefusalError(40007)
    shown = IMAGE.sub(lambda tag: tag[0] if tag[1] in world.pictures else "", content)
    return article | {"content": shown}


def draft_get(world: World, call: Call) -> Json:
    """Return a draft."""
    return {"news_item": draft(world, call.body().get("media_id"))}


def draft_delete(world: World, call: Call) -> Json:
    """Take a draft off the shelf."""
    media_id = call.body().get("media_id")
    draft(world, media_id)
    del world.drafts[str(media_id)]
    return GOOD


def draft(world: World, media_id: object) -> list[Json]:
    """Find a draft, or refuse as WeChat does."""
    if not isinstance(media_id, str) or media_id not in world.drafts:
        raise RefusalError(40007)
    return world.drafts[media_id]
