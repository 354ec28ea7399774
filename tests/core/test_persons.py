"""Natural persons: one subject for a number, nothing of them in clear, keys that rotate."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from config import keyring
from core import accounts, disclosure, persons, query, realname
from core.db import Reading, Writing
from core.disclosure import Viewer, ViewerKind
from core.errors import EntityNotFoundError
from core.identifiers import citizen_id_of
from core.persons import Given, Person
from core.realname import Verified
from core.records import SEALED_FACTS, Record, RecordState, Visibility
from core.subjects import Subject, SubjectKind
from tests.core.conftest import NOW
from tests.core.department_files import CITIZEN_ID, PENALTY, VAULT

CODE = "行政相对人代码_1(统一社会信用代码)"
OF_A_PERSON = PENALTY | {
    "行政相对人名称": "示例某",
    "行政相对人类别": "自然人",
    CODE: "",
    "证件类型": "身份证",
    "证件号码": CITIZEN_ID,
    "违法事实": "示例某驾驶营运车辆而没有从业资格",
}


def known(*given, vault=VAULT):
    with Writing() as session:
        return persons.known(session, vault, given, now=NOW)


def read(subject_id, vault=VAULT):
    with Reading() as session:
        return persons.read(session, vault, subject_id)


def find(number, vault=VAULT):
    with Reading() as session:
        return persons.find(session, vault, number)


def test_a_person_is_one_subject_whatever_form_the_number_has(database):
    (subject_id,) = known(Given(CITIZEN_ID, "示例某")).values()

    assert known(Given(CITIZEN_ID, "示例某")) == {CITIZEN_ID: subject_id}
    assert find(f" {CITIZEN_ID[:6]}－{CITIZEN_ID[6:]} ") == subject_id
    assert find("530112199001010020") is None
    assert find("昆明") is None
    assert read(subject_id) == persons.Known(subject_id, CITIZEN_ID, "示例某")


def test_a_number_of_the_first_generation_is_the_same_person(database):
    (subject_id,) = known(Given(CITIZEN_ID, "示例某")).values()

    assert citizen_id_of(CITIZEN_ID[:6] + CITIZEN_ID[8:17]) == CITIZEN_ID
    assert find(CITIZEN_ID[:6] + CITIZEN_ID[8:17]) == subject_id


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_who_add_the_same_person_at_once_get_the_same_subject(database):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: known(Given(CITIZEN_ID, "示例某")), range(8)))
    with Reading() as session:
        subjects = session.scalar(sa.select(sa.func.count()).select_from(Subject))

    assert len({one[CITIZEN_ID] for one in found}) == 1
    assert subjects == 1


def test_keys_rotate_and_everybody_is_still_found(database):
    (subject_id,) = known(Given(CITIZEN_ID, "示例某")).values()
    new = keyring.vault(
        "k2:another key,k1:a key of a test", "another hash key,a hash key of a test"
    )
    assert find(CITIZEN_ID, new) == subject_id

    with Writing() as session:
        last = persons.rotate(session, new)
        assert persons.rotate(session, new, after=last) is None

    only_new = keyring.vault("k2:another key", "another hash key")
    assert find(CITIZEN_ID, only_new) == subject_id
    assert read(subject_id, only_new).name == "示例某"


def test_the_newest_decision_names_a_person(take_in):
    newer = OF_A_PERSON | {
        "行政处罚决定书文号": "昆交罚〔2026〕900号",
        "处罚决定日期": "2026/08/20",
    }
    older = newer | {"行政处罚决定书文号": "昆交罚〔2026〕800号", "处罚决定日期": "2026/08/01"}
    take_in(OF_A_PERSON | {"处罚决定日期": "2026/08/10"})
    subject_id = find(CITIZEN_ID)

    take_in(newer | {"行政相对人名称": "示例甲"})
    assert read(subject_id).name == "示例甲"
    take_in(older | {"行政相对人名称": "示例乙"})
    assert read(subject_id).name == "示例甲"
    take_in(newer | {"行政相对人名称": "示例丙"})  # corrected by the department
    assert read(subject_id).name == "示例丙"


def test_who_proved_their_name_since_keeps_it(take_in):
    decision = OF_A_PERSON | {"处罚决定日期": "2026/08/10", "行政相对人名称": "示列某"}
    (subject_id,) = known(Given(CITIZEN_ID, "示例某")).values()
    with Writing() as session:
        account_id = accounts.open_one(session, now=NOW)
        who = Verified("https://identity.example", "person-1", subject_id)
        realname.bind(session, account_id, who, now=NOW)

    assert take_in(decision).counts.loaded == 1

    assert read(subject_id).name == "示例某"


def test_a_file_names_whoever_nobody_has_proved(take_in):
    (subject_id,) = known(Given(CITIZEN_ID, "示例旧")).values()

    take_in(OF_A_PERSON)

    assert read(subject_id).name == "示例某"


def test_a_record_of_a_person_is_for_the_person_and_not_for_the_public(take_in, records):
    take_in(OF_A_PERSON, publish=True)

    record = records()[OF_A_PERSON["行政处罚决定书文号"]]
    subject_id = find(CITIZEN_ID)
    assert (record.subject_id, record.state) == (subject_id, RecordState.PUBLISHED)
    assert record.visibility is Visibility.AUTHORISED
    today = date(2026, 11, 23)
    seen = {
        kind: disclosure.may_see(Viewer(kind, subject_id), record, today) for kind in ViewerKind
    }
    assert seen == {kind: kind is not ViewerKind.PUBLIC for kind in ViewerKind}
    stranger = Viewer(ViewerKind.SUBJECT, subject_id + 1)
    assert not disclosure.may_see(stranger, record, today)
    with Reading() as session, pytest.raises(EntityNotFoundError):
        query.by_id(session, subject_id, today=today)


def test_nothing_of_a_person_stands_in_clear(take_in, tmp_path, records):
    take_in(OF_A_PERSON, publish=True)

    record = records()[OF_A_PERSON["行政处罚决定书文号"]]
    assert list(record.facts) == ["sealed"]
    assert "示例某驾驶" in VAULT.open(record.facts["sealed"], SEALED_FACTS)
    with Reading() as session:
        tables = (Record, Subject, Person)
        kept = str([session.execute(sa.select(one.__table__)).all() for one in tables])
    for text in (CITIZEN_ID, CITIZEN_ID[-8:], "示例某"):
        assert text not in kept


def test_the_same_row_of_a_person_twice_changes_nothing(take_in, records):
    take_in(OF_A_PERSON)
    again = take_in(OF_A_PERSON)

    assert (again.counts.unchanged, len(records())) == (1, 1)


def test_two_persons_in_one_decision_are_two_records(take_in):
    other = {"证件号码": "530112199001010020", "行政相对人名称": "示例某"}

    assert take_in(OF_A_PERSON, OF_A_PERSON | other).counts.loaded == 2
    with Reading() as session:
        of_persons = Subject.kind == SubjectKind.NATURAL_PERSON
        assert session.scalar(sa.select(sa.func.count()).where(of_persons)) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"证件号码": ""},
        {"证件号码": CITIZEN_ID[:-1] + "5"},
        {"证件号码": "护照 E12345678"},
        {"行政相对人名称": ""},
    ],
)
def test_a_person_without_a_valid_number_and_a_name_is_sent_back(take_in, changes):
    assert take_in(OF_A_PERSON | changes).counts.rejected == 1
