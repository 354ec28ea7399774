"""Our logs are JSON, carry the request's id, and name nobody."""

import json
import subprocess
import sys

import pytest

from config.logs import without_persons
from tests.config.programs import surroundings

CITIZEN = "530102199003071234"
SCRIPT = f"""
import logging, structlog
from config import logs
logs.set_up("INFO")
log = structlog.get_logger()
structlog.contextvars.bind_contextvars(request_id="r-1")
log.info("市民 {CITIZEN}", phone="13888888888", held=["{CITIZEN}"])
log.debug("not said")
logging.getLogger("library").warning("number %s", "{CITIZEN}")
try:
    raise ValueError("no {CITIZEN[:-1]}X")
except ValueError:
    log.exception("failed")
"""


@pytest.fixture(scope="module")
def lines():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=surroundings({}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_every_line_is_json_with_the_requests_id(lines):
    assert [line["level"] for line in lines] == ["info", "warning", "error"]
    assert {line["request_id"] for line in lines} == {"r-1"}
    assert all(line["timestamp"].endswith("Z") for line in lines)


def test_no_line_holds_a_persons_number(lines):
    said = json.dumps(lines, ensure_ascii=False)

    assert CITIZEN[:-1] not in said
    assert "13888888888" not in said
    assert lines[0]["event"] == "市民 [personal]"


def test_an_exception_is_told_without_the_number(lines):
    assert "ValueError: no [personal]" in lines[2]["exception"]


@pytest.mark.parametrize(
    "value",
    [
        CITIZEN,
        pytest.param(int(CITIZEN), id="as a number"),
        "530102900307123",
        "x13888888888y",
        "５３０１０２１９９００３０７１２３４",
        b"13888888888",
        [CITIZEN],
        ({"to": [CITIZEN]},),
        {CITIZEN: 1},
        {CITIZEN},
        ValueError(CITIZEN),
    ],
)
def test_a_number_is_blotted_out_wherever_it_stands(value):
    said = str(without_persons(None, "info", {"value": value}))

    assert "[personal]" in said
    assert "199003071234" not in said


@pytest.mark.parametrize("value", [12, 1.5, True, None, "3000000001", "91530100MA6K00001X"])
def test_other_things_stay_as_they_are(value):
    assert without_persons(None, "info", {"value": value}) == {"value": value}


def test_addresses_with_secrets_are_not_told_even_at_the_finest_level():
    script = (
        "import logging; from config import logs; logs.set_up('DEBUG');"
        "logging.getLogger('urllib3.connectionpool').debug('GET /token?secret=abc');"
        "logging.getLogger('ours').debug('told')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=surroundings({}),
        capture_output=True,
        text=True,
        check=True,
    )

    assert "told" in done.stderr
    assert "secret" not in done.stderr
