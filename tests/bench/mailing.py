"""The worker of the bench of campaigns: does what campaigns have to do, and says how long it took.

python -m tests.bench.mailing RECIPIENTS
"""

import json
import resource
import sys
import time
from datetime import UTC, datetime, timedelta

from config import campaign_jobs
from messages import mass

PATIENCE = timedelta(seconds=600)


def main():
    """Run until nothing is due; tell the time, the CPU and the memory that it took."""
    mailing = campaign_jobs.mailing()
    began = time.monotonic()
    mass.run(mailing, datetime.now(UTC) + PATIENCE)
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"seconds": time.monotonic() - began, "peak_kib": used.ru_maxrss}
    print(json.dumps(told | {"cpu": used.ru_utime + used.ru_stime}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
