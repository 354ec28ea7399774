"""`./xinyong intake` and `./xinyong sample`: what people type, and what they are told."""

import csv
import re
from datetime import UTC, datetime, timedelta

import click
import pytest
import sqlalchemy as sa

from config import samples
from config.launch import environment
from config.settings import ROOT
from core import db
from core.calendar import day
from core.intake.batches import Batch
from core.outbox.events import Event
from core.records import Record, RecordState
from tests.core import department_files


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


SAMPLES = ROOT / "config" / "sample_data"
PENALTIES = SAMPLES / "sgs_xzcf_synthetic.csv"
LISTS = SAMPLES / "lists_synthetic.csv"


def count(what, *where):
    with db.Reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(what).where(*where))


def next_command(said):
    return re.search(r"下一步：\./xinyong (.*)", said)[1].split()


def test_a_file_is_summed_up_and_its_report_is_named(typed, tmp_path):
    code, said, complaint = typed("intake", PENALTIES)
    assert (code, complaint) == (0, "")
    report = tmp_path / "var" / "reports" / "sgs_xzcf_synthetic-1.csv"
    assert said == (
        f"读取 9 行：新载入 7，未变 1，退回 1，提醒 1（见 {report}）\n"
        "尚未公示；要公示，再执行一次并加上 --publish\n"
    )
    assert report.exists()


def test_publishing_says_how_many(typed, database):
    code, said, _ = typed("intake", LISTS, "--publish")
    assert (code, said) == (0, "读取 5 行：新载入 5，未变 0，退回 0，提醒 0\n公示 5 条\n")
    db.bind(database.engine)
    assert count(Record, Record.state == RecordState.PUBLISHED) == 5


def test_the_report_goes_where_it_is_wanted(typed, tmp_path):
    code, said, _ = typed("intake", PENALTIES, "--report", "here/report.csv")
    assert code == 0
    assert "（见 here/report.csv）" in said
    assert (tmp_path / "here" / "report.csv").exists()


def test_columns_that_are_not_ours_are_named(typed, tmp_path):
    text = LISTS.read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "more.csv").write_text("\n".join(f"{line},x" for line in text), encoding="utf-8")
    assert "未使用的列：x" in typed("intake", "more.csv")[1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"a,b\n1,2\n", "不认识这种文件"),
        ("名单种类".encode("utf-16"), "不是 UTF-8 编码，也不是 GB18030 编码"),
    ],
)
def test_a_file_refused_as_a_whole_ends_with_2(typed, tmp_path, database, content, words):
    (tmp_path / "file.csv").write_bytes(content)
    code, said, complaint = typed("intake", "file.csv")
    assert (code, said) == (2, "")
    assert complaint.startswith("file.csv 不能导入。")
    assert words in complaint
    db.bind(database.engine)
    assert count(Batch) == 0


def test_an_old_database_is_refused_in_plain_words(typed, database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("delete from alembic_version")
    assert typed("intake", LISTS)[0::2] == (
        2,
        "数据库结构不是最新，请先执行：./xinyong migrate\n",
    )


def test_no_terminal_no_bar(typed):
    assert typed("intake", LISTS)[2] == ""


def test_a_sample_list_of_yesterday_is_taken_in_as_it_says(typed, tmp_path, database):
    code, said, _ = typed("sample", "list")
    assert code == 0
    code, said, _ = typed(*next_command(said))
    assert (code, said.splitlines()[-1]) == (0, "公示 1 条")
    typed(*next_command(typed("sample", "list")[1]))
    db.bind(database.engine)
    with db.Reading() as session:
        record = session.scalars(sa.select(Record)).one()
    assert record.event_date == day(datetime.now(UTC)) - timedelta(days=1)
    assert (count(Event), record.list_kind) == (1, "WAGE_ARREARS")


def test_a_sample_list_names_any_known_entity(typed, tmp_path):
    typed("intake", LISTS)
    code, _, _ = typed("sample", "list", "--out", "a b.csv", "--subject", "915301810000000519")
    rows = list(csv.reader((tmp_path / "a b.csv").read_text("utf-8-sig").splitlines()))
    assert (code, rows[1][2:4]) == (0, ["安宁示例化工有限公司", "915301810000000519"])


def test_a_sample_list_of_a_stranger_is_refused(typed):
    code, _, complaint = typed("sample", "list", "--subject", "530112199001010004")
    assert (code, complaint) == (2, "没有这个代码的主体，请先导入它的数据\n")


@pytest.fixture
def settings(typed):
    from config import settings

    environment.adopt(environment.embedded_environment(environment.of_this_process()))
    return settings.read()


def test_samples_are_loaded_and_public_once(settings, database, capsys):
    for _ in range(2):
        samples.load(settings)
    db.bind(database.engine)
    assert count(Record) == 26
    assert count(Record, Record.state == RecordState.PUBLISHED) == 25
    assert count(Batch) == len(samples.FILES)
    assert count(Event) == 0
    assert capsys.readouterr().out == ""


def test_samples_cut_off_half_way_are_finished(settings, database):
    samples.load(settings)
    db.bind(database.engine)
    with db.Writing() as session:
        session.execute(sa.update(Batch).values(state="running", finished_at=None))
        session.execute(sa.update(Record).values(state=RecordState.LOADED))
    samples.load(settings)
    db.bind(database.engine)
    assert count(Record, Record.state == RecordState.PUBLISHED) == 26


def test_a_file_that_removes_is_summed_up_as_such(typed, tmp_path):
    path = tmp_path / "撤销.csv"
    path.write_text(department_files.text(department_files.REMOVAL), encoding="utf-8")

    code, said, _ = typed("intake", path)

    assert code == 0
    assert said.startswith("读取 1 行：已处理 0，未变 0，退回 1，提醒 0（见 ")
    assert "公示" not in said


def test_every_command_is_a_command():
    from config.cli import campaign, intake, sample

    assert isinstance(intake.intake, click.Command)
    assert isinstance(campaign.campaign, click.Command)
    assert isinstance(sample.sample, click.Group)
