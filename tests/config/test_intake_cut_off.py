"""Whatever cuts a worker off, a file of the staff is gone on with from the last chunk."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

from config import intake
from core.intake import uploads
from core.intake.layouts import LayoutName
from core.intake.uploads import UploadState
from tests.bench.city_files import write_file
from tests.config.given_uploads import (
    batch,
    chosen,
    clerk,
    due_again,
    records,
    report,
    send,
    upload,
    work,
)
from tests.config.programs import surroundings
from tests.fixtures.service import environment_for

__all__ = ["chosen", "clerk", "send", "work"]  # fixtures


def test_a_long_file_is_gone_on_with_where_the_time_was_over(
    chosen, send, work, tmp_path, monkeypatch
):
    monkeypatch.setattr(intake, "CHUNK", 100)
    bad = write_file(tmp_path / "city.csv", 350, 1, bad_share=0.2, layout=LayoutName.PENALTY)
    number = send((tmp_path / "city.csv").read_bytes())

    times = 0
    while work(within=timedelta(0)):
        times += 1
        assert upload(number).batch_id == batch().id

    assert times > 2
    assert upload(number).state is UploadState.DONE
    told = [row for row in report(chosen, number) if row[4] == "退回"]
    assert {int(row[0]) for row in told} == bad.keys()
    assert len(told) == len({tuple(row) for row in told})
    assert (batch().rows_read, batch().rows_loaded) == (350, 350 - len(bad))
    assert len(records()) == 350 - len(bad)


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    chosen, send, work, tmp_path, database, valkey_url
):
    rows = 20_000
    bad = write_file(tmp_path / "city.csv", rows, 1, bad_share=0.1, layout=LayoutName.PENALTY)
    number = send((tmp_path / "city.csv").read_bytes())
    given = environment_for(database.url, valkey_url) | {"VAR_DIR": str(tmp_path)}
    program = "from config import intake_jobs; intake_jobs.work_on_files()"
    with subprocess.Popen([sys.executable, "-c", program], env=surroundings(given)) as worker:
        while upload(number).report_bytes == 0 and worker.poll() is None:
            time.sleep(0.05)
        os.kill(worker.pid, signal.SIGKILL)
    due_again()
    with (chosen.uploads_dir / uploads.report_name(number)).open("a") as file:
        file.write("999999,a line of a chunk that was not written")

    while work():
        pass

    assert upload(number).state is UploadState.DONE
    assert (batch().rows_read, batch().rows_rejected) == (rows, len(bad))
    assert len(records()) == batch().rows_loaded
    told = [row for row in report(chosen, number) if row[4:] == ["退回"]]
    assert sorted({int(row[0]) for row in told}) == sorted(bad)
    assert "999999" not in {row[0] for row in report(chosen, number)}
