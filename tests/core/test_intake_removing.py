"""Rows that remove are carried out: on the record they mean, once, and whoever was told hears."""

import csv

import pytest
import sqlalchemy as sa

from core.db import Reading, Writing
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from core.outbox.events import Event
from core.records import Record, RecordChange, RecordState
from tests.core.conftest import NOW
from tests.core.department_files import CITIZEN_ID, LISTING, PENALTY, REMOVAL
from tests.core.given import expanded, followers, subject
from tests.core.test_intake_load import ends
from tests.core.test_persons import OF_A_PERSON

OF_LISTING = REMOVAL | {
    "种类": "名单",
    "名单种类": "WAGE_ARREARS",
    "认定机关": LISTING["authority"],
    "机关代码": "",
    "文号": LISTING["basis_document"],
    "处理方式": "移出",
    "理由": "已改正并满六个月",
}
ABNORMAL = LISTING | {"list_kind": "ABNORMAL_OPERATION", "basis_document": "未按期公示年报"}


def states():
    with Reading() as session:
        return session.scalars(sa.select(Record.state).order_by(Record.id)).all()


def reasons(tmp_path):
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row[0], row[3], row[4]) for row in list(csv.reader(file))[1:]]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("撤销", RecordState.WITHDRAWN),
        ("删除", RecordState.WITHDRAWN),
        ("更正", RecordState.QUARANTINED),
        ("移出", RecordState.REMOVED),
    ],
)
def test_a_penalty_becomes_what_the_row_says_and_why_is_kept(take_in, word, state):
    take_in(PENALTY, publish=True)

    assert ends(take_in(REMOVAL | {"处理方式": word})) == (1, 1, 0, 0)

    assert states() == [state]
    with Reading() as session:
        last = session.scalars(sa.select(RecordChange).order_by(RecordChange.id.desc())).first()
    assert (last.why, last.who) == (f"{word}：复议机关撤销了处罚决定", "test")


def test_the_same_file_twice_and_the_same_row_twice_remove_once(take_in):
    take_in(PENALTY, publish=True)

    assert ends(take_in(REMOVAL, REMOVAL)) == (2, 1, 1, 0)
    assert ends(take_in(REMOVAL, REMOVAL)) == (2, 0, 2, 0)


def test_a_record_that_nobody_sent_and_one_that_cannot_go_there_are_named(take_in, tmp_path):
    take_in(PENALTY, publish=True)
    take_in(REMOVAL)

    result = take_in(REMOVAL | {"处理方式": "移出"}, REMOVAL | {"文号": "昆市监罚〔2026〕99号"})

    assert ends(result) == (2, 0, 0, 2)
    assert [(row, reason[:10], end) for row, reason, end in reasons(tmp_path)] == [
        ("2", "这条记录现在的状态不", "退回"),
        ("3", "没有（或不止一条）这", "退回"),
    ]


def test_who_was_alerted_of_a_listing_hears_that_it_was_taken_off(take_in):
    fans = followers(subject("昆明示例滇味餐饮有限公司", LISTING["uscc"]).id, 2)
    take_in(LISTING, publish=True)
    expanded(now=NOW)
    with Writing() as session:
        session.execute(sa.update(Delivery).values(state=DeliveryState.DELIVERED))

    assert ends(take_in(OF_LISTING)) == (1, 1, 0, 0)

    expanded(now=NOW)
    with Reading() as session:
        recall = session.scalars(sa.select(Event).where(Event.kind == EventKind.RECALLED)).one()
        mine = sa.select(Delivery.account_id).where(Delivery.event_id == recall.id)
        assert session.scalars(mine.order_by(Delivery.account_id)).all() == fans
    assert recall.facts["became"] == "removed"


def test_a_listing_without_a_number_is_known_by_its_subject_and_its_words(take_in):
    take_in(ABNORMAL, publish=True)
    removal = OF_LISTING | {"名单种类": "经营异常名录", "文号": "未按期 公示年报"}

    assert ends(take_in(removal)) == (1, 1, 0, 0)
    assert states() == [RecordState.REMOVED]


def test_of_two_that_a_row_may_mean_none_is_removed(take_in):
    take_in(ABNORMAL, ABNORMAL | {"listed_on": "2026-11-19"}, publish=True)
    removal = OF_LISTING | {"名单种类": "ABNORMAL_OPERATION", "文号": "未按期公示年报"}

    assert ends(take_in(removal)) == (1, 0, 0, 1)
    assert states() == [RecordState.PUBLISHED] * 2


def test_a_person_s_record_is_removed_by_the_person_s_number(take_in):
    take_in(OF_A_PERSON, publish=True)
    removal = REMOVAL | {"统一社会信用代码": CITIZEN_ID, "主体名称": "示例某"}

    assert ends(take_in(removal | {"统一社会信用代码": "530112199001010020"})) == (1, 0, 0, 1)
    assert ends(take_in(removal)) == (1, 1, 0, 0)
    assert states() == [RecordState.WITHDRAWN]


def test_a_record_taken_down_for_correction_comes_back_with_its_new_text(take_in):
    take_in(PENALTY, publish=True)
    take_in(REMOVAL | {"处理方式": "更正"})

    result = take_in(PENALTY | {"罚款金额(万元)": "0.6"}, publish=True)

    assert (ends(result), result.published) == ((1, 1, 0, 0), 1)
    assert states() == [RecordState.PUBLISHED]


def test_a_withdrawn_record_does_not_come_back_when_the_department_sends_it_again(take_in):
    take_in(PENALTY, publish=True)
    take_in(REMOVAL)

    take_in(PENALTY | {"罚款金额(万元)": "0.6"}, publish=True)

    assert states() == [RecordState.WITHDRAWN]
