"""What tests of registration data begin with: a plain row, and what is held afterwards."""

import csv

import sqlalchemy as sa

from core import query, registered
from core.db import Reading, Writing
from core.intake import rollback
from core.names import SubjectName
from core.numbers import SubjectNumber
from core.registrations import Registration
from core.subjects import Subject
from tests.core.conftest import NOW
from tests.core.department_files import PENALTY, REGISTRATION

CODE, OTHER = "91530102000000019G", "91530111000000027C"
NAME, STATE, AS_OF, ZONE = "主体名称", "登记状态", "数据日期", "开发区"
FIRST, NEW = PENALTY["行政相对人名称"], REGISTRATION[NAME]
OLDEST = "昆明示例滇味小吃有限公司"
BARE = dict.fromkeys(REGISTRATION, "") | {
    NAME: NEW,
    "统一社会信用代码": CODE,
    STATE: "存续",
    AS_OF: "2026-11-01",
}
TABLES = (Subject, SubjectName, SubjectNumber, Registration)


def subject(code=CODE):
    with Reading() as session:
        return session.scalars(sa.select(Subject).where(Subject.uscc == code)).one()


def known(code=CODE):
    with Reading() as session:
        return registered.of(session, subject(code).id)


def former(code=CODE):
    return [(one.name, one.since, one.until) for one in known(code).former_names]


def found(text):
    with Reading() as session:
        return [(hit.name, hit.former_name) for hit in query.by_name(session, text, limit=9)]


def everything():
    with Reading() as session:
        return [
            session.execute(sa.select(table.__table__).order_by(table.id)).all() for table in TABLES
        ]


def withdraw(batch_id, chunk=1):
    gone = 0
    while True:
        with Writing() as session:
            how = {"who": "tester", "why": "整批有误", "now": NOW, "chunk": chunk}
            number = rollback.step(session, batch_id, **how)
        if not number:
            return gone
        gone += number


def report(tmp_path):
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row[0], row[1], row[3]) for row in list(csv.reader(file))[1:]]
