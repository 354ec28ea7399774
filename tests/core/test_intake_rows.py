"""What one row of a department's file means, and why it is sent back."""

from datetime import date

import pytest

from core.intake.reasons import HIDDEN, Reason
from core.records import RecordState
from tests.core.department_files import (
    BASES,
    CHILD_ID,
    CITIZEN_ID,
    DEFAULTER,
    LICENCE,
    LISTING,
    PENALTY,
    PROMISE,
    REMOVAL,
    RULES,
    STATEMENT,
    read,
    reasons,
)
from tests.core.test_registration_rows import WRONG

USCC = "行政相对人代码_1(统一社会信用代码)"
FINE = "罚款金额(万元)"

REJECTED = [
    ("NOT_IN_CATALOGUE", PENALTY, {"处罚决定日期": "2014-09-30"}),
    ("MISSING", PENALTY, {"违法事实": "  "}),
    ("MISSING", LISTING, {"authority": ""}),
    ("MISSING", LICENCE, {"许可决定日期": ""}),
    ("TOO_LONG", PENALTY, {"行政相对人名称": "昆" * 201}),
    ("TOO_LONG", PENALTY, {"违法事实": "昆" * 5001}),
    ("INVISIBLE", PENALTY, {"行政相对人名称": "昆明\x00示例"}),
    ("INVISIBLE", PENALTY, {"行政相对人名称": "昆明\n示例"}),
    ("INVISIBLE", LISTING, {"subject_name": "昆明\u202e示例"}),
    ("BAD_DATE", PENALTY, {"处罚决定日期": "2026-13-01"}),
    ("BAD_DATE", PENALTY, {"处罚决定日期": "2026-02-29"}),
    ("BAD_DATE", PENALTY, {"处罚决定日期": "26/5/1"}),
    ("BAD_DATE", PENALTY, {"处罚决定日期": "0026-05-01"}),
    ("BAD_DATE", PENALTY, {"处罚决定日期": "2026-05/01"}),
    ("BAD_DATE", PENALTY, {"公示截止期": "永久"}),
    ("BAD_DATE", PENALTY, {"处罚有效期": "长期"}),
    ("BAD_DATE", LICENCE, {"有效期自": "x"}),
    ("FUTURE", PENALTY, {"处罚决定日期": "2026-11-24"}),
    ("FUTURE", LISTING, {"listed_on": "2099-12-31"}),
    ("ENDS_BEFORE_START", PENALTY, {"公示截止期": "2026-06-14"}),
    ("ENDS_BEFORE_START", LICENCE, {"有效期至": "2026-01-09"}),
    ("BAD_AMOUNT", PENALTY, {FINE: "-1"}),
    ("BAD_AMOUNT", PENALTY, {FINE: "0.1234567"}),
    ("BAD_AMOUNT", PENALTY, {FINE: "NaN"}),
    ("BAD_AMOUNT", PENALTY, {FINE: "1e3"}),
    ("BAD_AMOUNT", PENALTY, {FINE: "12,00"}),
    ("BAD_AMOUNT", PENALTY, {FINE: "5000元"}),
    ("BAD_MONTHS", LISTING, {"term_months": "三年"}),
    ("BAD_MONTHS", LISTING, {"term_months": "0"}),
    ("BAD_MONTHS", LISTING, {"term_months": "601"}),
    ("UNKNOWN_COUNTERPARTY", PENALTY, {"行政相对人类别": "其他"}),
    ("UNKNOWN_LIST", LISTING, {"list_kind": "NO_SUCH_LIST"}),
    ("BAD_USCC", PENALTY, {USCC: "91530102000000019"}),
    ("BAD_USCC", PENALTY, {USCC: "9153010200000001IO"}),
    ("BAD_USCC", PENALTY, {"处罚机关统一社会信用代码": "无"}),
    ("NO_USCC", PENALTY, {USCC: ""}),
    ("PERSON", PENALTY, {"行政相对人类别": "自然人"}),
    ("PERSON", PENALTY, {"行政相对人类别": " 自 然\u200b人"}),
    ("PERSON", PENALTY, {USCC: "", "证件号码": CITIZEN_ID}),
    ("PERSON", PENALTY, {USCC: "", "证件类型": "身份证"}),
    ("MINOR", PENALTY, {"行政相对人类别": "自然人", "证件号码": CHILD_ID}),
    ("MINOR", PENALTY, {"行政相对人类别": "自然人（未成年人）"}),
    ("SEALED", PENALTY, {"处罚机关": "昆明市公安局五华分局"}),
    ("SEALED", PENALTY, {"数据来源单位": "昆明市 公安局"}),
    ("SEALED", LISTING, {"authority": "昆明市公安局"}),
    ("CITIZEN_ID", PENALTY, {USCC: CITIZEN_ID}),
    ("CITIZEN_ID", PENALTY, {"行政相对人名称": f"示例某{CITIZEN_ID}"}),
    ("CITIZEN_ID", PENALTY, {"违法事实": f"当事人（身份证 {CITIZEN_ID[:6]} {CITIZEN_ID[6:]}）"}),
    ("CITIZEN_ID", PENALTY, {"行政处罚决定书文号": CITIZEN_ID}),
    ("CITIZEN_ID", PENALTY, {"行政相对人代码_4(税务登记号)": CITIZEN_ID + "00"}),
    ("CITIZEN_ID", LISTING, {"early_removal_after": CITIZEN_ID}),
    ("LOST_DIGITS", PENALTY, {USCC: "9.15301E+17"}),
    ("LOST_DIGITS", LICENCE, {"许可编号": "1.2E+15"}),
    ("UNKNOWN_PROMISE", PROMISE, {"promise_type": "其他"}),
    ("UNKNOWN_FULFILMENT", PROMISE, {"fulfilment_state": "已履行"}),
    ("NOT_YES_NO", PROMISE, {"public": "公开"}),
    ("MISSING", PROMISE, {"public": ""}),
    ("MISSING", PROMISE, {"promise_matter": ""}),
    ("FUTURE", PROMISE, {"promised_on": "2026-11-24"}),
    ("NO_USCC", PROMISE, {"uscc": ""}),
    ("SEALED", PROMISE, {"accepting_unit": "昆明市公安局"}),
    ("UNKNOWN_STATEMENT", STATEMENT, {"种类": "处罚"}),
    ("MISSING", STATEMENT, {"种类": ""}),
    ("MISSING", STATEMENT, {"事项": ""}),
    ("BAD_DATE", STATEMENT, {"有效期至": "长期"}),
    ("ENDS_BEFORE_START", STATEMENT, {"有效期至": "2026-04-30"}),
    ("BAD_USCC", STATEMENT, {"机关代码": "x"}),
    ("UNKNOWN_PARTY", DEFAULTER, {"partyTypeName": "2"}),
    ("MISSING", DEFAULTER, {"partyTypeName": ""}),
    ("MISSING", DEFAULTER, {"cardNum": ""}),
    ("MISSING", DEFAULTER, {"duty": ""}),
    ("BAD_DATE", DEFAULTER, {"regDate": "x"}),
    ("BAD_ORG_CODE", DEFAULTER, {"cardNum": "000000028"}),
    ("BAD_ORG_CODE", DEFAULTER, {"cardNum": "530111****"}),
    ("CITIZEN_ID", DEFAULTER, {"cardNum": CITIZEN_ID}),
    ("CITIZEN_ID", DEFAULTER, {"duty": f"向 {CITIZEN_ID} 偿还借款"}),
    ("PERSON", DEFAULTER, {"partyTypeName": "0", "cardNum": "5301111985****000X"}),
    ("PERSON", DEFAULTER, {"partyTypeName": "0", "cardNum": ""}),
    ("PERSON", DEFAULTER, {"partyTypeName": "自然人", "cardNum": CITIZEN_ID[:-1] + "5"}),
    ("MINOR", DEFAULTER, {"partyTypeName": "0", "cardNum": "53010220180101000X"}),
    ("UNKNOWN_KIND", REMOVAL, {"种类": "其他"}),
    ("MISSING", REMOVAL, {"种类": "名单"}),
    ("UNKNOWN_LIST", REMOVAL, {"种类": "名单", "名单种类": "没有的名单"}),
    ("UNKNOWN_ACTION", REMOVAL, {"处理方式": "恢复"}),
    ("MISSING", REMOVAL, {"处理方式": ""}),
    ("MISSING", REMOVAL, {"理由": " "}),
    ("MISSING", REMOVAL, {"文号": ""}),
    ("MISSING", REMOVAL, {"日期": ""}),
    ("BAD_DATE", REMOVAL, {"日期": "昨天"}),
    ("NO_USCC", REMOVAL, {"统一社会信用代码": ""}),
    ("BAD_USCC", REMOVAL, {"统一社会信用代码": "000000027"}),
    ("CITIZEN_ID", REMOVAL, {"理由": CITIZEN_ID}),
]


