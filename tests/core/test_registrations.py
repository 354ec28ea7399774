"""What the registrar says of subjects: the newest day decides."""

import json
from datetime import date

import pytest
import sqlalchemy as sa

from config import intake
from core.db import Reading
from core.registrations import Registration
from core.subjects import Subject, SubjectState
from tests.bench.city_rows import code
from tests.core.department_files import PENALTY, REGISTRATION, text
from tests.core.given import at_once
from tests.core.given_registrations import (
    AS_OF,
    BARE,
    FIRST,
    NAME,
    NEW,
    OLDEST,
    OTHER,
    STATE,
    ZONE,
    everything,
    former,
    found,
    known,
    report,
    subject,
)
from tests.core.test_intake_load import ends
from tests.core.workbook_files import xlsx


def test_a_row_says_who_the_subject_is_and_its_old_names_are_found(take_in):
    take_in(PENALTY)

    assert ends(take_in(REGISTRATION)) == (1, 1, 0, 0)

    one = subject()
    assert (one.name, one.district, one.state) == (NEW, "530102", SubjectState.ACTIVE)
    assert (one.zone, one.registered_as_of) == ("昆明高新技术产业开发区", date(2026, 11, 1))
    assert former() == [
        (FIRST, None, date(2026, 5, 1)),
        (OLDEST, None, date(2019, 5, 1)),
    ]
    assert found("滇味餐饮") == [(NEW, FIRST)]
    assert found("滇味小吃") == [(NEW, OLDEST)]
    assert found("新味餐饮") == [(NEW, None)]
    numbers = [(one.scheme, one.value, one.valid_from, one.valid_to) for one in known().numbers]
    assert numbers == [
        ("org_code", "D2143569X", None, None),
        ("registration_no", "530100100000004", date(2010, 3, 1), date(2015, 10, 1)),
    ]
    assert "示例某" not in str(everything())


def test_the_same_file_again_writes_nothing(take_in):
    rows = [REGISTRATION, BARE | {"统一社会信用代码": OTHER}]
    take_in(*rows)
    before = everything()

    for _ in range(2):
        assert ends(take_in(*rows)) == (2, 0, 2, 0)

    assert everything() == before


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_layout_comes_in_every_form(take_in, form):
    columns = list(REGISTRATION)
    content = {
        "csv": text(REGISTRATION),
        "xlsx": xlsx([columns, list(REGISTRATION.values())]),
        "json": json.dumps([REGISTRATION], ensure_ascii=False),
    }[form]

    assert ends(take_in(content, name=f"file.{form}")) == (1, 1, 0, 0)
    assert (subject().name, subject().zone) == (NEW, "昆明高新技术产业开发区")


def test_the_newest_day_decides_and_an_older_file_is_sent_back_by_name(take_in, tmp_path):
    take_in(BARE | {STATE: "吊销", "状态日期": "2026-10-20", ZONE: "经开区"})

    assert ends(take_in(BARE | {AS_OF: "2026-10-31", STATE: "存续"})) == (1, 0, 0, 1)
    ((row, column, reason),) = report(tmp_path)
    assert (row, column, reason) == ("2", "数据日期", "已有数据日期更近的登记信息，这一行没有采用")
    assert subject().state is SubjectState.REVOKED

    assert ends(take_in(BARE | {AS_OF: "2026-11-02", STATE: "注销"})) == (1, 1, 0, 0)
    one = subject()
    assert (one.state, one.state_since) == (SubjectState.DEREGISTERED, None)
    assert one.zone == "昆明经济技术开发区"  # an empty cell says nothing
    take_in(BARE | {AS_OF: "2026-11-03", STATE: "注销", ZONE: "无"})
    assert subject().zone is None


def test_another_file_of_the_same_day_corrects_and_the_first_does_not_come_back(take_in):
    wrong, right = BARE | {STATE: "注销"}, BARE | {STATE: "存续"}
    take_in(wrong)

    assert ends(take_in(right)) == (1, 1, 0, 0)
    assert subject().state is SubjectState.ACTIVE
    assert ends(take_in(wrong)) == (1, 0, 1, 0)
    assert subject().state is SubjectState.ACTIVE


