"""The ticker: enqueues what is due. Any number may run; a slot is enqueued once.

The rows are the truth, the queue only a nudge: what Redis forgets the next tick sees again.
"""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.serializers import JSONSerializer
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config import (
    account_jobs,
    campaign_jobs,
    case_jobs,
    evidence_jobs,
    intake_jobs,
    jobs,
    logs,
    notice_jobs,
    publishing,
    renewing,
    store,
)
from config import settings as settings_of
from core import codes, db, idempotency, operating, releases, renewal
from core.audit import proving
from core.calendar import day
from core.campaigning import previewing, running, sending
from core.casework import lapsing, obligations, recounting, reminders
from core.certificates import making as certificates
from core.db import Reading
from core.evidence import examination
from core.evidence import ledger as evidence
from core.intake import works
from core.outbox import events, leasing
from core.pace import Pace
from core.reports import ledger

log = structlog.get_logger()

TICK_SECONDS = 0.5
_EACH_TICK = timedelta(seconds=TICK_SECONDS)
_ENOUGH = 2  # more of one kind in the queue would only find the rows already leased
_JOB_SECONDS = 120
_DAILY = (evidence_jobs.sweep_evidence, intake_jobs.sweep_uploads)


@dataclass(frozen=True)
class Entry:
    """One thing to do every so often, if there is anything to do."""

    job: Callable[[], None]
    queue: str
    every: timedelta
    is_due: Callable[[Session, datetime], bool]
    seconds: int = _JOB_SECONDS


def entries(pace: Pace) -> list[Entry]:
    """List what the ticker watches."""

    def _waits(session: Session, now: datetime, *, urgent: bool) -> bool:
        unexpanded = events.oldest_waiting(session, urgent=urgent)
        return unexpanded is not None or leasing.is_due(session, urgent=urgent, now=now, pace=pace)

    def _urgent(session: Session, now: datetime) -> bool:
        return _waits(session, now, urgent=True)

    def _rest(session: Session, now: datetime) -> bool:
        return _waits(session, now, urgent=False)

    second, minute = timedelta(seconds=1), timedelta(minutes=1)
    return [
        Entry(jobs.deliver_urgent, "urgent", _EACH_TICK, _urgent),
        Entry(jobs.deliver_rest, "notices", second, _rest),
        Entry(account_jobs.send_codes, "urgent", second, _codes_wait),
        *_of_files(),
        Entry(jobs.run_operations, "default", second, _long_work),
        Entry(jobs.sweep, "default", pace.sweep_every, _always),
        Entry(jobs.fetch_identity_keys, "default", timedelta(seconds=30), _always),
        Entry(account_jobs.fetch_jsapi_ticket, "default", minute, _always),
        Entry(jobs.seal_trail, "default", pace.seal_every, _always),
        Entry(jobs.prove_trail, "default", minute, _chain_is_to_be_proven, seconds=3600),
        Entry(account_jobs.forget_tokens, "default", timedelta(hours=1), _always),
        Entry(account_jobs.keep_tags, "default", pace.sweep_every, account_jobs.tags_are_owed),
        Entry(jobs.count_names, "default", pace.count_every, _always),
        *(Entry(job, "default", timedelta(days=1), _always) for job in _DAILY),
        Entry(jobs.renew_records, "default", minute, _rules_have_changed),
        *_of_cases(minute, pace),
        Entry(jobs.expire_records, "default", minute, notice_jobs.terms_are_over),
        Entry(jobs.make_releases, "default", minute, _day_of_release_came),
    ]


def _of_files() -> list[Entry]:
    """List what is watched for files: those we make, and those that citizens send."""
    second, minute = timedelta(seconds=1), timedelta(minutes=1)
    return [
        Entry(intake_jobs.work_on_files, "default", second, _files_to_take_in),
        Entry(jobs.make_reports, "default", second, _reports_wait),
        Entry(jobs.make_certificates, "default", second, _certificates_wait),
        Entry(evidence_jobs.examine_evidence, "default", second, _files_wait),
        Entry(evidence_jobs.expire_evidence, "default", minute, _files_waited_in_vain),
    ]


def _answers_are_old(pace: Pace) -> Callable[[Session, datetime], bool]:
    return lambda session, now: idempotency.any_old(session, now=now, pace=pace)


