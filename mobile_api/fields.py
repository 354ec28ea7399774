# ruff: noqa: ANN401 - marshmallow's own signatures
"""Fields and schemas: what comes in is bounded, what goes out is dated and labelled."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import marshmallow as ma
from flask_smorest.fields import Upload
from marshmallow.validate import Length, NoneOf, Range
from werkzeug.datastructures import FileStorage

from core.calendar import in_kunming
from mobile_api import asking, words
from mobile_api.descriptions import DESCRIPTIONS

NAMES: dict[str, Any] = {
    "required": "required",
    "null": "null",
    "unknown": "unknown",
    "type": "object",
}
_RECORD_ID = "^[1-9][0-9]{0,17}$"  # always fits the database's integer
_SHA256 = "^[0-9a-fA-F]{64}$"
_DAYS = date(1950, 1, 1), date(2099, 12, 31)
_DAY = r"^(19[5-9][0-9]|20[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_SHOWN = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*"
_TEXT = rf"^{_SHOWN}[^\s\x00-\x1f\x7f-\x9f]{_SHOWN}$"
_LAYOUT = frozenset("\t\r\n")
_UNSEEN = frozenset({"Cc", "Cs"})  # control characters, halves of surrogate pairs


class Question(ma.Schema):
    """What the app sends: unknown fields are refused, faults are named and not worded."""

    error_messages = NAMES


class Answer(ma.Schema):
    """What the app gets: every field is always there, though it may be null; more may come."""

    class Meta:
        """Leave room in the document for fields that are added later."""

        unknown = ma.EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: ma.fields.Field[Any]) -> None:
        """Tell the document that a field is always there, and what it is."""
        field_obj.required = True
        said = field_obj.metadata.get("description") or _description(field_name, field_obj)
        if isinstance(field_obj, Choice) and not said.endswith(_MORE):
            said += _MORE
        field_obj.metadata = {**field_obj.metadata, **({"description": said} if said else {})}

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Read a field as cheaply as it can be: no name of ours is a path of several steps."""
        if isinstance(obj, dict):
            return obj.get(attr, default)
        return getattr(obj, attr, default)


class Text(ma.fields.String):
    """Text within a length, not blank, without control characters; spaces around it go."""

    default_error_messages = NAMES | {"invalid": "text"}

    def __init__(self, least: int, most: int, **options: Any) -> None:
        self._length = f"length {least} {most}"
        # Measured as it came: that is what the document's readers measure.
        bounds = Length(least, most, error=self._length)
        options["metadata"] = {"pattern": _TEXT} | options.get("metadata", {})
        super().__init__(validate=(bounds, _is_visible, self._is_not_blank), **options)

    def deserialize(self, value: Any, *arguments: Any, **named: Any) -> Any:
        """Read a text, and strip it."""
        read = super().deserialize(value, *arguments, **named)
        return read.strip() if isinstance(read, str) else read

    def _is_not_blank(self, text: str) -> None:
        if text and not text.strip():
            raise ma.ValidationError(self._length)


class Whole(ma.fields.Integer):
    """An integer within bounds."""

    default_error_messages = NAMES | dict.fromkeys(("invalid", "too_large"), "integer")

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(validate=Range(least, most, error="range {min} {max}"), **options)


class Flag(ma.fields.Boolean):
    """True or false; no number and no word stands for them."""

    default_error_messages = NAMES | {"invalid": "boolean"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return bool(super()._deserialize(value, attr, data, **options))


class Day(ma.fields.Date):
    """A date of our times."""

    default_error_messages = NAMES | dict.fromkeys(("invalid", "format"), "day")

    def __init__(self, **options: Any) -> None:
        options["metadata"] = {"pattern": _DAY} | options.get("metadata", {})
        super().__init__(validate=Range(*_DAYS, error="range {min} {max}"), **options)


class File(Upload):  # type: ignore[misc]
    """A file, in a form that is sent in parts; a text in its place is none."""

    default_error_messages = NAMES | {"file": "file"}

    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if not isinstance(value, FileStorage):
            raise self.make_error("file")
        return value


class RowId(ma.fields.String):
    """The id of something as an earlier answer gave it; a number for core."""

    default_error_messages = NAMES | {"invalid": "text", "id": "id"}

    def __init__(self, **options: Any) -> None:
        options["metadata"] = {"pattern": _RECORD_ID} | options.get("metadata", {})
        super().__init__(**options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> Any:
        number = read_id(super()._deserialize(value, attr, data, **options))
        if number is None:
            raise self.make_error("id")
        return number


class Sha256(ma.fields.String):
    """The SHA-256 of a file. Its pattern is written as the document's readers know patterns."""

    default_error_messages = NAMES | {"invalid": "text"}

    def __init__(self, **options: Any) -> None:
        described = {"description": "文件的 SHA-256（64 位十六进制）", "pattern": _SHA256}
        super().__init__(validate=exactly(_SHA256, "invalid"), metadata=described, **options)


class Part(ma.fields.Nested):
    """An object inside another."""

    default_error_messages = NAMES


class RecordId(RowId):
    """The id of a record."""

    def __init__(self) -> None:
        super().__init__(required=True, metadata={"description": "记录编号", "example": "1024"})


def read_id(text: str) -> int | None:
    """Read the id of a row from a path; None for what cannot be one."""
    return int(text) if re.fullmatch(_RECORD_ID, text) else None


class Choice(ma.fields.Enum[Any]):
    """One value of an enum, but for those that are never to be chosen."""

    default_error_messages = NAMES | {"unknown": "choice"}

    def __init__(self, enum: type[Any], *, never: Sequence[Any] = (), **options: Any) -> None:
        barred = {"validate": NoneOf(never, error="choice")} if never else {}
        super().__init__(enum, by_value=True, **options | barred)
        self.values = [each.value for each in enum if each not in never]


class Label(ma.fields.String):
    """The words for an enum beside it, in the language of the answer."""

    def __init__(self, table: str, *, of: str, **options: Any) -> None:
        super().__init__(attribute=of, dump_only=True, **options)
        self.table = table

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> str | None:
        del attr, obj, options
        return None if value is None else words.label(self.table, value, asking.current().language)


class CaseStateLabel(ma.fields.String):
    """The words for the state of a case beside it: an objection and a repair end differently."""

    def __init__(self) -> None:
        super().__init__(attribute="state", dump_only=True)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> str:
        del attr, options
        return words.case_state(obj["kind"], value, asking.current().language)


class Moment(ma.fields.DateTime):
    """An instant as RFC 3339 with Kunming's offset, to the second."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **options: Any) -> Any:
        shown = in_kunming(value).replace(microsecond=0) if value else None
        return super()._serialize(shown, attr, obj, **options)


def exactly(pattern: str, fault: str) -> Callable[[str], None]:
    """Return a check that a text is of this pattern, from its first character to its last."""

    def check(text: str) -> None:
        if not re.fullmatch(pattern, text):
            raise ma.ValidationError(fault)

    return check


_MORE = "。今后可能增加，请容忍不认识的值"


def _description(name: str, field: Any) -> str:
    if isinstance(field, Label | CaseStateLabel):
        return f"{field.attribute} 的名称，语言随 Accept-Language"
    return DESCRIPTIONS.get(name, "")


def _is_visible(text: str) -> None:
    if any(unicodedata.category(char) in _UNSEEN and char not in _LAYOUT for char in text):
        raise ma.ValidationError("control")
