"""The words: in Chinese and in English for the same things, and for everything core can say."""

import ast
import inspect
import re
from datetime import UTC, datetime

import pytest

from core import errors
from core.cases import CaseKind, CaseState
from core.errors import CreditError
from core.objection import Grounds
from core.outbox.deliveries import EventKind
from core.query import View
from core.records import STANDING, RecordKind, RecordState, Severity
from core.reports.ledger import Purpose, ReportState
from core.reports.proof import Standing
from core.standing import STEPS
from core.subjects import SubjectKind, SubjectState
from messages import wording
from messages.wording import (
    api_en,
    api_zh,
    bot_zh,
    en,
    rules_en,
    rules_zh,
    verify_en,
    verify_zh,
    zh,
)

PAIRS = [(zh, en), (api_zh, api_en), (verify_zh, verify_en), (rules_zh, rules_en)]
CODES = {
    kind.code
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, CreditError) and kind is not CreditError
}
_PAPERS = {EventKind.REPORT_READY, EventKind.REPORT_RECALLED}
TABLES = {
    "RECORD_KINDS": set(RecordKind),
    "SEVERITIES": set(Severity),
    "SUBJECT_KINDS": set(SubjectKind),
    "SUBJECT_STATES": set(SubjectState),
    "CASE_KINDS": set(CaseKind),
    "CASE_STATES": set(CaseState),
    "REPAIR_STATES": set(CaseState),
    "CASE_CARD": set(CaseKind),
    "GROUNDS": set(Grounds) | {"settled"},
    "REFUSALS": CODES,
    "RECALLS": {to for before in STANDING for to in STEPS[before]}
    - {RecordState.PUBLISHED, RecordState.DISPUTED},
    "REPORT_PURPOSES": set(Purpose),
    "REPORT_STATES": set(ReportState),
    "REPORT_STANDINGS": set(Standing),
    "REPORT_CARD": _PAPERS,
    "REPORT_HINTS": _PAPERS,
}


def words(module):
    """Return what a module says, by name, and of tables by key."""
    tree = ast.parse(inspect.getsource(module))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    tables = {name: value for name, value in vars(module).items() if name.isupper()}
    return {
        name: set(value) if isinstance(value, dict) else None for name, value in tables.items()
    } | dict.fromkeys(functions)


@pytest.mark.parametrize(
    ("chinese", "english"), PAIRS, ids=["zh", "api_zh", "verify_zh", "rules_zh"]
)
def test_both_languages_have_the_same_keys(chinese, english):
    assert words(chinese) == words(english)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("module", [zh, en], ids=["zh", "en"])
def test_there_is_a_word_for_everything_core_can_say(module, name):
    assert set(getattr(module, name)) == TABLES[name]


@pytest.mark.parametrize("language", sorted(wording.LANGUAGES))
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_refusal_is_told(code, language):
    said = wording.refusal(code, language)

    assert said.endswith(("。", "."))
    assert bool(re.search(r"[\u4e00-\u9fff]", said)) is (language == "zh")


@pytest.mark.parametrize("name", ["TITLES"])
def test_the_apps_door_has_a_title_for_every_refusal(name):
    assert set(getattr(api_zh, name)) >= CODES


def test_codes_are_told_apart():
    named = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, CreditError) and kind is not CreditError
    ]
    assert len(CODES) == len(named)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SubjectState.UNKNOWN, "法人或非法人组织）"),
        (SubjectState.REVOKED, "法人或非法人组织，吊销）"),
    ],
)
def test_a_state_that_nobody_told_us_is_not_told(state, said):
    kind, uscc = SubjectKind.LEGAL_ENTITY, "91530102000000019G"
    entity = View(1, uscc, True, "示例公司", kind, "530102", state, {}, [])

    pages = bot_zh.view(entity, now=datetime(2026, 11, 23, tzinfo=UTC))

    assert pages[0].splitlines()[1] == f"代码：{uscc}（{said}"
