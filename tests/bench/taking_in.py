"""One file taken in by a process of its own, which says how long that took and how much memory."""

import json
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config import intake, keyring, rulebook
from core import db
from core.intake import copies

VAULT = keyring.vault("k1:a key of a benchmark", "a hash key of a benchmark")
NAMES = (
    "natural_key fingerprint version subject_id kind list_kind title severity state visibility"
    " authority department_id document_no event_date repairable_from ends_on rule applied facts"
    " batch_id received_at published_at"
).split()


def now():
    """Return this moment."""
    return datetime.now(UTC)


def values(row, subject, office):
    """Return the columns of a record, ready for COPY."""
    given = vars(row) | vars(row.content) | {"version": 1, "subject_id": subject, "batch_id": 1}
    given |= {"department_id": office, "received_at": now(), "published_at": None}
    given |= {name: json.dumps(given[name], ensure_ascii=False) for name in copies.JSON}
    return [given[name] for name in NAMES]


def main(url, path):
    engine = db.connect(url)
    db.bind(engine)
    order = intake.Order(
        path=Path(path),
        rules=rulebook.load(),
        who="bench",
        alert_max_age=timedelta(days=30),
        vault=VAULT,
    )
    began, cpu = time.perf_counter(), time.process_time()
    counts = intake.take_in(order).counts
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    engine.dispose()
    return {
        "rows": counts.read,
        "rejected": counts.rejected,
        "seconds": seconds,
        "cpu_us": cpu / counts.read * 1e6,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
