"""Pairs: settings that hold several values by their names, written as name=value, with commas."""

import re
from collections.abc import Callable

from messages.wechat.endpoints import CUSTOM, MASS, PREVIEW, SUBSCRIBE, TEMPLATE

# WeChat's of a new account (API_Call_Limits); of text messages, what a mistake may cost at most.
QUOTAS = "template=100000,service=500000,sms=10000,mass=100,preview=100"
_ROLES = frozenset({"alert", "campaign", "case"})
_INTERFACES = {
    "template": TEMPLATE,
    "subscription": SUBSCRIBE,
    "service": CUSTOM,
    "mass": MASS,
    "preview": PREVIEW,
    "sms": "sms",
}


def read(text: str) -> dict[str, str]:
    """Return the values by their names. Raises ValueError for what is not written so."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    pairs = [tuple(part.split("=", 1)) for part in parts]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):  # noqa: PLR2004 - a pair
        raise ValueError("应写作 名称=值，几项用逗号分隔")
    return {name.strip(): value.strip() for name, value in pairs}


def _checked(names: frozenset[str], pattern: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        held = read(text)
        if held.keys() - names:
            raise ValueError(f"名称可选 {'、'.join(sorted(names))}")
        if not all(re.fullmatch(pattern, value) for value in held.values()):
            raise ValueError("应写作 名称=值，几项用逗号分隔")
        return text

    return check


are_templates = _checked(_ROLES, r"[!-~]{1,64}[*]?")
are_quotas = _checked(frozenset(_INTERFACES), r"[0-9]{1,9}")


def templates(text: str) -> dict[str, str]:
    """Return the subscription templates by what they are for."""
    return {role: value.removesuffix("*") for role, value in read(text).items()}


def lasting(text: str) -> frozenset[str]:
    """Return those of them to which one consent is for good: they are marked with a star."""
    return frozenset(
        value.removesuffix("*") for value in read(text).values() if value.endswith("*")
    )


def quotas(text: str) -> dict[str, int]:
    """Return the daily limits by the interfaces that they hold for."""
    return {_INTERFACES[name]: int(value) for name, value in read(text).items()}


def is_clamd(place: str) -> str:
    """Let only the place of a scanner pass, or none."""
    if place and not re.fullmatch(r"unix:/.+|[^\s:/]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}", place):
        raise ValueError("应为 unix:/套接字的路径，或 主机:端口")
    return place
