"""What RQ workers run: fetch the parts, call them, nothing else. Arguments are ids only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import structlog
from redis import Redis

from config import (
    checking,
    heads,
    identity,
    posting,
    publishing,
    renewing,
    rulebook,
    store,
    verifying,
)
from config import reports as credit_reports
from config import settings as settings_of
from config.settings import Settings
from core import (
    challenges,
    db,
    frequencies,
    idempotency,
    operating,
    operations,
    releases,
    renewal,
    standing,
)
from core.audit import trail
from core.calendar import day
from core.certificates import making as certificates
from core.db import Reading, Writing
from core.errors import CreditError
from core.operating import LostLeaseError, Taken
from core.operations import OperationKind
from core.outbox import events, settle
from core.reports import ledger
from messages import delivery
from messages.post import Post

log = structlog.get_logger()

# What many must hear is written without a pause: another worker sends it meanwhile. The whole and
# a last batch fit into the time of a job; the rest is for the next.
_EXPANDING = timedelta(seconds=60)
_DELIVERING = timedelta(seconds=80)
_PRINTING = timedelta(seconds=30)
_EXPIRING = timedelta(seconds=60)
_RENEWING = timedelta(seconds=30)
_WORKING = timedelta(seconds=60)


@dataclass(frozen=True)
class Tools:
    """What jobs need, built once for each process."""

    settings: Settings
    redis: Redis
    post: Post


@cache
def tools() -> Tools:
    """Build the tools and bind core to the database."""
    settings = settings_of.read()
    db.bind(db.connect(settings.database_url.get_secret_value()))
    redis = store.connect(settings.redis_url.get_secret_value())
    return Tools(settings, redis, posting.post_of(settings, redis, clock=_now))


@cache
def printing() -> credit_reports.Printing:
    """Build what makes reports, in the processes that do."""
    return credit_reports.printing(tools().settings, rulebook.load(), clock=_now)


def deliver_urgent() -> None:
    """Expand and send what is urgent; a campaign's many rows are written by others."""
    _deliver(urgent=True)


def deliver_rest() -> None:
    """Expand what was owed and send what may wait."""
    _deliver(urgent=False)


def sweep() -> None:
    """Settle by the clock what no answer and no receipt has settled."""
    pace = tools().post.pace  # builds the tools first: each job runs in a process of its own
    with Writing() as session:
        settle.sweep(session, now=_now(), pace=pace)
        operations.discard(session, now=_now())
        challenges.sweep(session, now=_now())


def fetch_identity_keys() -> None:
    """Ask the identity provider where it is and with what it signs."""
    identity.fetch(tools().redis, tools().settings.identity_issuer)


def make_reports() -> None:
    """Make the reports that were asked for, the oldest first, for a while."""
    until = tools().post.clock() + _PRINTING
    while _now() < until:
        with Writing() as session:
            report_id = ledger.lease(session, now=_now(), pace=tools().post.pace)
        if report_id is None:
            return
        make_report(report_id)


def make_report(report_id: int) -> None:
    """Make one report. Whatever cuts this off, the ticker has it made again."""
    credit_reports.make(printing(), report_id)


def make_certificates() -> None:
    """Make the certificates of the repairs that were granted, for a while."""
    until = tools().post.clock() + _PRINTING
    while _now() < until:
        with Writing() as session:
            certificate_id = certificates.lease(session, now=_now(), pace=tools().post.pace)
        if certificate_id is None:
            return
        credit_reports.make_certificate(printing(), certificate_id)


def run_operations() -> None:
    """Do what takes long, the longest due first, for a while. What is cut off falls due again."""
    until = tools().post.clock() + _WORKING
    while _now() < until:
        with Writing() as session:
            taken = operating.lease(session, RUNNERS, now=_now(), pace=tools().post.pace)
        if taken is None:
            return
        try:
            _run(taken, until)
        except LostLeaseError:  # somebody else has gone on with it: we were too slow
            log.warning("operation_lost", operation=taken.id)


def _run(taken: Taken, until: datetime) -> None:
    try:
        RUNNERS[taken.kind](taken, until)
    except CreditError as refusal:
        with Writing() as session:
            operating.fail(session, taken, refusal.code, now=_now())


def check_batch(taken: Taken, until: datetime) -> None:
    """Check the entities of a file."""
    pace = tools().post.pace
    checking.run(taken, until, rules=rulebook.load(), pace=pace, clock=_now)


# What takes long, by its kind (core.operating): it works in steps, each in a transaction of its
# own, until it can `finish`, or `pause` at this instant. What it refuses ends the operation.
RUNNERS: dict[OperationKind, Callable[[Taken, datetime], None]] = {
    OperationKind.BATCH_VERIFICATION: check_batch,
}


def seal_trail() -> None:
    """Seal the rows of the audit trail that were committed since."""
    chosen = tools().settings
    heads.seal(chosen.audit_dir, chosen.audit_key.get_secret_value().encode(), clock=_now)


def prove_trail() -> None:
    """Prove the chain of the audit trail, and write down what was found."""
    verifying.verify(tools().settings, clock=_now)


def count_names() -> None:
    """Estimate anew how common each pair of characters is, so that search knows its ways."""
    tools()
    with Reading() as session:
        counted = frequencies.count(session)
    with Writing() as session:
        frequencies.keep(session, counted)


def expire_records() -> None:
    """Record which terms are over, chunk by chunk, and owe whoever was told of those records."""
    until, moved = tools().post.clock() + _EXPIRING, 1
    while moved and _now() < until:
        with Writing() as session:
            moved = standing.expire(session, now=_now())
            if moved:
                done = trail.Act("ticker", "ticker", "expire", "records", {"records": moved})
                trail.note(session, done, now=_now())


def renew_records() -> None:
    """Apply rules that have changed to all records, chunk by chunk; the next job goes on."""
    vault, until, more = tools().settings.vault, _now() + _RENEWING, True
    while more and _now() < until:
        run = renewing.run(vault, "ticker", now=_now(), actor="ticker")
        with Writing() as session:
            more = renewal.step(session, run, renewing.stand(run.now))


def forget_answers() -> None:
    """Delete the answers that were kept under idempotency keys long enough."""
    pace = tools().post.pace
    with Writing() as session:
        idempotency.forget(session, now=_now(), pace=pace)


def make_releases() -> None:
    """Release the lists whose day has come; one that was released meanwhile is passed over."""
    for list_kind in _due_for_release():
        with Writing() as session:
            release_id = releases.make(session, list_kind, now=_now())
            if release_id is not None:
                done = trail.Act("ticker", "ticker", "release", f"release:{release_id}")
                trail.note(session, done, now=_now())


def _due_for_release() -> list[str]:
    tools()
    with Reading() as session:
        return releases.due(session, publishing.scheduled(), today=day(_now()))


def _deliver(*, urgent: bool) -> None:
    until = _now() + _DELIVERING
    _expand(only_urgent=urgent)
    delivery.deliver(tools().post, urgent=urgent, until=until)


def _expand(*, only_urgent: bool) -> None:
    tools()
    until, more = _now() + _EXPANDING, True
    while more:
        with Writing() as session:
            more = events.expand(session, now=_now(), only_urgent=only_urgent)
        more = more and _now() < until


def _now() -> datetime:
    return datetime.now(UTC)
