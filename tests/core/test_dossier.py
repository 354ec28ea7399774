"""A person's dossier: read by whom the law lets, never without a trace that the person can see."""

import pytest
import sqlalchemy as sa

from core import dossier, persons
from core.audit.purposes import Asker
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.disclosure import Viewer, ViewerKind
from core.errors import EntityNotFoundError, RecordNotFoundError
from core.lines import Wanted
from core.records import Record, RecordState, Visibility
from core.timeline import Happening
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
        return dossier.read(session, VAULT, viewer, wanted=Wanted(subject_id), asker=asker, now=NOW)


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
            dossier.read(session, VAULT, INTERNAL, wanted=Wanted(person), asker=STAFF, now=NOW)
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


def part(person, viewer, wanted):
    with Writing() as session:
        found = dossier.read(session, VAULT, viewer, wanted=wanted, asker=SELF, now=NOW)
    return [line.id for line in found.lines], found.following


def test_a_dossier_is_read_page_by_page_each_of_them_a_look(person):
    mine = Viewer(ViewerKind.SUBJECT, person)
    whole, nothing = part(person, mine, Wanted(person))

    first, place = part(person, mine, Wanted(person, limit=1))
    rest, end = part(person, mine, Wanted(person, limit=1, after=place))

    assert (first + rest, nothing, end) == (whole, None, None)
    assert len(looks(person)) == 3


def test_a_page_may_be_short_where_something_is_not_shown(person):
    whom = Viewer(ViewerKind.AUTHORISED, person)

    pages, place = [], None
    while not pages or place:
        ids, place = part(person, whom, Wanted(person, limit=1, after=place))
        pages.append(len(ids))

    assert sorted(pages) == [0, 1]


def test_each_line_says_where_it_is_from_who_may_see_it_and_what_happened_to_it(person):
    lines = {line.state: line for line in read(person).lines}

    published = lines[RecordState.PUBLISHED]
    assert published.department == PENALTY["数据来源单位"]
    assert published.rule
    assert {point.what for point in published.timeline} >= {
        Happening.DECIDED,
        Happening.RECEIVED,
        Happening.PUBLISHED,
        Happening.ENDS,
    }
    seen = {state: line.seen_by for state, line in lines.items()}
    assert seen == {
        RecordState.PUBLISHED: Visibility.AUTHORISED,
        RecordState.HELD: Visibility.SUBJECT,
    }


def test_looks_are_paged_and_name_an_institution(person, register):
    register = register(NOW)
    holder = register.holder(register.key()["X-Api-Key"])
    read(person)
    read(person, INTERNAL, Asker(f"institution:{holder.id}", "institution", "approval", "法"))
    read(person)

    with Reading() as session:
        first = dossier.looks(session, person, limit=2)
        rest = dossier.looks(session, person, limit=2, before=first[-1].id)

    assert [look.who for look in (*first, *rest)] == [None, holder.name, None]


@pytest.fixture
def entity(database):
    """An entity with one record that all may see, one that only itself may, one of our own."""
    one = subject()
    record(one.id)
    record(one.id, visibility=Visibility.SUBJECT, state=RecordState.HELD)
    record(one.id, state=RecordState.QUARANTINED)
    return one


def test_an_entity_sees_what_the_public_does_not_and_nothing_of_ours(entity):
    with Reading() as session:
        subject_id = dossier.entity(session, entity.uscc.lower())
        found = dossier.of_entity(session, VAULT, wanted=Wanted(subject_id), now=NOW)

    assert (found.uscc, found.name) == (entity.uscc, entity.name)
    assert {line.state for line in found.lines} == {RecordState.PUBLISHED, RecordState.HELD}


def test_no_code_leads_to_a_person(person, entity):
    for code in (CITIZEN_ID, "91530100MA00000000", ""):
        with pytest.raises(EntityNotFoundError), Reading() as session:
            dossier.entity(session, code)
