"""Statements: promises, and what departments or entities say that is neither praise nor blame."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from core.intake.given import Given
from core.intake.reasons import Reason
from core.intake.rows import Content, Known, short
from core.records import Fulfilment, RecordKind, RecordState

Value = TypeVar("Value")
PROMISES = ("审批替代型", "容缺受理型", "信用修复型", "行业自律型", "主动型")
_PROMISES = {one: one for one in PROMISES} | dict.fromkeys(
    ("证明替代型", "容缺受理型(证明替代)", "容缺受理型(证明替代型)"), "容缺受理型"
)
_PUBLIC = {"是": True, "否": False}
_KINDS = {
    "评价": RecordKind.EVALUATION,
    "信用评价": RecordKind.EVALUATION,
    "荣誉": RecordKind.HONOUR,
    "诚实守信荣誉": RecordKind.HONOUR,
    "合同履约": RecordKind.CONTRACT_PERFORMANCE,
    "合同履行": RecordKind.CONTRACT_PERFORMANCE,
    "职业资格": RecordKind.QUALIFICATION,
    "自愿填报": RecordKind.VOLUNTARY,
    "自愿申报": RecordKind.VOLUNTARY,
}


def promise(given: Given, known: Known, event_date: date) -> Content:
    """Return a credit promise (信用承诺) and how far it is kept; what is not public is held."""
    del known
    kind = _one_of(given, "promise_type", _PROMISES, wrong=Reason.UNKNOWN_PROMISE)
    states = {one.said: one.said for one in Fulfilment}
    fulfilment = _one_of(given, "fulfilment", states, wrong=Reason.UNKNOWN_FULFILMENT)
    public = _one_of(given, "public", _PUBLIC, wrong=Reason.NOT_YES_NO)
    return Content(
        kind=RecordKind.PROMISE,
        title=short(given.text("matter")),
        event_date=event_date,
        state=RecordState.LOADED if public else RecordState.HELD,
        facts={
            "promise_type": kind,
            "matter": given.text("matter"),
            "fulfilment": fulfilment,
            "public": public,
        },
    )


def statement(given: Given, known: Known, event_date: date) -> Content:
    """Return an evaluation, honour, contract performance, qualification or voluntary statement."""
    del known
    kind = _one_of(given, "statement_kind", _KINDS, wrong=Reason.UNKNOWN_STATEMENT)
    end = given.end("valid_to")
    if end is not None and end < event_date:
        given.blame("valid_to", Reason.ENDS_BEFORE_START)
    return Content(
        kind=kind or RecordKind.VOLUNTARY,
        title=short(given.text("matter")),
        event_date=event_date,
        facts={
            "matter": given.text("matter"),
            "result": given.optional("result"),
            "valid_to": end.isoformat() if end else None,
            "source": given.optional("source_department"),
        },
    )


def _one_of(given: Given, field: str, words: Mapping[str, Value], *, wrong: Reason) -> Value | None:
    word = given.raw(field).replace("（", "(").replace("）", ")")
    if word and word not in words:
        given.blame(field, wrong)
    return words.get(word)
