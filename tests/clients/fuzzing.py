"""schemathesis on the whole application in this process: every check, as one who may ask.

Its own engine runs the phases (examples, edges of each schema, random ones, sequences by the links
of the document and by what is learned from Location), as its command line would; what it finds is
kept with the requests that show it.
"""

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf

import pytest
import schemathesis
from limits import parse
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, StopReason, events, from_schema
from schemathesis.specs.openapi.checks import RejectedPositiveData, UseAfterFree
from schemathesis.transport.wsgi import WSGI_TRANSPORT, WSGITransport

from core import tallies
from core.checks import batches
from core.evidence import ledger
from mobile_api import limits

DOCUMENT = "/api/v1/openapi.json"
# A request that its schema allows may be refused for what it says, but never as badly written.
MALFORMED = frozenset({"invalid_request", "bad_json", "bad_request", "unsupported_media_type"})
# What no schema can say, so that a request which fits it may still be called invalid: where, why.
_ORDER = {
    "#/legal_basis": "no six digits in a row: a number has no place in the audit trail",
    "#/reference": "no citizen's number",
}
BEYOND = {
    "getScoreboard": {"?to": "from the first day to the last it is a quarter at most"},
    **dict.fromkeys(("checkEntity", "checkBatch", "checkPerson"), _ORDER),
}

# What is still shown once it was revoked, and why that is no fault.
KEPT = {"getShare": "whoever gave a code sees for good whom it answered"}


class _InProcess(WSGITransport):
    """4.32 hands settings of a socket to werkzeug when it asks again without the credentials."""

    def send(self, case, **options):
        for name in ("max_redirects", "verify", "cert", "proxies"):
            options.pop(name, None)
        return super().send(case, **options)


WSGI_TRANSPORT.__class__ = _InProcess


@dataclass
class Found:
    """What a run did and found: findings by operation and kind, each with how to see it again."""

    who: str = ""
    requests: int = 0
    operations: set[str] = field(default_factory=set)
    answers: dict[int, int] = field(default_factory=dict)
    findings: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True

    def add(self, other):
        self.requests += other.requests
        self.operations |= other.operations
        for status, count in other.answers.items():
            self.answers[status] = self.answers.get(status, 0) + count
        self.findings |= other.findings
        self.is_whole = self.is_whole and other.is_whole


def fuzz(app, who, *, examples, seed, operations=None, seconds=inf):
    """Fuzz operations (their operationIds; all of them if none are named) as somebody.

    The edges of each schema are tried by those who are let in: nobody would meet the same ones.
    """
    config = _config(examples, seed)
    config["phases"] = {"coverage": {"enabled": bool(who.headers())}}
    config = SchemathesisConfig.from_dict(config)
    schema = schemathesis.openapi.from_wsgi(DOCUMENT, app, config=config)
    if operations is not None:
        schema = schema.include(operation_id=sorted(operations))
    schema.hook(filter_failure)
    if who.headers():
        schema.auth(refresh_interval=None)(_provider(who))
    found, until = Found(who.name), time.monotonic() + seconds
    stream = from_schema(schema).execute()
    with _without_budgets():
        for event in stream:
            _note(found, event)
            if time.monotonic() > until:
                stream.stop()
    return found


@contextmanager
def _without_budgets():
    """Let one ask as often as it takes: asking too often has tests of its own."""
    wide = parse("1000000/second")
    with pytest.MonkeyPatch.context() as patch:
        for table, most in (
            (limits.BUDGETS, wide),
            (limits.OF_VIEWS, wide),
            (tallies.MOST, 10**12),
        ):
            for name in table:
                patch.setitem(table, name, most)
        patch.setattr(batches, "MOST_WAITING", 10**6)
        patch.setattr(ledger, "MOST_WAITING", 10**6)
        yield


def filter_failure(context, failure, case, response):
    """Let a documented refusal for a reason of law or state be no fault of the request's schema."""
    operation = case.operation.definition.raw["operationId"]
    if isinstance(failure, UseAfterFree):
        return operation not in KEPT
    if not isinstance(failure, RejectedPositiveData):
        return True
    said = response.json()
    wrong = {each["pointer"] for each in said.get("errors", ())}
    is_beyond = wrong and wrong <= BEYOND.get(operation, {}).keys()
    return said["code"] in MALFORMED and not is_beyond


def _config(examples, seed):
    return {
        "seed": seed,
        "suppress-health-check": ["all"],
        "continue-on-failure": True,
        "workers": 1,
        "generation": {"max-examples": examples, "database": "none"},
        # Without its If-Match a change says 428; whoever guesses codes is told to come later first.
        "checks": {
            "missing_required_header": {"expected-statuses": [400, 401, 403, 422, 428, 429]}
        },
        "cache": {"enabled": False},
        # Tokens of a database that is gone afterwards are no secrets.
        "output": {"sanitization": {"enabled": False}},
    }


def _provider(who):
    class Provider:
        def get(self, case, context):
            return who.headers()

        def set(self, case, data, context):
            case.headers.update(data)

    return Provider


def _note(found, event):
    if isinstance(event, events.ScenarioFinished):
        _note_scenario(found, event)
    elif isinstance(event, events.NonFatalError):
        found.findings[f"{found.who}: {event.label}: {event.info.title}"] = str(event.info)
    elif isinstance(event, events.FatalError):
        raise event.exception
    elif isinstance(event, events.EngineFinished):
        found.is_whole = event.stop_reason is StopReason.COMPLETED


def _note_scenario(found, event):
    for case_id, interaction in event.recorder.interactions.items():
        found.requests += 1
        found.operations.add(event.recorder.cases[case_id].value.operation.label)
        status = interaction.response.status_code if interaction.response else 0
        found.answers[status] = found.answers.get(status, 0) + 1
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.status is Status.FAILURE:
                _note_failure(found, check.failure_info)


def _note_failure(found, info):
    failure: Failure = info.failure
    steps = "\n".join(step.curl for step in info.steps) or info.code_sample
    name = f"{found.who}: {failure.operation}: {failure.title}"
    found.findings.setdefault(name, f"{name}\n{failure.message}\n{steps}\n")
