"""A campaign as an editor writes it in a file: YAML, each fault named by file, line and field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NoReturn

import yaml

from core.articles import pictures
from core.calendar import KUNMING
from core.campaigning import editing
from core.campaigning.anchors import Anchor, coming
from core.campaigning.ledger import Whom
from core.campaigning.planning import FASTEST
from core.installations import Locale
from core.interests import Setting
from core.rules import Rulebook
from messages.wording import console_campaigns_zh as said

_QUIET = time(21), time(8)
_LANGUAGES = {name: Locale(code) for code, name in said.LANGUAGES.items()}
_NONE = {"无", "none"}


class FormError(ValueError):
    """A file says something that cannot be; the text names file, line and field."""


@dataclass(frozen=True)
class Form:
    """What a file says; `cover` is a picture's file, or the name of one that is kept."""

    title: str
    article_id: int
    cover: Path | str
    whom: Whom
    rate: int
    quiet: tuple[time | None, time | None]
    start_at: datetime | None
    lines: Mapping[str, int]


@dataclass(frozen=True)
class Known:
    """What names in a file may stand for, and the day on which it is read."""

    rules: Rulebook
    anchors: tuple[Anchor, ...]
    today: date


def read(file: Path, known: Known) -> Form:
    """Read a campaign. Raises FormError."""
    fields = _Fields(file)
    settings = {name: code for code, name in said.SETTINGS.items()}
    settings |= {str(one): str(one) for one in Setting}
    places = {word: one.code or one.name for one in known.rules.places for word in one.words}
    lists = {one.name: one.code for one in known.rules.lists.values()}
    lists |= {code: code for code in lists.values()}
    whom = Whom(
        tuple(Setting(one) for one in fields.named("settings", settings)),
        fields.named("places", places),
        fields.named("lists", lists),
        fields.one("language", _language, None),
    )
    return Form(
        fields.one("title", _title),
        fields.one("article", _number("文章的编号")),
        fields.one("cover", lambda text: _cover(text, file.parent)),
        whom,
        fields.one("rate", _rate, FASTEST),
        fields.one("quiet", _quiet, _QUIET),
        fields.one("start", lambda text: _start(text, known), None),
        fields.lines,
    )


class _Fields:
    """The fields of a file, each with its line."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._held: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        for key, value, line in _nodes(file):
            if key not in _FIELDS:
                self._refuse(key, f"没有这一项，可以写 {'、'.join(_FIELDS)}", line)
            if key in self._held:
                self._refuse(key, f"写了两次，第一次在第 {self.lines[key]} 行", line)
            self._held[key], self.lines[key] = value, line

    def one(self, name: str, read: Callable[[str], Any], *default: Any) -> Any:  # noqa: ANN401
        """Read a field that holds one text; without a default it must be there."""
        value = self._held.get(name, "")
        if not default and name not in self._held:
            self._refuse(name, "缺少这一项", None)
        if not isinstance(value, str):
            self._refuse(name, "只能写一个值", self.lines[name])
        if default and not value.strip():
            return default[0]
        try:
            return read(value.strip())
        except ValueError as error:
            self._refuse(name, str(error), self.lines[name])

    def named(self, name: str, codes: Mapping[str, str]) -> tuple[str, ...]:
        """Read a field that holds names of a kind, one or several."""
        value = self._held.get(name, [])
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
            self._refuse(name, "要写一个名称，或者 [名称, 名称]", self.lines[name])
        found = []
        for word in (one.strip() for one in words if one.strip()):
            if word not in codes:
                self._refuse(name, f"不认识“{word}”，可以写 {_some(codes)}", self.lines[name])
            found.append(codes[word])
        return tuple(dict.fromkeys(found))

    def _refuse(self, name: str, text: str, line: int | None) -> NoReturn:
        where = f" 第 {line} 行" if line else ""
        raise FormError(f"{self._file.name}{where} {name}：{text}")


_FIELDS = (
    *("title", "article", "cover", "settings", "places", "lists", "language"),
    *("rate", "quiet", "start"),
)


def _nodes(file: Path) -> list[tuple[str, Any, int]]:
    """Read the pairs of a file as texts, with their lines."""
    try:
        # All is text: a time is not made a number, nor a "no" a denial.
        loader = yaml.BaseLoader(file.read_text(encoding="utf-8-sig"))
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise FormError(f"{file.name}：要写成 title: 题目 这样的几行")
        pairs = [(key, loader.construct_object(value, deep=True)) for key, value in node.value]
    except UnicodeDecodeError:
        raise FormError(f"{file.name} 不是 UTF-8 编码，请另存为 UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FormError(
            f"{file.name} 第 {line} 行：不是 YAML 的写法，请看缩进、冒号和引号"
        ) from None
    except yaml.YAMLError:
        raise FormError(f"{file.name}：有不能用的字符") from None
    return [(str(key.value), value, key.start_mark.line + 1) for key, value in pairs]


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not 0 < len(title) <= editing.LONGEST_TITLE:
        raise ValueError(f"要 1 到 {editing.LONGEST_TITLE} 个字，现在 {len(title)} 个")
    return title


def _number(what: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and 0 < int(text) < 10**12):
            raise ValueError(f"要写{what}，例如 3")
        return int(text)

    return read


def _rate(text: str) -> int:
    rate = _number("每分钟最多多少人")(text)
    if not editing.SLOWEST <= rate <= FASTEST:
        raise ValueError(f"每分钟 {editing.SLOWEST} 到 {FASTEST} 人")
    return rate


def _cover(text: str, folder: Path) -> Path | str:
    if pictures.is_name(text):
        return text
    if not text or not (folder / text).is_file():
        raise ValueError(f"找不到图片“{text}”（从这份文件所在的目录找）")
    return folder / text


def _language(text: str) -> Locale:
    codes = _LANGUAGES | {str(one): one for one in Locale}
    if text not in codes:
        raise ValueError(f"可以写 {_some(codes)}")
    return codes[text]


def _quiet(text: str) -> tuple[time | None, time | None]:
    if text.lower() in _NONE:
        return None, None
    try:
        first, last = (time.fromisoformat(one.strip()) for one in text.split("-"))
    except ValueError:
        raise ValueError("要写成 21:00-08:00，不要安静时段就写 无") from None
    return first.replace(tzinfo=None), last.replace(tzinfo=None)


def _start(text: str, known: Known) -> datetime:
    """Read an instant of Kunming's: a date, or the next time of an anchor, and an hour."""
    on, _, hour = text.rpartition(" ")
    dated = {
        word: begins for begins, one in coming(known.anchors, known.today) for word in _words(one)
    }
    try:
        day = dated.get(on.strip()) or date.fromisoformat(on.strip())
        return datetime.combine(day, time.fromisoformat(hour), tzinfo=KUNMING)
    except ValueError:
        example = f"{known.anchors[0].name} 09:00" if known.anchors else "2027-03-15 09:00"
        raise ValueError(f"要写成 2027-03-15 09:00（昆明时间），或 {example}") from None


def _words(anchor: Anchor) -> set[str]:
    """Return how a file may call an anchor: 3·15 is enough for its whole name."""
    return {anchor.code, anchor.name, anchor.name.partition(" ")[0]}


def _some(codes: Mapping[str, object]) -> str:
    return "、".join(list(codes)[:12])
