"""Operations at the app's door: how far they are, for whoever asked for them alone."""

import pytest

from core import operating, operations
from core.db import Writing
from core.institutions import Scope
from core.operations import OperationKind, Owner, OwnerKind, Wanted
from core.pace import Pace
from mobile_api.problems import STATUS
from tests.mobile_api.conftest import NOW

KINDS = list(OperationKind)


@pytest.fixture
def owner(representative):
    """Who the representative is to core."""
    return Owner(OwnerKind.ACCOUNT, representative.account_id)


@pytest.fixture
def asked(owner):
    def asked(kind=OperationKind.BATCH_VERIFICATION, **wanted):
        with Writing() as session:
            return operations.ask(session, owner, Wanted(kind, **wanted), now=NOW)

    return asked


@pytest.fixture
def get(client, representative):
    def get(operation, headers=representative, **extra):
        address = f"/api/v1/operations/{operation.public_id}"
        return client.get(address, headers=headers | extra)

    return get


@pytest.fixture
def taken(database):
    def taken():
        with Writing() as session:
            return operating.lease(session, KINDS, now=NOW, pace=Pace())

    return taken


def test_while_it_is_under_way_it_says_when_to_ask_again(get, asked, taken):
    one = asked(total=3)
    waiting = get(one)
    with Writing() as session:
        operating.step(session, taken(), 2, total=3, now=NOW, pace=Pace())
    running = get(one)

    assert (waiting.status_code, waiting.headers["Retry-After"]) == (200, "2")
    assert (waiting.json["state"], waiting.json["state_label"]) == ("waiting", "等待办理")
    assert waiting.json["id"] == one.public_id
    assert waiting.json["kind_label"] == "批量信用核查"
    assert waiting.headers["Cache-Control"] == "private, no-cache"
    assert running.json["state"] == "running"
    assert running.json["progress"] == {"done": 2, "total": 3}
    assert running.json["result_url"] is None
    assert running.headers["Retry-After"] == "2"


def test_when_it_is_done_it_says_where_the_result_is(get, asked, taken):
    one = asked(OperationKind.REPORT)
    with Writing() as session:
        operating.finish(session, taken(), {"report_no": "2026X"}, now=NOW)

    done = get(one)

    assert (done.json["state"], done.json["result_url"]) == ("done", "/api/v1/reports/2026X")
    assert done.json["finished_at"] == "2026-11-23T09:00:00+08:00"
    assert "Retry-After" not in done.headers


@pytest.mark.parametrize("code", ["operation_failed", "report_in_the_making"])
def test_when_it_failed_it_says_why(get, asked, taken, code):
    one = asked()
    with Writing() as session:
        operating.fail(session, taken(), code, now=NOW)

    failed = get(one, **{"Accept-Language": "en"}).json

    assert (failed["state"], failed["state_label"]) == ("failed", "failed")
    assert failed["error"]["code"] == code
    assert failed["error"]["title"]
    assert failed["error"]["detail"].isascii()
    assert failed["result_url"] is None
    assert code in STATUS


def test_nobody_else_can_tell_that_it_is_there(get, asked, stranger, client, representative):
    one = asked()

    foreign = get(one, headers=stranger)
    missing = client.get(f"/api/v1/operations/{'0' * 32}", headers=representative)
    assert (foreign.status_code, foreign.json["code"]) == (404, "operation_not_found")
    assert foreign.json | {"instance": 0} == missing.json | {"instance": 0}
    assert get(one, headers={}).json["code"] == "unauthorised"


def test_an_institution_sees_its_own_by_its_key(get, asked, register):
    register = register(NOW)
    uscc = register.enrol()
    owner = Owner(OwnerKind.INSTITUTION, register.issue(uscc)[0].institution_id)
    with Writing() as session:
        wanted = Wanted(OperationKind.BATCH_VERIFICATION)
        one = operations.ask(session, owner, wanted, now=NOW)

    def key(*scopes):
        return {"X-Api-Key": register.issue(uscc, *scopes)[1]}

    good = key(Scope.CHECK_BATCHES)
    assert get(one, headers=good).json["kind"] == "batch_verification"
    assert get(asked(), headers=good).json["code"] == "operation_not_found"
    assert get(one).json["code"] == "operation_not_found"
    assert get(one, headers=key(Scope.CHECK_ENTITIES)).json["code"] == "scope_missing"
    assert get(one, headers={"X-Api-Key": "xyk_"}).json["code"] == "bad_api_key"
