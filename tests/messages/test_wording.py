"""The words: in Chinese and in English for the same things, and for everything core can say."""

import ast
import inspect
import re
from datetime import UTC, date, datetime

import pytest

from core import detail, repair
from core.advice import Advice
from core.authorisations import AuthorisationState, AuthorisedScope
from core.cases import CaseKind, CaseState
from core.checks.outcomes import LineOutcome
from core.checks.uploads import LineFault
from core.complaint import Matter
from core.data_request import Right
from core.institutions import CheckPurpose
from core.objection import Grounds
from core.operations import OperationKind, OperationState
from core.outbox.deliveries import EventKind
from core.query import Item, View
from core.records import STANDING, RecordKind, RecordState, Severity
from core.releases import Member
from core.reports.ledger import Purpose, ReportState
from core.reports.proof import Standing
from core.standing import STEPS
from core.subjects import SubjectKind, SubjectState
from messages import wording
from messages.wording import (
    api_en,
    api_zh,
    bot_zh,
    cases_en,
    cases_zh,
    certify_en,
    certify_zh,
    checks_en,
    checks_zh,
    en,
    records_en,
    records_zh,
    refusals_en,
    refusals_zh,
    rules_en,
    rules_zh,
    verify_en,
    verify_zh,
    zh,
)
from tests.fixtures import refusals

PAIRS = [
    (zh, en),
    (api_zh, api_en),
    (verify_zh, verify_en),
    (rules_zh, rules_en),
    (refusals_zh, refusals_en),
    (records_zh, records_en),
    (cases_zh, cases_en),
    (checks_zh, checks_en),
    (certify_zh, certify_en),
]
CODES = {kind.code for kind in refusals.every()}
_PAPERS = {EventKind.REPORT_READY, EventKind.REPORT_RECALLED}
TABLES = {
    "RECORD_KINDS": set(RecordKind),
    "SEVERITIES": set(Severity),
    "SUBJECT_KINDS": set(SubjectKind),
    "SUBJECT_STATES": set(SubjectState),
    "CASE_KINDS": set(CaseKind),
    "CASE_STATES": set(CaseState),
    "REPAIR_STATES": set(CaseState),
    "COMPLAINT_STATES": set(CaseState),
    "DATA_REQUEST_STATES": set(CaseState),
    "GROUNDS": set(Grounds) | {repair.SETTLED} | set(Matter) | set(Right),
    "RECALLS": {to for before in STANDING for to in STEPS[before]}
    - {RecordState.PUBLISHED, RecordState.DISPUTED},
    "OPERATION_KINDS": set(OperationKind),
    "OPERATION_STATES": set(OperationState),
    "REPORT_PURPOSES": set(Purpose),
    "REPORT_STATES": set(ReportState),
    "REPORT_STANDINGS": set(Standing),
    "REPORT_HINTS": _PAPERS,
}
OF_RECORDS = {
    "ADVICE": set(Advice),
    "MARKS": STANDING - {RecordState.PUBLISHED},
    "DETAIL_FACTS": set(detail.TOLD),
    "RELEASE_COLUMNS": {*Member._fields, "mark"} - {"id", "state"},
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
    ("chinese", "english"),
    PAIRS,
    ids=[
        "zh",
        "api_zh",
        "verify_zh",
        "rules_zh",
        "refusals_zh",
        "records_zh",
        "checks_zh",
        "cases_zh",
        "certify_zh",
    ],
)
def test_both_languages_have_the_same_keys(chinese, english):
    assert words(chinese) == words(english)


@pytest.mark.parametrize("module", [refusals_zh, refusals_en], ids=["zh", "en"])
def test_there_is_a_word_for_everything_core_refuses(module):
    assert set(module.REFUSALS) == CODES


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("module", [zh, en], ids=["zh", "en"])
def test_there_is_a_word_for_everything_core_can_say(module, name):
    assert set(getattr(module, name)) == TABLES[name]


@pytest.mark.parametrize("name", OF_RECORDS)
@pytest.mark.parametrize("module", [records_zh, records_en], ids=["zh", "en"])
def test_there_is_a_word_for_all_that_is_told_of_records(module, name):
    assert set(getattr(module, name)) == OF_RECORDS[name]


@pytest.mark.parametrize("module", [checks_zh, checks_en], ids=["zh", "en"])
def test_there_is_a_word_for_all_that_a_check_can_say(module):
    assert set(module.CHECK_PURPOSES) == set(CheckPurpose)
    assert set(module.CHECK_OUTCOMES) == set(LineOutcome)
    assert set(module.LINE_FAULTS) == set(LineFault)
    assert set(module.AUTHORISED_SCOPES) == set(AuthorisedScope)
    assert set(module.AUTHORISATION_STATES) == set(AuthorisationState)
    assert len(module.LIMITS) == len(checks_zh.LIMITS)


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
    assert len(CODES) == len(refusals.every())


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


def told(**given):
    facts = {
        "id": 1,
        "kind": RecordKind.PENALTY,
        "list_kind": None,
        "title": "过期食品",
        "severity": Severity.GENERAL,
        "authority": "昆明市市场监督管理局",
        "document_no": "1号",
        "event_date": date(2026, 6, 15),
        "repairable_from": date(2026, 9, 15),
        "ends_on": date(2027, 6, 15),
        "published_on": date(2026, 6, 20),
        "state": RecordState.PUBLISHED,
    }
    kind, uscc, state = SubjectKind.LEGAL_ENTITY, "91530102000000019G", SubjectState.ACTIVE
    items = [Item(**facts | given)]
    entity = View(1, uscc, True, "示例公司", kind, "530102", state, {}, items)
    return bot_zh.view(entity, now=datetime(2026, 9, 14, 16, tzinfo=UTC))[0]


def test_a_record_is_told_with_its_days_and_what_to_do():
    assert (
        "【行政处罚·一般】过期食品\n昆明市市场监督管理局\n"
        "2026-06-15 决定，2026-06-20 起公示，公示至 2027-06-15\n现在可以申请信用修复\n"
        "认为有误可以提出异议。异议或修复请在"
    ) in told()
    assert "2026-09-16 起可以申请信用修复" in told(repairable_from=date(2026, 9, 16))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"state": RecordState.DISPUTED}, "】（异议处理中）过期食品"),
        ({"state": RecordState.CORRECTED}, "】（已更正）过期食品"),
        ({"severity": Severity.MINOR}, "轻微处罚不应公示，请马上提出异议"),
        ({"published_on": None, "ends_on": None}, "\n2026-06-15 决定\n"),
    ],
)
def test_a_record_bears_its_mark_and_its_warning(given, said):
    assert said in told(**given)


def test_who_has_no_record_is_told_of_no_objection():
    entity = View(
        *(1, "91530102000000019G", True, "示例公司", SubjectKind.LEGAL_ENTITY, "530102"),
        *(SubjectState.ACTIVE, {}, []),
    )

    assert "异议" not in bot_zh.view(entity, now=datetime(2026, 9, 14, tzinfo=UTC))[0]


def test_a_term_is_told_with_its_law():
    assert records_zh.term("最长 12 个月", "令36") == "最长 12 个月。依据：令36。"
    assert (
        records_en.term("12 months at most", "Order 36") == "12 months at most. Source: Order 36."
    )
    assert "1 when released" in records_en.release_as_of(1, datetime(2026, 9, 14, tzinfo=UTC))
    assert records_en.release_title("List", date(2026, 9, 14)) == "List, released on 2026-09-14"
