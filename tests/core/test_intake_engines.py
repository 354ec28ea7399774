"""The same files leave the same tables on both engines, whether lines are remembered or not."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa

from config import intake
from core import db
from core.departments import Department
from core.intake.seen import SeenLine
from core.outbox.events import Event
from core.persons import Person
from core.records import Record, RecordChange, RecordState
from core.subjects import Subject
from tests.core.conftest import NOW
from tests.core.department_files import CITIZEN_ID, LISTING, PENALTY, RULES, VAULT, text

_CODE = "行政相对人代码_1(统一社会信用代码)"
_PERSON = {"行政相对人类别": "自然人", _CODE: "", "证件号码": CITIZEN_ID}
_CHANGES = {
    "penalty": [
        {},
        {"罚款金额(万元)": "0.6"},
        {"处罚类别": "警告"},
        {"处罚类别": "暂停服务"},
        {"行政相对人名称": "昆明示例滇味餐饮集团有限公司", "处罚决定日期": "2026/06/16"},
        {"行政相对人名称": "安宁示例餐饮有限公司", _CODE: "91530102000000027B"},
        {"处罚决定日期": "?"},
        _PERSON,
    ],
    "list": [
        {},
        {"early_removal_after": "改正"},
        {"listed_on": "2026-11-19"},
        {"subject_name": "新名"},
        {"term_months": "x"},
    ],
}
_BASES = {"penalty": (PENALTY, "行政处罚决定书文号"), "list": (LISTING, "basis_document")}


def made(seed):
    """Make a few files whose rows come again, changed, contradicting each other, or bad."""
    chance = random.Random(seed)
    for _ in range(6):
        kind = chance.choice(list(_BASES))
        base, number = _BASES[kind]
        rows = [
            base
            | chance.choice(_CHANGES[kind])
            | {number: f"昆示例〔2026〕{chance.randrange(6)}号"}
            for _ in range(chance.randrange(1, 12))
        ]
        yield text(*rows), chance.random() < 0.5, chance.random() < 0.2


def taken_in(url, tmp_path, seed, *, forgetful):
    """Take the files in, one after the other; return how each ended and what the tables hold."""
    engine = db.connect(url)
    db.bind(engine)
    ends = [
        one(tmp_path, engine, content, publish=publish, fall=fall, forgetful=forgetful)
        for content, publish, fall in made(seed)
    ]
    with engine.connect() as connection:
        tables = [connection.execute(each).all() for each in _TABLES]
    engine.dispose()
    return ends, [sorted(map(_plain, rows)) for rows in tables]


def _plain(row):
    """Return a row as a text; what is sealed reads otherwise each time."""
    return str([value if "sealed" not in str(value) else "sealed" for value in row])


def one(tmp_path, engine, content, *, publish, fall, forgetful):
    path, report = tmp_path / "file.csv", tmp_path / "report.csv"
    path.write_text(content, encoding="utf-8")
    report.unlink(missing_ok=True)
    order = intake.Order(
        path=path,
        rules=RULES,
        who="test",
        alert_max_age=timedelta(days=300),
        vault=VAULT,
        publish=publish,
        report=report,
    )
    result = intake.take_in(order)
    with engine.begin() as connection:
        if forgetful:
            connection.execute(sa.delete(SeenLine))
        if fall:  # some record is ended, so that its department may not bring it back
            ended = sa.update(Record).where(Record.document_no.like("%3号"))
            connection.execute(ended.values(state=RecordState.REPAIRED))
    return result.counts, result.published, report.exists() and report.read_text("utf-8")


_WHO = (Record.document_no, Record.kind, Subject.uscc)
_TABLES = (
    sa.select(
        *_WHO, Subject.name, Record.fingerprint, Record.version, Record.title, Record.severity
    )
    .add_columns(Record.state, Record.visibility, Record.authority, Record.event_date)
    .add_columns(Record.repairable_from, Record.ends_on, Record.rule, Record.applied)
    .add_columns(Record.batch_id, Record.published_at.is_(None), Department.name)
    .add_columns(Record.facts)
    .join(Subject, Subject.id == Record.subject_id)
    .join(Department, Department.id == Record.department_id),
    sa.select(*_WHO, RecordChange.from_state, RecordChange.to_state, RecordChange.why)
    .join(Record, Record.id == RecordChange.record_id)
    .join(Subject, Subject.id == Record.subject_id),
    sa.select(*_WHO, Event.kind, Event.audience, Event.event_date)
    .join(Record, Record.id == Event.record_id)
    .join(Subject, Subject.id == Record.subject_id),
    sa.select(Subject.uscc, Subject.name, Subject.kind, Subject.name_key),
    sa.select(Person.number_hash, Person.birth_year),
)


@pytest.mark.parametrize("seed", range(8))
def test_the_same_files_leave_the_same_tables(
    sqlite_url, postgresql_url, tmp_path, on_the_day, monkeypatch, seed
):
    monkeypatch.setattr(intake, "CHUNK", 4)
    remembered = taken_in(postgresql_url, tmp_path, seed, forgetful=False)
    read_anew = taken_in(sqlite_url, tmp_path, seed, forgetful=True)
    assert remembered == read_anew
    assert on_the_day == NOW
