"""Load the account's menu from config/menu.yaml, and refuse what WeChat would not take."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot.events import MENU
from config.rulebook.tables import RulebookError, Tables
from messages.wechat.client import CreditWeChat

FOLDER = Path(__file__).parent
_NAME = "menu.yaml"
# What WeChat takes: rows, bytes of a label, of a key and of an address; and what fits on a phone.
_COLUMNS, _ITEMS = 3, 5
_LABEL, _SUB_LABEL, _KEY, _URL = 16, 40, 128, 1024
_HAN, _SUB_HAN = 4, 7
_KINDS = ("key", "page", "scan")


@dataclass(frozen=True)
class Item:
    """One thing to tap: exactly one of what is done, which page opens, what a scan is for."""

    name: str
    key: str = ""
    page: str = ""
    scan: str = ""


@dataclass(frozen=True)
class Column:
    """One button of the menu, and what opens above it."""

    name: str
    items: tuple[Item, ...]


def load(folder: Path = FOLDER) -> tuple[Column, ...]:
    """Return the menu. Raises RulebookError that names every fault."""
    tables = Tables(folder)
    read = tables.whole(_NAME, TypeAdapter(tuple[Column, ...]).validate_python)
    tables.refuse_faults()
    columns: tuple[Column, ...] = read[0]
    if faults := list(_faults(columns)):
        raise RulebookError(f"{_NAME}: {fault}" for fault in faults)
    return columns


def as_sent(columns: Iterable[Column], public_url: str) -> dict[str, Any]:
    """Return the menu as WeChat takes it (menu/create)."""
    buttons = [
        {"name": column.name, "sub_button": [_button(one, public_url) for one in column.items]}
        for column in columns
    ]
    return {"button": buttons}


def put(account: CreditWeChat, public_url: str) -> dict[str, Any]:
    """Put the menu of our file to the account; return it as WeChat took it."""
    wanted = as_sent(load(), public_url)
    account.menu.create(wanted)
    return wanted


def lines(menu: dict[str, Any]) -> list[str]:
    """Return a menu in lines to read and to compare; what WeChat adds to it is left out."""
    told: list[str] = []
    for button in menu["button"]:
        told.append(button["name"])
        held = button.get("sub_button") or []
        told += [f"  {_said(one)}" for one in (held if isinstance(held, list) else held["list"])]
        told += [f"  {_said(button)}"] if "type" in button else []
    return told


def _said(button: dict[str, Any]) -> str:
    return f"{button['name']}  {button['type']}  {button.get('key') or button.get('url', '')}"


def _button(item: Item, public_url: str) -> dict[str, str]:
    if item.page:
        return {"type": "view", "name": item.name, "url": public_url + item.page}
    if item.scan:
        return {"type": "scancode_waitmsg", "name": item.name, "key": item.scan}
    return {"type": "click", "name": item.name, "key": item.key}


def _faults(columns: tuple[Column, ...]) -> Iterator[str]:
    if not 0 < len(columns) <= _COLUMNS:
        yield f"should have 1 to {_COLUMNS} columns"
    for column in columns:
        yield from _of_label(column.name, _LABEL, _HAN)
        if not 0 < len(column.items) <= _ITEMS:
            yield f"{column.name}: should have 1 to {_ITEMS} items"
        for item in column.items:
            yield from _of_label(item.name, _SUB_LABEL, _SUB_HAN)
            yield from _of_item(item)


def _of_label(name: str, most_bytes: int, most: int) -> Iterator[str]:
    if not name.strip() or len(name.encode()) > most_bytes or len(name) > most:
        yield f"{name}: should have 1 to {most} characters, {most_bytes} bytes at most"


def _of_item(item: Item) -> Iterator[str]:
    given = [kind for kind in _KINDS if getattr(item, kind)]
    if len(given) != 1:
        yield f"{item.name}: should have exactly one of {', '.join(_KINDS)}"
    if item.key and item.key not in MENU:
        yield f"{item.name}: nothing answers the key {item.key}"
    if max(len(item.key.encode()), len(item.scan.encode())) > _KEY:
        yield f"{item.name}: the key is longer than {_KEY} bytes"
    if item.page and (not item.page.startswith("/") or len(item.page.encode()) > _URL):
        yield f"{item.name}: page should be a path of ours"
