"""Articles as HTML: Markdown without raw HTML, with our own pictures and harmless links only."""

import re
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.articles import pictures

_OURS = re.compile(f"/wechat/pictures/({pictures.NAME})")
_LINK = re.compile(r"(?:https?://|mailto:|/(?!/))[^\s\\]*", re.IGNORECASE)


def _is_harmless(address: str) -> bool:
    return _LINK.fullmatch(address) is not None


# Raw HTML in an article is shown as text, never run.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_MARKDOWN.validateLink = _is_harmless  # type: ignore[method-assign,assignment]


def address(name: str) -> str:
    """Return where a picture of ours is, as an article names it."""
    return f"/wechat/pictures/{name}"


def html(body: str, place: Callable[[str], str] = address) -> str:
    """Return an article's body as HTML; `place` says where a picture is, given its name.

    Another's picture would tell its owner who reads: of it only the words remain.
    """
    tokens = _MARKDOWN.parse(body)
    for token in tokens:
        token.children = token.children and [_shown(one, place) for one in token.children]
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def pictures_of(body: str) -> Sequence[str]:
    """Return the names of our pictures in an article, each once, in their order."""
    held = [_named(one) for token in _MARKDOWN.parse(body) for one in token.children or ()]
    return list(dict.fromkeys(name for name in held if name))


def _named(token: Token) -> str | None:
    found = _OURS.fullmatch(str(token.attrGet("src"))) if token.type == "image" else None
    return found[1] if found else None


def _shown(token: Token, place: Callable[[str], str]) -> Token:
    if token.type == "link_open":
        token.attrSet("rel", "noopener noreferrer")
    if token.type != "image":
        return token
    if name := _named(token):
        token.attrSet("src", place(name))
        return token
    return Token("text", "", 0, content=token.content)