def _of_campaigns(pace: Pace) -> Entry:
    def _wait(session: Session, now: datetime) -> bool:
        steps = running.is_due(session, now=now) or previewing.is_due(session, now=now)
        return steps or sending.is_due(session, now=now, pace=pace)

    return Entry(campaign_jobs.run_campaigns, "notices", timedelta(seconds=1), _wait)


def _of_cases(minute: timedelta, pace: Pace) -> list[Entry]:
    return [
        _of_campaigns(pace),
        Entry(jobs.forget_answers, "default", pace.forget_every, _answers_are_old(pace)),
        Entry(case_jobs.remind_of_cases, "default", minute, _deadlines_owe_notices),
        Entry(case_jobs.urge_departments, "default", minute, _texts_are_owed),
        Entry(case_jobs.clear_what_is_over, "default", timedelta(hours=1), _always),
        Entry(case_jobs.lapse_cases, "default", minute, _supplements_are_missed),
        Entry(case_jobs.recount_deadlines, "default", minute, _deadlines_have_moved),
        *(Entry(*one) for one in notice_jobs.WATCHED),
    ]


def _always(_session: Session, _now: datetime) -> bool:
    return True


def _chain_is_to_be_proven(session: Session, now: datetime) -> bool:
    return proving.is_due(session, now=now)


def _long_work(session: Session, now: datetime) -> bool:
    return operating.is_due(session, jobs.RUNNERS, now=now)


def _reports_wait(session: Session, now: datetime) -> bool:
    return ledger.is_due(session, now=now)


def _certificates_wait(session: Session, now: datetime) -> bool:
    return certificates.is_due(session, now=now)


def _codes_wait(session: Session, now: datetime) -> bool:
    return codes.is_due(session, now=now)


def _rules_have_changed(session: Session, now: datetime) -> bool:
    return renewal.is_due(session, renewing.stand(now))


def _deadlines_owe_notices(session: Session, now: datetime) -> bool:
    return reminders.is_due(session, renewing.rules(), now=now)


def _texts_are_owed(session: Session, now: datetime) -> bool:
    return obligations.is_due(session, renewing.rules(), now=now)


def _supplements_are_missed(session: Session, now: datetime) -> bool:
    return lapsing.any_missed(session, now=now)


def _deadlines_have_moved(session: Session, now: datetime) -> bool:
    return recounting.is_due(session, renewing.rules(), now=now)


def _files_wait(session: Session, now: datetime) -> bool:
    return examination.is_due(session, now=now)


def _files_to_take_in(session: Session, now: datetime) -> bool:
    return works.is_due(session, now=now)


def _files_waited_in_vain(session: Session, now: datetime) -> bool:
    return evidence.any_expired(session, now=now)


def _day_of_release_came(session: Session, now: datetime) -> bool:
    return bool(releases.due(session, publishing.scheduled(), today=day(now)))


def tick(redis: Redis, watched: list[Entry], *, now: datetime) -> None:
    """Enqueue each entry whose slot has come and which has something to do."""
    for entry in watched:
        slot = int(now.timestamp() / entry.every.total_seconds())
        name = entry.job.__name__
        queue = Queue(entry.queue, connection=redis, serializer=JSONSerializer)
        try:
            with Reading() as session:
                if queue.count < _ENOUGH and entry.is_due(session, now):
                    _enqueue(queue, entry, f"{name}-{slot}")
        except (RedisError, DBAPIError) as error:
            log.warning("tick_failed", entry=name, error=type(error).__name__)


def _enqueue(queue: Queue, entry: Entry, job_id: str) -> None:
    kept = int(entry.every.total_seconds()) + 60
    try:
        queue.enqueue_call(
            entry.job,
            job_id=job_id,
            unique=True,
            timeout=entry.seconds,
            result_ttl=kept,
            failure_ttl=3600,
        )
    except DuplicateJobError:
        return


def main() -> None:
    """Tick until told to stop."""
    settings = settings_of.read()
    logs.set_up(settings.log_level)
    db.bind(db.connect(settings.database_url.get_secret_value()))
    redis = store.connect(settings.redis_url.get_secret_value())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    watched = entries(settings.pace_of_waits)
    while not stop.wait(max(0.0, TICK_SECONDS - time.monotonic() % TICK_SECONDS)):
        tick(redis, watched, now=datetime.now(UTC))


if __name__ == "__main__":
    main()
