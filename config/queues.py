"""The queues as the console sees them: counts, workers, failures, and running again."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from redis import Redis
from rq import Queue, Worker
from rq.exceptions import InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.registry import FailedJobRegistry, StartedJobRegistry
from rq.serializers import JSONSerializer

from console import queues
from console.queues import Failure, Line, Picture

NAMES = ("urgent", "notices", "default")
SHOWN = 50
# The last line of a traceback begins with the class; what follows may name a person.
_ERROR = re.compile(r"^([A-Za-z_][\w.]*)(?=:|$)", re.MULTILINE)


class RedisQueues:
    """Our queues in Redis."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._queues = [Queue(name, connection=redis, serializer=JSONSerializer) for name in NAMES]

    def look(self) -> Picture:
        """Return how they stand."""
        return Picture(
            lines=tuple(map(_line, self._queues)),
            workers=tuple(sorted(map(_worker, self._workers()), key=lambda one: one.name)),
            failures=tuple(self._failures()),
        )

    def requeue(self, job_id: str) -> bool:
        """Let a failed job run again; False if it is not there any more."""
        return any(_again(queue, job_id) for queue in self._queues)

    def requeue_all(self) -> int:
        """Let every failed job run again; return how many that were."""
        return sum(
            _again(queue, job_id)
            for queue in self._queues
            for job_id in FailedJobRegistry(queue=queue).get_job_ids()
        )

    def _workers(self) -> list[Worker]:
        found: list[Worker] = Worker.all(connection=self._redis, serializer=JSONSerializer)
        return found

    def _failures(self) -> Iterator[Failure]:
        for queue in self._queues:
            ids = FailedJobRegistry(queue=queue).get_job_ids(0, SHOWN - 1, desc=True)
            jobs = Job.fetch_many(ids, connection=self._redis, serializer=JSONSerializer)
            yield from (_failure(queue, job) for job in jobs if job)


def _line(queue: Queue) -> Line:
    first = queue.get_jobs(0, 1)
    return Line(
        queue.name,
        waiting=queue.count,
        oldest=_aware(first[0].enqueued_at) if first else None,
        running=StartedJobRegistry(queue=queue).get_job_count(cleanup=False),
        failed=FailedJobRegistry(queue=queue).count,
    )


def _worker(worker: Worker) -> queues.Worker:
    return queues.Worker(
        worker.name[:8],
        worker.hostname or "",
        str(worker.get_state()),
        tuple(worker.queue_names()),
        _aware(worker.last_heartbeat),
    )


def _failure(queue: Queue, job: Job) -> Failure:
    result = job.latest_result()
    found = _ERROR.findall(result.exc_string or "") if result else []
    error = found[-1].rpartition(".")[2] if found else ""
    name = str(job.func_name or "").rpartition(".")[2]
    return Failure(job.id, name, queue.name, _aware(job.ended_at), error)


def _again(queue: Queue, job_id: str) -> bool:
    # Gone by itself, or somebody else was first.
    with suppress(NoSuchJobError, InvalidJobOperation):
        FailedJobRegistry(queue=queue).requeue(job_id)
        return True
    return False


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