def test_two_rows_of_one_file_that_contradict_each_other(take_in, tmp_path):
    rows = [BARE, BARE | {STATE: "注销"}, BARE]

    for again in range(2):
        assert ends(take_in(*rows)) == (3, 0 if again else 1, 2 if again else 1, 1)
        ((row, _, reason),) = report(tmp_path)
        assert (row, reason.startswith("本文件另有一行")) == ("3", True)


def test_a_file_may_hold_several_days_in_any_order(take_in):
    days = ["2026-11-03", "2026-11-01", "2026-11-02"]
    names = dict(zip(days, ["昆明示例丙公司", "昆明示例甲公司", "昆明示例乙公司"], strict=True))
    rows = [BARE | {AS_OF: day, NAME: names[day]} for day in days]

    for again in range(2):
        assert ends(take_in(*rows)) == (3, 0 if again else 3, 3 if again else 0, 0)

    assert subject().name == "昆明示例丙公司"
    assert former() == [
        ("昆明示例乙公司", date(2026, 11, 2), None),
        ("昆明示例甲公司", None, None),
    ]


def test_what_is_said_again_as_of_a_later_day_keeps_files_between_out(take_in):
    take_in(BARE)
    assert ends(take_in(BARE | {AS_OF: "2026-11-20"})) == (1, 0, 1, 0)

    assert subject().registered_as_of == date(2026, 11, 20)
    assert ends(take_in(BARE | {AS_OF: "2026-11-10", STATE: "注销"})) == (1, 0, 0, 1)
    with Reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Registration)) == 1


def test_whom_the_registrar_names_no_decision_renames(take_in):
    take_in(BARE)
    take_in(PENALTY | {"处罚决定日期": "2026-11-20"})
    assert (subject().name, former()) == (NEW, [])


def test_a_merged_subject_leads_to_whoever_goes_on(take_in, tmp_path):
    merged = BARE | {STATE: "合并", "存续主体代码": OTHER, "状态日期": "2026-06-01"}
    assert ends(take_in(merged)) == (1, 0, 0, 1)
    assert report(tmp_path)[0][2].startswith("没有这个存续主体")
    with Reading() as session:
        assert session.scalars(sa.select(Subject)).all() == []

    heir = BARE | {"统一社会信用代码": OTHER, NAME: "云南示例集团有限公司"}
    assert ends(take_in(merged, heir)) == (2, 2, 0, 0)

    assert subject().state is SubjectState.MERGED
    assert known().successor == (OTHER, "云南示例集团有限公司", SubjectState.ACTIVE)
    # The heir is merged itself: whoever asks is led to the last one.
    last = "91530112000000035R"
    rows = [
        heir | {AS_OF: "2026-11-05", STATE: "合并", "存续主体代码": last},
        heir | {AS_OF: "2026-11-05", "统一社会信用代码": last, NAME: "云南示例控股有限公司"},
    ]
    take_in(*rows)
    assert known().successor.name == "云南示例控股有限公司"


def test_a_file_that_was_cut_off_is_finished(take_in, monkeypatch):
    rows = [BARE | {"统一社会信用代码": code(number)} for number in range(7)]
    monkeypatch.setattr(intake, "CHUNK", 2)

    def killed(_progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(*rows, progress=killed)
    with Reading() as session:
        done = session.scalar(sa.select(sa.func.count()).select_from(Registration))

    assert ends(take_in(*rows)) == (7, 7 - done, done, 0)
    assert 0 < done < 7


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # two writers at a time
def test_two_files_at_once_leave_the_newest_day(take_in):
    take_in(BARE)
    days = [f"2026-11-{day:02}" for day in range(2, 10)]
    waiting = iter(days)

    def take():
        day = next(waiting)
        return take_in(BARE | {AS_OF: day, NAME: f"昆明示例{day}公司"}, name=day, report=None)

    results = at_once(len(days), take)

    assert subject().name == "昆明示例2026-11-09公司"
    assert sum(one.counts.loaded + one.counts.rejected for one in results) == len(days)
