"""One RQ worker: `python -m config.worker QUEUE...`; the application is loaded before it forks.

The one that serves only what is urgent does not fork: a process for each job, with connections of
its own, is a second on a busy machine, and an alert has two.
"""

import sys

from redis import Redis
from rq import Queue, SimpleWorker, Worker
from rq.serializers import JSONSerializer

from config import jobs, logs
from config import settings as settings_of

# RQ looks for the jobs of dead workers this often.
_MAINTENANCE_SECONDS = 60
URGENT = "urgent"


def main(names: list[str]) -> None:
    """Work on these queues, the first before the others, until told to stop."""
    settings = settings_of.read()
    logs.set_up(settings.log_level)
    # The children build their own connections: a forked one must never be shared.
    jobs.tools.cache_clear()
    redis = Redis.from_url(settings.redis_url.get_secret_value())
    queues = [Queue(name, connection=redis, serializer=JSONSerializer) for name in names]
    kind = SimpleWorker if names == [URGENT] else Worker
    worker = kind(
        queues,
        connection=redis,
        serializer=JSONSerializer,
        maintenance_interval=_MAINTENANCE_SECONDS,
        log_job_description=False,
    )
    worker.work()


if __name__ == "__main__":
    main(sys.argv[1:] or [URGENT, "notices", "default"])
