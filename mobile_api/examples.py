"""Examples: what an answer or a form looks like, put together from what its fields say."""

from collections.abc import Callable
from typing import Any

import marshmallow as ma
from marshmallow.validate import OneOf

from mobile_api import words
from mobile_api.fields import CaseStateLabel, Choice, Label, Moment

# What fields of these names hold, wherever they stand.
_BY_NAME = {
    "name": "昆明示例商贸有限公司",
    "uscc": "91530100MA6K3Q5R8T",
    "district": "530100",
    "title": "罚款",
    "authority": "昆明市市场监督管理局",
    "department": "昆明市市场监督管理局",
    "holder": "昆明市市场监督管理局",
    "document_no": "昆市监罚〔2026〕1号",
    "statement": "罚款金额与决定书不一致，请核对。",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "verify_code": "7KQ2-M9XD-4TBV-W8RE",
    "list_name": "拖欠农民工工资失信联合惩戒对象",
    "institution": "91530100MA6K3Q5R8T",
    "authorization_url": "https://id.example.cn/authorize?client_id=credit-kunming",
    "redirect_uri": "https://credit.example.cn/return",
    "rule": "令36 一般行政处罚",
}
# What an example chooses where it can.
_USUAL = ("penalty", "published", "general", "repair_now", "city", "active", "done")
_BY_TYPE: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (ma.fields.Nested, lambda field: of(field.schema)),
    (ma.fields.List, lambda field: [_value("", field.inner)]),
    (Choice, lambda field: next((one for one in _USUAL if one in field.values), field.values[0])),
    (ma.fields.Enum, lambda field: next(iter(field.enum)).value),
    (Moment, lambda _field: "2026-11-23T09:00:00+08:00"),
    (ma.fields.Date, lambda _field: "2026-11-23"),
    (ma.fields.Boolean, lambda _field: True),
    (ma.fields.Integer, lambda _field: 1),
    (ma.fields.Float, lambda _field: 0.98),
    (ma.fields.Dict, lambda _field: {}),
)


def of(schema: ma.Schema) -> Any:  # noqa: ANN401 - an object, or a list of them
    """Return an example of what a schema shows or reads."""
    made = {field.data_key or name: _value(name, field) for name, field in schema.fields.items()}
    for name, field in schema.fields.items():
        if isinstance(field, Label):
            made[field.data_key or name] = words.label(
                field.table, made[str(field.attribute)], "zh"
            )
        elif isinstance(field, CaseStateLabel):
            made[field.data_key or name] = words.case_state("objection", made["state"], "zh")
    return [made] if schema.many else made


def tell(doc: dict[str, Any]) -> None:
    """Give each form and each good answer of an operation its example."""
    good = [held for status, held in doc["responses"].items() if str(status).startswith("2")]
    for held in (doc.get("requestBody", {}), *good):
        for content in held.get("content", {}).values() if isinstance(held, dict) else ():
            given = content.get("schema")
            schema = given() if isinstance(given, type) else given
            if isinstance(schema, ma.Schema) and not {"example", "examples"} & content.keys():
                content["example"] = of(schema)


def _value(name: str, field: ma.fields.Field[Any]) -> Any:  # noqa: ANN401
    if "example" in field.metadata:
        return field.metadata["example"]
    for kind, made in _BY_TYPE:
        if isinstance(field, kind):
            return made(field)
    if name in _BY_NAME:
        return _BY_NAME[name]
    if one := _first_choice(field):
        return one
    return None if field.allow_none else field.metadata.get("description", name)


def _first_choice(field: ma.fields.Field[Any]) -> Any:  # noqa: ANN401
    given = [rule.choices for rule in field.validators if isinstance(rule, OneOf)]
    return next((one for held in (field.metadata.get("enum", ()), *given) for one in held), None)