@pytest.mark.parametrize(("reason", "base", "changes"), REJECTED)
def test_a_wrong_row_is_sent_back_with_its_reason(reason, base, changes):
    answer = read(base, **changes)
    assert reasons(answer) == [reason]
    assert not any(CITIZEN_ID in fault.value or CHILD_ID in fault.value for fault in answer)


def test_every_reason_is_given_for_some_row():
    elsewhere = {"EMPTY_ROW", "BROKEN", "CELLS", "CONFLICT", "NO_OWNER"}
    elsewhere |= {"BROKEN_JSON", "NOT_TEXT", "MERGED", "ERROR_CELL", "NO_RECORD", "NOT_FROM_HERE"}
    elsewhere |= {reason for _, reason in WRONG}
    elsewhere |= {"OLDER", "TWO_AS_OF_A_DAY", "UNKNOWN_SUCCESSOR"}  # of what is held
    elsewhere |= {"NOT_YOURS", "CORRECTED_HERE"}  # of who sends it, of what staff corrected
    warnings = {"CHECK_DIGIT", "UNCLASSIFIED", "NO_TERM", "NOT_IN_FORCE", "FOLLOWED"}
    assert {row[0] for row in REJECTED} | elsewhere | warnings == set(Reason.__members__)


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    answer = read(PENALTY, 处罚决定日期="x", 违法事实="", **{FINE: "y"})
    assert sorted(reasons(answer)) == ["BAD_AMOUNT", "BAD_DATE", "MISSING"]


