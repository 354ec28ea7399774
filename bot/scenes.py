"""Scenes: what a QR code stands for, ours in WeChat (scan, subscribe) or one held to the camera.

A scene is a letter, a colon and a key: e:CODE an entity, d:ID a department, a:ID an article,
c:NUMBER-CODE a certificate, which opens whom it is about.
"""

import re
from collections.abc import Callable

from bot import entities, news
from bot.answer import Answer, Heard
from bot.finding import find
from core import departments, identifiers
from core.certificates import proof
from core.db import Reading
from core.errors import CreditError
from core.identifiers import Scheme

_ID = re.compile("[1-9][0-9]{0,17}")
_PAPER = re.compile("wechat/certificates/([0-9A-Z]{1,64})/([0-9A-Z]{1,64})")
_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")


def answer(scene: str, heard: Heard) -> Answer | None:
    """Open what a scene stands for; None for a scene that is none of ours."""
    kind, _, key = scene.partition(":")
    opens = KINDS.get(kind)
    if opens is None or not key:
        return None
    try:
        return opens(key, heard)
    except CreditError:
        return Answer(heard.said.COMPANY_CODE_GONE)


def read(scanned: str, heard: Heard) -> Answer:
    """Answer a code held to the camera: a page of ours, or one with a credit code in it."""
    ours = f"{heard.desk.public_url}/"
    if scanned.startswith(ours):
        page = Answer(heard.said.SCANNED_CODE.format(scanned))
        if paper := _PAPER.fullmatch(scanned.removeprefix(ours)):
            return answer(f"c:{paper[1]}-{paper[2]}", heard) or page
        return page
    codes = (code for code in _CODE.findall(scanned.upper()) if _is_code(code))
    if (code := next(codes, None)) is None:
        return Answer(heard.said.SCANNED_UNKNOWN)
    return answer(f"e:{code}", heard) or Answer(heard.said.SCANNED_UNKNOWN)


def _is_code(text: str) -> bool:
    return identifiers.classify(text) is Scheme.USCC


def _entity(key: str, heard: Heard) -> Answer | None:
    return find(heard, key, entities.SHOW) if _is_code(key) else None


def _department(key: str, heard: Heard) -> Answer | None:
    if not _ID.fullmatch(key):
        return None
    with Reading() as session:
        name = departments.names(session, [int(key)]).get(int(key))
    return Answer(heard.said.DEPARTMENT.format(name=name)) if name else None


def _article(key: str, heard: Heard) -> Answer | None:
    return news.one(heard, int(key)) if _ID.fullmatch(key) else None


def _certificate(key: str, heard: Heard) -> Answer | None:
    number, _, code = key.partition("-")
    with Reading() as session:
        verdict = proof.verify(session, number, code)
    # A natural person has no code, and is opened by nobody's scan.
    return find(heard, verdict.uscc, entities.SHOW) if verdict.uscc else None


KINDS: dict[str, Callable[[str, Heard], Answer | None]] = {
    "e": _entity,
    "d": _department,
    "a": _article,
    "c": _certificate,
}
