"""Dictionaries: every code that an answer may hold, with its name in the language asked for."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Any

import marshmallow as ma

from core.advice import Advice
from core.articles.ledger import ArticleKind
from core.cases import CaseKind, CaseState
from core.data_request import Right
from core.departments import Level
from core.installations import Vendor
from core.institutions import CheckPurpose
from core.interests import Setting
from core.objection import Grounds
from core.own_cases import Possible
from core.records import STANDING, Fulfilment, RecordKind, RecordState, Severity
from core.reports.ledger import Purpose, ReportState
from core.reports.proof import Standing
from core.rules import RuleKind
from core.subjects import SubjectKind, SubjectState
from mobile_api import asking, words
from mobile_api.editions import Platform
from mobile_api.fields import Answer
from mobile_api.problems import DoorError
from mobile_api.resource import Resource

blueprint = Resource("dictionaries", description="代码表：各种代码和名称")
blueprint.keep_public()

_Entries = Mapping[str, str]
# By its codes; the words of which table.
_ENUMS: dict[str, tuple[type[StrEnum], str]] = {
    "record_kinds": (RecordKind, "RECORD_KINDS"),
    "severities": (Severity, "SEVERITIES"),
    "subject_kinds": (SubjectKind, "SUBJECT_KINDS"),
    "subject_states": (SubjectState, "SUBJECT_STATES"),
    "advice": (Advice, "ADVICE"),
    "case_kinds": (CaseKind, "CASE_KINDS"),
    "objection_states": (CaseState, "CASE_STATES"),
    "repair_states": (CaseState, "REPAIR_STATES"),
    "objection_grounds": (Grounds, "GROUNDS"),
    "data_rights": (Right, "DATA_RIGHTS"),
    "report_states": (ReportState, "REPORT_STATES"),
    "report_standings": (Standing, "REPORT_STANDINGS"),
    "report_purposes": (Purpose, "REPORT_PURPOSES"),
    "check_purposes": (CheckPurpose, "CHECK_PURPOSES"),
    "department_levels": (Level, "LEVELS"),
    "rule_kinds": (RuleKind, "RULE_KINDS"),
    "platforms": (Platform, "PLATFORMS"),
    "push_vendors": (Vendor, "VENDORS"),
    "fulfilments": (Fulfilment, "FULFILMENTS"),
    "campaign_settings": (Setting, "CAMPAIGN_SETTINGS"),
    "article_kinds": (ArticleKind, "ARTICLE_KINDS"),
    "case_steps": (Possible, "POSSIBLE"),
}


class Entry(Answer):
    """One code."""

    code = ma.fields.String(metadata={"description": "代码", "example": "penalty"})
    label = ma.fields.String(metadata={"description": "名称", "example": "行政处罚"})


class Dictionary(Answer):
    """All codes of one kind."""

    name = ma.fields.String(metadata={"description": "哪个代码表", "example": "record_kinds"})
    items = ma.fields.List(
        ma.fields.Nested(Entry),
        metadata={"description": "全部代码；今后可能增加，请容忍不认识的"},
    )


class Dictionaries(Answer):
    """All dictionaries."""

    items = ma.fields.List(ma.fields.Nested(Dictionary), metadata={"description": "全部代码表"})


@blueprint.get("")
@blueprint.doc(operationId="listDictionaries", summary="查看全部代码表")
@blueprint.refuses()
@blueprint.tagged
@blueprint.response(200, Dictionaries)
def list_dictionaries() -> dict[str, Any]:
    """List all dictionaries with their codes."""
    return {"items": [_shown(name) for name in _SOURCES]}


@blueprint.get("/<name>")
@blueprint.doc(operationId="getDictionary", summary="查看一个代码表")
@blueprint.refuses("dictionary_not_found")
@blueprint.tagged
@blueprint.response(200, Dictionary)
def show(name: str) -> dict[str, Any]:
    """Show one dictionary."""
    if name not in _SOURCES:
        raise DoorError("dictionary_not_found")
    return _shown(name)


def _shown(name: str) -> dict[str, Any]:
    entries = _SOURCES[name](asking.current().language)
    return {
        "name": name,
        "items": [{"code": code, "label": label} for code, label in entries.items()],
    }


def _of_enum(enum: type[StrEnum], table: str, language: str) -> _Entries:
    return {one.value: words.label(table, one.value, language) for one in enum}


def _states(language: str) -> _Entries:
    # Of a record that is not public nothing is shown, so its state never is.
    shown = [one for one in RecordState if one in STANDING]
    return {one.value: words.label("RECORD_STATES", one.value, language) for one in shown}


def _reasons(language: str) -> _Entries:
    return {one.code: one.said(language)[0] for one in asking.current().parts.rules.reasons}


def _lists(_language: str) -> _Entries:
    return {code: one.name for code, one in asking.current().parts.rules.lists.items()}


_SOURCES: dict[str, Callable[[str], _Entries]] = {
    **{name: partial(_of_enum, *source) for name, source in _ENUMS.items()},
    "record_states": _states,
    "lists": _lists,
    "districts": partial(words.table, "DISTRICTS"),
    "zones": partial(words.table, "ZONES"),
    "case_reasons": _reasons,
    "source_statuses": partial(words.table, "SOURCE_STATUSES"),
    "record_facts": words.facts,
}
