"""Idempotency keys: what is submitted twice is done once, whatever dies in between."""

import io
import os
import signal
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from core import idempotency
from core.cases import Case
from core.db import Reading, Writing
from core.idempotency import KeptAnswer
from core.pace import Pace

from .conftest import NOW, USCC

KEY = "6f0ebd8c-43cf-4199-9311-954b86ba5110"


@pytest.fixture
def submit(client, representative, record):
    """Object to the record under a key, with a client that adds none by itself."""
    client.keyed = False

    def submit(key=KEY, headers=representative, **changed):
        form = {"record_id": str(record.id), "grounds": ["wrong"], "statement": "金额有误"}
        sent = headers | ({"Idempotency-Key": key} if key is not None else {})
        return client.post("/api/v1/objections", json=form | changed, headers=sent)

    return submit


@pytest.fixture
def cases(database):
    def cases():
        with Reading() as session:
            return session.scalar(select(func.count(Case.id)))

    return cases


def test_the_same_submission_is_done_once_and_answered_alike(submit, cases):
    first = submit()

    again = submit()

    assert cases() == 1
    assert (again.status_code, again.data) == (201, first.data)
    for name in ("Location", "Content-Type", "Cache-Control"):
        assert again.headers.getlist(name) == first.headers.getlist(name)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]


def test_a_key_may_stand_in_quotes_as_the_draft_has_it(submit, cases):
    submit()

    assert submit(f'"{KEY}"').status_code == 201
    assert cases() == 1


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "idempotency_key_missing"),
        ("", "idempotency_key_invalid"),
        ("short", "idempotency_key_invalid"),
        ("x" * 65, "idempotency_key_invalid"),
        ("no spaces here", "idempotency_key_invalid"),
        ('"12345678', "idempotency_key_invalid"),
        ("110101199003078515", "idempotency_key_invalid"),
        ("order-110101199003078515", "idempotency_key_invalid"),
    ],
)
def test_no_key_and_a_bad_key_are_told_apart(submit, cases, key, code):
    reply = submit(key)

    assert (reply.status_code, reply.json["code"], cases()) == (400, code, 0)


def test_other_content_under_the_same_key_is_refused(submit, cases):
    submit()

    reply = submit(statement="别的内容")

    assert (reply.status_code, reply.json["code"]) == (422, "idempotency_reused")
    assert cases() == 1


def test_the_order_of_fields_is_no_other_content(submit, client, representative, record):
    first = submit()
    body = f'{{"statement":"金额有误","record_id":"{record.id}","grounds":["wrong"]}}'.encode()
    headers = representative | {"Idempotency-Key": KEY, "Content-Type": "application/json"}

    again = client.post("/api/v1/objections", data=body, headers=headers)

    assert (again.status_code, again.data) == (201, first.data)


def test_a_form_is_the_same_whatever_stands_between_its_parts(client, register):
    key = register(NOW).key() | {"Idempotency-Key": KEY}
    order = {"purpose": "procurement", "legal_basis": "《政府采购法》第二十二条"}

    def send(text):
        form = {**order, "file": (io.BytesIO(text), "subjects.csv")}  # each has its own boundary
        return client.post("/api/v1/check-batches", data=form, headers=key)

    first, again, other = send(USCC.encode()), send(USCC.encode()), send(b"91530100MA6K00002X")

    assert (first.status_code, again.status_code) == (202, 202)
    assert again.headers["Location"] == first.headers["Location"]
    assert other.json["code"] == "idempotency_reused"


def test_a_key_is_ones_own_and_for_one_address(submit, client, stranger, representative, record):
    submit()

    assert submit(headers=stranger).json["code"] == "not_entitled"
    form = {"record_id": str(record.id), "statement": "已缴清罚款", "promised": True}
    headers = representative | {"Idempotency-Key": KEY}
    repair = client.post("/api/v1/repairs", json=form, headers=headers)
    assert (repair.status_code, repair.json["kind"]) == (201, "repair")


def test_a_refusal_keeps_no_key(submit, add_record, world):
    assert submit(record_id="999").json["code"] == "record_not_found"

    assert submit().status_code == 201


def test_a_fault_in_the_form_keeps_no_key(submit):
    assert submit(grounds=["angry"]).json["code"] == "invalid_request"

    assert submit().status_code == 201


def test_who_is_not_signed_in_is_told_that_first(submit):
    assert submit(None, headers={}).json["code"] == "unauthorised"


def test_an_answer_is_sealed_and_its_content_is_nowhere(submit, session):
    code = submit().json["receipt_code"]

    kept = session.scalars(select(KeptAnswer)).one()
    held = "".join(str(value) for value in vars(kept).values())
    assert code not in held
    assert "金额有误" not in held


def test_old_answers_are_forgotten_and_no_others(submit):
    submit()
    for later, left in ((timedelta(hours=23), 1), (timedelta(hours=24), 0)):
        with Writing() as writing:
            facts = {"now": NOW + later, "pace": Pace()}
            assert idempotency.any_old(writing, **facts) is (left == 0)
            idempotency.forget(writing, **facts)
        with Reading() as reading:
            assert reading.scalar(select(func.count(KeptAnswer.id))) == left


def test_of_many_at_once_one_works_and_all_get_its_answer(app, representative, record, cases):
    form = {"record_id": str(record.id), "grounds": ["wrong"], "statement": "金额有误"}
    headers = representative | {"Idempotency-Key": KEY}

    def submit(_):
        reply = app.test_client().post("/api/v1/objections", json=form, headers=headers)
        return reply.json.get("code") or reply.json["receipt_code"]

    with ThreadPoolExecutor(6) as people:
        answers = set(people.map(submit, range(6)))

    answers -= {"idempotency_running"}
    assert len(answers) == 1
    assert cases() == 1
    assert submit(0) in answers


def die(database, moment, submit):
    """Submit in a process that is killed right before or right after its work is committed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the test run
        child = os.fork()
    if child:
        return os.WTERMSIG(os.waitpid(child, 0)[1])
    database.engine.dispose(close=False)  # the parent's connections are not ours
    commits = []

    def count(connection):
        commits.append(connection)
        if len(commits) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(database.engine, "commit", count)
    submit()
    os.kill(os.getpid(), signal.SIGKILL)  # the answer was committed, and reached nobody
    return None


def test_killed_before_its_commit_nothing_was_done_and_a_retry_does_it(
    submit, database, cases, world
):
    # Its first commit claims the key, its second is the work with its answer.
    assert die(database, 2, submit) == signal.SIGKILL
    assert cases() == 0

    waiting = submit()
    assert (waiting.status_code, waiting.json["code"]) == (409, "idempotency_running")
    assert waiting.headers["Retry-After"] == "1"
    world.now = NOW + Pace().request_lease
    assert submit().status_code == 201
    assert cases() == 1


def test_killed_after_its_commit_a_retry_gets_the_answer(submit, database, cases):
    # There is no third: the answer is committed with the work.
    assert die(database, 3, submit) == signal.SIGKILL
    assert cases() == 1

    again = submit()

    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert cases() == 1


def test_who_was_taken_over_undoes_all_and_says_so(submit, database, cases):
    """A request that outlives its lease finds another holder when it comes to commit."""
    taken = []

    def take_over(connection):
        if not any(taken):
            changed = connection.exec_driver_sql("update kept_answers set holder = 'another'")
            taken.append(changed.rowcount)

    event.listen(database.engine, "begin", take_over)
    reply = submit()
    event.remove(database.engine, "begin", take_over)

    assert (reply.status_code, reply.json["code"]) == (409, "idempotency_running")
    assert (taken[-1], cases()) == (1, 0)
