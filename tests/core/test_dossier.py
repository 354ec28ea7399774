"""A person's dossier: read by whom the law lets, never without a trace that the person can see."""

import pytest
import sqlalchemy as sa

from core import dossier, persons
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.disclosure import Viewer, ViewerKind
from core.dossier import Asker
from core.errors import RecordNotFoundError
from core.records import Record, RecordState
from tests.core.conftest import NOW
from tests.core.department_files import CITIZEN_ID, PENALTY, VAULT
from tests.core.given import record, subject
from tests.core.test_persons import OF_A_PERSON

SELF = Asker("account:7", "self", "own_file", "个人信息保护法第四十五条")
STAFF = Asker("staff:3", "case_handler", "objection", "信用修复管理办法")
INTERNAL = Viewer(ViewerKind.INTERNAL)


@pytest.fixture
def person(take_in):
    """A person with two penalties, one of them a mere warning."""
    warning = {"行政处罚决定书文号": "昆交罚〔2026〕2号", "处罚类别": "警告"}
    take_in(OF_A_PERSON, OF_A_PERSON | warning, publish=True)
    with Reading() as session:
        return persons.find(session, VAULT, CITIZEN_ID)


def read(subject_id, viewer=None, asker=SELF):
    viewer = viewer or Viewer(ViewerKind.SUBJECT, subject_id)
    with Writing() as session:
        return dossier.read(session, VAULT, viewer, subject_id=subject_id, asker=asker, now=NOW)


def looks(subject_id):
    with Reading() as session:
        return dossier.looks(session, subject_id)


def test_a_person_sees_everything_of_their_own_in_clear(person):
    found = read(person)

    assert (found.person.number, found.person.name) == (CITIZEN_ID, "示例某")
    assert {line.state for line in found.lines} == {RecordState.PUBLISHED, RecordState.HELD}
    assert {line.facts["penalty_types"][0] for line in found.lines} == {"罚款", "警告"}


def test_whom_a_person_authorised_sees_what_is_in_its_term(person):
    found = read(person, Viewer(ViewerKind.AUTHORISED, person))

    assert [line.state for line in found.lines] == [RecordState.PUBLISHED]


def test_each_look_is_in_the_list_that_the_person_sees(person):
    read(person)
    read(person, INTERNAL, STAFF)

    newest, oldest = looks(person)
    assert (newest.role, newest.purpose) == ("case_handler", "objection")
    assert (oldest.role, oldest.legal_basis) == ("self", "个人信息保护法第四十五条")
    assert oldest.fields == ["number", "name", "records"]
    assert newest.at == NOW


def test_a_look_whose_transaction_fails_shows_nothing_and_leaves_nothing(person):
    def read_and_fail():
        with Writing() as session:
            dossier.read(session, VAULT, INTERNAL, subject_id=person, asker=STAFF, now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        read_and_fail()

    assert looks(person) == []


def test_a_stranger_cannot_tell_nobody_from_somebody(person):
    stranger = Viewer(ViewerKind.SUBJECT, person + 1)

    for subject_id in (person, person + 100, subject().id):
        with pytest.raises(RecordNotFoundError):
            read(subject_id, stranger)
    assert looks(person) == []


def test_an_entity_has_no_dossier(database):
    one = subject()
    record(one.id)

    with pytest.raises(RecordNotFoundError):
        read(one.id, INTERNAL, STAFF)


def test_the_trail_holds_no_name_and_no_number(person):
    read(person, INTERNAL, STAFF)

    with Reading() as session:
        kept = str(session.execute(sa.select(Entry.__table__)).all())
        assert session.scalar(sa.select(sa.func.count(Record.id))) == 2
    assert CITIZEN_ID not in kept
    assert PENALTY["行政相对人名称"] not in kept
    assert "示例某" not in kept