@pytest.mark.parametrize("base", BASES.values())
def test_the_good_rows_are_good(base):
    assert not isinstance(read(base), list)


@pytest.mark.parametrize(
    ("base", "changes", "citation"),
    [
        (PENALTY, {"行政相对人类别": "自然人"}, RULES.persons_citation),
        (PENALTY, {"行政相对人类别": "未成年人"}, RULES.minors_citation),
        (PENALTY, {"处罚机关": "昆明市公安局"}, RULES.sealed_citation),
    ],
)
def test_a_refusal_at_the_door_cites_the_law(base, changes, citation):
    assert read(base, **changes)[0].note == citation


def test_a_person_of_age_on_the_day_of_the_decision_is_no_minor():
    born = {"行政相对人类别": "自然人", "证件号码": "530102200806150009"}
    assert reasons(read(PENALTY, **born)) == ["PERSON"]
    assert reasons(read(PENALTY, **born | {"处罚决定日期": "2026-06-14"})) == ["MINOR"]
    assert reasons(read(PENALTY, **born | {"处罚决定日期": "?"})) == ["PERSON"]


def test_a_licence_of_the_police_is_no_sealed_case():
    assert not isinstance(read(LICENCE, 许可机关="昆明市公安局"), list)


def test_papers_of_a_company_s_representative_are_read_past_and_not_kept():
    row = read(PENALTY, 法定代表人="示例某", 法定代表人证件号码=CITIZEN_ID, 备注=CITIZEN_ID)
    assert "示例某" not in str(row)
    assert CITIZEN_ID not in str(row)


def test_an_old_registration_number_is_not_taken_for_a_citizen_s():
    # Fifteen digits that also read as somebody born in 1967.
    row = read(PENALTY, **{"行政相对人代码_2(工商注册号)": "530102670823001"})
    assert not isinstance(row, list)


def test_a_mistyped_citizen_id_is_not_repeated():
    answer = read(PENALTY, **{USCC: CITIZEN_ID[:-1]})
    assert answer[0].value == HIDDEN


@pytest.mark.parametrize(
    "text", ["2026/05/11", "2026-05-11", "20260511", "2026年5月11日", "2026/5/11", "２０２６-05-11"]
)
def test_a_date_may_be_written_in_many_ways(text):
    assert read(PENALTY, 处罚决定日期=text).content.event_date == date(2026, 5, 11)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0.5", "0.500000"),
        ("0.000001", "0.000001"),
        ("1,234,567.89", "1234567.890000"),
        ("123456789012.123456", "123456789012.123456"),
        ("0.1000000", "0.100000"),
        ("", None),
    ],
)
def test_money_is_exact(text, amount):
    assert read(PENALTY, **{FINE: text}).content.facts["fine_wan"] == amount


def test_the_far_future_is_no_end():
    assert read(LICENCE, 有效期至="2099/12/31").content.ends_on is None
    assert read(LICENCE, 有效期至="2031/01/10").content.ends_on == date(2031, 1, 10)
    assert read(PENALTY).content.facts["valid_to"] is None


def test_line_breaks_in_a_long_text_become_spaces():
    row = read(PENALTY, 违法事实="第一行\r\n\r\n第二行\t完")
    assert row.content.facts["violation_facts"] == "第一行 第二行 完"


def test_a_code_is_forgiven_its_width_case_and_blanks():
    assert read(PENALTY, **{USCC: "９１530102 00000001-9g"}).uscc == "91530102000000019G"


def test_a_failing_check_digit_is_a_warning():
    row = read(PENALTY, **{USCC: "915301020000000190"})
    assert reasons(row.warnings) == ["CHECK_DIGIT"]
    assert row.content.state is RecordState.LOADED
