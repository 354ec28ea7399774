"""Promises, statements, judgment defaulters and removals: what their rows become."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake.layouts import LayoutName, recognise
from core.intake.reasons import HIDDEN
from core.intake.removals import Action, Removal
from core.intake.rows import key_of_subject
from core.intake.statements import PROMISES
from core.records import Fulfilment, RecordKind, RecordState
from tests.core.department_files import (
    BASES,
    CITIZEN_ID,
    DEFAULTER,
    LISTING,
    PENALTY,
    PROMISE,
    REMOVAL,
    STATEMENT,
    read,
    reasons,
)

COMPANY_CODE = "行政相对人代码_1(统一社会信用代码)"
DATA = Path("config/sample_data")
SAMPLE = json.loads((DATA / "shixin_synthetic.json").read_text("utf-8"))


@pytest.mark.parametrize(("name", "base"), BASES.items())
def test_a_layout_is_told_from_all_others(name, base):
    assert recognise(list(base)).name is name
    assert recognise([f" {title} " for title in reversed(base)]).name is name


def test_the_promise_sample_s_columns_are_all_known():
    header = (DATA / "promise_synthetic.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    assert (recognise(header).name, recognise(header).unused) == (LayoutName.PROMISE, ())


@pytest.mark.parametrize("kind", PROMISES)
@pytest.mark.parametrize("state", Fulfilment)
def test_a_promise_has_its_type_and_how_far_it_is_kept(kind, state):
    row = read(PROMISE, promise_type=kind, fulfilment_state=state.said)
    assert row.content.kind is RecordKind.PROMISE
    facts = row.content.facts
    assert (facts["promise_type"], facts["fulfilment"], facts["public"]) == (kind, state.said, True)
    assert (row.content.title, row.document_no) == ("食品经营许可告知承诺", "")
    assert (row.content.event_date, row.content.ends_on) == (date(2026, 3, 1), None)


@pytest.mark.parametrize(
    "text", ["容缺受理型（证明替代）", "容缺受理型(证明替代)", "证明替代型", " 容缺 受理型 "]
)
def test_a_promise_type_may_be_written_in_its_long_form(text):
    assert read(PROMISE, promise_type=text).content.facts["promise_type"] == "容缺受理型"


def test_a_promise_that_is_not_public_is_held():
    assert read(PROMISE).content.state is RecordState.LOADED
    assert read(PROMISE, public="否").content.state is RecordState.HELD


def test_a_promise_is_one_by_its_matter_and_day_however_far_it_is_kept():
    row = read(PROMISE)
    kept = read(PROMISE, fulfilment_state="违背")
    assert kept.natural_key == row.natural_key
    assert kept.says_otherwise(row.fingerprint)
    others = [{"promise_matter": "另一事项"}, {"promised_on": "2026-03-02"}]
    keys = {read(PROMISE, **other).natural_key for other in others} | {row.natural_key}
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("评价", RecordKind.EVALUATION),
        ("荣誉", RecordKind.HONOUR),
        ("合同履约", RecordKind.CONTRACT_PERFORMANCE),
        ("职业资格", RecordKind.QUALIFICATION),
        ("自愿填报", RecordKind.VOLUNTARY),
    ],
)
def test_a_statement_is_of_one_of_five_kinds(word, kind):
    row = read(STATEMENT, 种类=word)
    assert (row.content.kind, row.content.ends_on) == (kind, date(2029, 4, 30))
    assert row.content.facts["result"] == "市级"


def test_a_statement_without_end_has_none_and_names_its_source():
    row = read(STATEMENT, 有效期至="2099-12-31", 来源="昆明市示例协会")
    assert row.content.ends_on is None
    assert row.department == ("昆明市示例协会", None)
    assert read(STATEMENT, 有效期至="").content.ends_on is None


def test_a_statement_s_result_may_stand_under_either_name():
    header = ["等级" if title == "结果/等级" else title for title in STATEMENT]
    assert recognise(header).unused == ()


def test_a_defaulting_company_is_known_by_its_code_old_or_new():
    row = read(DEFAULTER)
    assert (row.uscc, row.org_code) == ("91530111000000027C", "")
    old = read(DEFAULTER, cardNum="00000002-7")
    assert (old.uscc, old.org_code) == ("", "000000027")
    assert old.natural_key == row.natural_key
    assert not old.says_otherwise(row.fingerprint)


def test_a_defaulter_s_record_says_what_the_court_says_and_names_no_representative():
    row = read(DEFAULTER)
    assert row.content.kind is RecordKind.JUDGMENT_DEFAULTER
    assert row.content.event_date == date(2026, 2, 1)
    assert row.content.facts["registered_on"] == "2026-01-08"
    assert row.content.facts["performed_part"] == "10万元"
    assert "示例某" not in str(row)


def test_the_court_s_masked_person_is_refused_and_nothing_of_it_repeated():
    person = {key: str(value) for key, value in SAMPLE[0].items()}
    answer = read(person)
    assert reasons(answer) == ["PERSON"]
    assert answer[0].column == "cardNum"
    assert "1985" not in answer[0].value


def test_a_company_s_code_with_a_wrong_check_digit_is_loaded_with_a_warning():
    assert "CHECK_DIGIT" in reasons(read(DEFAULTER, cardNum="915301110000000270").warnings)


def test_a_removal_says_whose_record_it_means_and_what_becomes_of_it():
    removal = read(REMOVAL)
    assert isinstance(removal, Removal)
    assert (removal.action, removal.reason) == (Action.WITHDRAW, "复议机关撤销了处罚决定")
    assert (removal.day, removal.number) == (date(2026, 11, 20), 2)
    assert (removal.named.kind, removal.named.list_kind) == (RecordKind.PENALTY, None)


@pytest.mark.parametrize("word", ["撤销", "更正", "删除", "移出"])
def test_there_are_four_ways_to_remove(word):
    assert read(REMOVAL, 处理方式=word).action == word


@settings(deadline=None)
@given(st.sampled_from(["昆市监罚〔2026〕12号", "昆市监罚[2026]12号", "昆市监罚 （2026） 12 号"]))
def test_a_removal_has_the_key_of_the_penalty_that_it_means(document):
    assert read(PENALTY).natural_key in read(REMOVAL, 文号=document).keys


def test_a_removal_has_the_key_of_the_licence_and_of_the_listing_that_it_means():
    listing = {
        "种类": "名单",
        "名单种类": "拖欠农民工工资失信联合惩戒对象",
        "认定机关": LISTING["authority"],
        "文号": LISTING["basis_document"],
    }
    by_name = read(REMOVAL, **listing)
    by_code = read(REMOVAL, **listing | {"名单种类": "wage_arrears", "机关代码": ""})
    assert read(LISTING).natural_key in by_name.keys
    assert read(LISTING).natural_key in by_code.keys


def test_a_removal_has_the_key_of_the_defaulter_that_it_means():
    court = {
        "种类": "失信被执行人",
        "认定机关": DEFAULTER["courtName"],
        "文号": "（2026）云0111执示例2号",
        "机关代码": "",
    }
    for code in ("91530111000000027C", "000000027"):
        removal = read(REMOVAL, 统一社会信用代码=code, **court)
        assert read(DEFAULTER).natural_key in removal.keys


def test_a_removal_of_a_person_s_record_has_the_key_that_it_gets_under_the_person():
    person = {"行政相对人类别": "自然人", "证件号码": CITIZEN_ID, COMPANY_CODE: ""}
    row = read(PENALTY, **person)
    removal = read(REMOVAL, 统一社会信用代码=CITIZEN_ID)
    assert removal.person.number == CITIZEN_ID
    assert row.of_subject(7).natural_key in [key_of_subject(key, 7) for key in removal.keys]
    wrong = read(REMOVAL, 统一社会信用代码=CITIZEN_ID[:-1] + "5")
    assert (reasons(wrong), wrong[0].value) == (["PERSON"], HIDDEN)


def test_a_removal_of_what_has_no_number_has_no_key():
    assert read(REMOVAL, 文号="未按期公示年报").keys == ()


def test_a_removal_s_wrong_check_digit_is_a_warning():
    assert reasons(read(REMOVAL, 统一社会信用代码="915301020000000190").warnings) == ["CHECK_DIGIT"]


def test_a_list_may_be_named_by_its_name():
    assert (
        read(LISTING, list_kind="拖欠农民工工资失信联合惩戒对象").content.list_kind
        == "WAGE_ARREARS"
    )
