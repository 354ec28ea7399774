"""Filing: what the forms of objections, repairs and complaints have in common."""

from typing import Any

import marshmallow as ma

from core.applying import Form, Office
from core.evidence import ledger
from mobile_api import asking
from mobile_api.fields import Text

_ID = ma.validate.Regexp(r"^[0-9a-f]{32}$", error="id")


class EvidenceIds(ma.fields.List[str]):
    """Files that were uploaded for this: their ids."""

    def __init__(self) -> None:
        one = ma.fields.String(validate=_ID, error_messages={"invalid": "text", "null": "null"})
        most = ledger.MOST_OF_A_CASE
        super().__init__(
            one,
            load_default=list,
            validate=ma.validate.Length(max=most, error=f"items 0 {most}"),
            error_messages={"invalid": "list", "null": "null"},
            metadata={
                "description": "已经上传的材料的编号，最多十份",
                "example": ["9f86d081884c7d659a2feaa0c55ad015"],
            },
        )


def statement(description: str, *, required: bool = True) -> Text:
    """Return the field for what the applicant says."""
    return Text(1, 2000, required=required, metadata={"description": description})


def read(given: dict[str, Any]) -> Form:
    """Take what these forms have in common out of what was sent."""
    return Form(
        statement=given.pop("statement", ""),
        grounds=tuple(given.pop("grounds", ())),
        evidence=tuple(given.pop("evidence")),
        promised=given.pop("promised", False),
        promise_version=given.pop("promise_version", None),
    )


def office() -> Office:
    """Return what applications are taken with."""
    parts = asking.current().parts
    return Office(parts.rules, parts.vault)


def promised() -> ma.fields.Boolean:
    """Return the field by which the promise is made, whose text eligibility gives."""
    return ma.fields.Boolean(
        load_default=False,
        truthy={True},
        falsy={False},
        error_messages={"invalid": "boolean", "null": "null"},
        metadata={"description": "已经阅读并确认信用承诺（全文见能否办理的回答）"},
    )


def promise_version() -> ma.fields.String:
    """Return the field that says which text of the promise was read."""
    return ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=ma.validate.Length(max=20, error="length 0 20"),
        error_messages={"invalid": "text"},
        metadata={
            "description": "读到的承诺的版本（能否办理的回答里有）；不填就是现行的一版",
            "example": "2025-11",
        },
    )
