"""Layouts: which columns a department's file has, and how its header row is recognised."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from core.intake import columns


class LayoutName(StrEnum):
    """What a file brings."""

    PENALTY = "penalty"
    LICENCE = "licence"
    LIST = "list"
    PROMISE = "promise"
    JUDGMENT_DEFAULTER = "judgment_defaulter"
    STATEMENT = "statement"
    REMOVAL = "removal"
    REGISTRATION = "registration"


TITLES = {
    LayoutName.PENALTY: "双公示行政处罚",
    LayoutName.LICENCE: "双公示行政许可",
    LayoutName.LIST: "名单",
    LayoutName.PROMISE: "信用承诺",
    LayoutName.JUDGMENT_DEFAULTER: "失信被执行人",
    LayoutName.STATEMENT: "评价、荣誉、合同履约、职业资格和自愿填报",
    LayoutName.REMOVAL: "撤销、更正和移出",
    LayoutName.REGISTRATION: "登记信息",
}


class FileRefusedError(Exception):
    """A file cannot be taken in at all; the text says what was expected."""


class UnknownLayoutError(FileRefusedError):
    """A row is no header of any layout."""


@dataclass(frozen=True)
class Column:
    """One column of a layout."""

    code: str
    name: str
    others: tuple[str, ...]
    field: str
    required: bool
    in_header: bool
    stored: bool
    is_code: bool
    is_short: bool


@dataclass(frozen=True)
class Layout:
    """One layout, and in a recognised file the field that each place holds (None: not ours)."""

    name: LayoutName
    columns: Mapping[str, Column]
    places: tuple[str | None, ...] = ()
    unused: tuple[str, ...] = ()
    heads: Mapping[str, str] | None = None

    @cached_property
    def read(self) -> tuple[tuple[int, str, bool], ...]:
        """Return each place that is read, with its field and whether that is short."""
        return tuple(
            (place, field, self.columns[field].is_short)
            for place, field in enumerate(self.places)
            if field is not None
        )

    @cached_property
    def stored(self) -> tuple[Column, ...]:
        """Return the columns whose cells are stored."""
        return tuple(column for column in self.columns.values() if column.stored)

    @cached_property
    def stored_fields(self) -> tuple[str, ...]:
        """Return their fields."""
        return tuple(column.field for column in self.stored)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Return the stored fields that must be given."""
        return tuple(column.field for column in self.stored if column.required)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Return the fields that hold a credit code."""
        return tuple(column.field for column in self.columns.values() if column.is_code)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the stored fields in which no citizen's number may stand."""
        return tuple(column.field for column in self.stored if not column.is_code)

    def head(self, field: str) -> str:
        """Return a column's heading as the file has it."""
        return (self.heads or {}).get(field) or self.columns[field].name

    def head_of(self, place: int | None) -> str:
        """Return the heading of a place, or of the whole row."""
        known = place is not None and place < len(self.places)
        field = self.places[place] if known and place is not None else None
        return self.head(field) if field else "整行"

    def in_order(self) -> "Layout":
        """Return the layout with a place for each of its columns, in the layout's own order."""
        heads = {field: column.code for field, column in self.columns.items()}
        return replace(self, places=tuple(self.columns), heads=heads | dict(self.heads or {}))


def _layout(name: LayoutName, table: str) -> Layout:
    found = {}
    for line in table.strip().splitlines():
        code, titles, field, marks = line.split(" ")
        title, *others = titles.split("|")
        found[field] = Column(
            code=code,
            name=title,
            others=tuple(others),
            field=field,
            required="!" in marks,
            in_header=any(mark in marks for mark in "!hu"),
            stored="-" not in marks,
            is_code="u" in marks or "c" in marks,
            is_short="n" in marks,
        )
    return Layout(name, found)


LAYOUTS = tuple(_layout(name, getattr(columns, name.name)) for name in LayoutName)


def recognise(header: Sequence[str]) -> Layout:
    """Return the layout of a header row, with the place of each field. Raises FileRefusedError."""
    found = max((_placed(layout, header) for layout in LAYOUTS), key=_how_well)
    needed = _needed(found)
    missing = [column.name for column in needed if column.field not in found.places]
    if len(missing) * 2 > len(needed):
        raise UnknownLayoutError(_expected())
    if missing:
        raise FileRefusedError(f"像是“{TITLES[found.name]}”文件，但缺少列：{'、'.join(missing)}")
    fields = [field for field in found.places if field]
    if twice := [found.head(field) for field in dict.fromkeys(fields) if fields.count(field) > 1]:
        raise FileRefusedError(f"有的列出现了两次：{'、'.join(twice)}")
    return found


def _placed(layout: Layout, header: Sequence[str]) -> Layout:
    known = {
        _fold(title): column.field
        for column in layout.columns.values()
        for title in (column.code, column.name, *column.others)
    }
    places = tuple(known.get(_fold(cell)) for cell in header)
    pairs = list(zip(places, header, strict=True))
    unused = tuple(cell.strip() for field, cell in pairs if field is None and cell.strip())
    heads = {field: cell.strip() for field, cell in pairs if field}
    return Layout(layout.name, layout.columns, places, unused, heads)


def _how_well(layout: Layout) -> tuple[float, int]:
    """Rate a guess: how much of what must be there is there, then how much at all."""
    needed = _needed(layout)
    there = sum(column.field in layout.places for column in needed)
    return there / len(needed), sum(field is not None for field in layout.places)


def _needed(layout: Layout) -> list[Column]:
    return [column for column in layout.columns.values() if column.in_header]


def _fold(title: str) -> str:
    return re.sub(r"[\s\ufeff]", "", unicodedata.normalize("NFKC", title)).upper()


def _expected() -> str:
    lines = ["不认识这种文件。应有一行列名（上面最多 5 行标题），并且是以下几种之一："]
    for layout in LAYOUTS:
        names = "、".join(column.name for column in _needed(layout))
        lines.append(f"  {TITLES[layout.name]}：{names}")
    example = next(layout for layout in LAYOUTS if layout.name is LayoutName.LIST)
    codes = "、".join(column.code for column in _needed(example))
    lines.append(f"列名也可以写代码，例如{TITLES[example.name]}：{codes}")
    return "\n".join(lines)
