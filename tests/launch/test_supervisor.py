"""The supervisor brings back what dies, and leaves nothing behind, however it ends."""

import json
import os
import signal
import subprocess
import sys
import uuid
from contextlib import suppress

import pytest

from config.launch import orphans
from config.launch.valkey import Valkey
from tests.launch.processes import eventually, is_alive, marked

SUPERVISE = """
import json, os, sys
from pathlib import Path
from config.launch.programs import Program
from config.launch.supervisor import Supervisor
from config.launch import orphans
from config.launch.valkey import Valkey
programs = [
    Program(name, [sys.executable, "-c", code], once=name == "once")
    for name, code in json.loads(sys.argv[1])
]
valkey = Valkey(Path(sys.argv[2])) if len(sys.argv) > 2 else None
if valkey:
    valkey.ensure()
supervisor = Supervisor(os.environ, valkey)
with supervisor.signals():
    supervisor.start(programs)
    supervisor.wait(lambda: True, within=1)
    supervisor.watch()
    supervisor.stop()
"""
SLEEP = "import time; print('here', flush=True); time.sleep(60)"
DIE_ONCE = """
import pathlib, sys, time
mark = pathlib.Path({path!r})
if not mark.exists():
    mark.touch(); sys.exit(3)
print('back again', flush=True); time.sleep(60)
"""
# A grandchild in a session of its own, as an RQ work-horse is; deaf to SIGTERM, too.
PARENT = """
import signal, subprocess, sys, time
child = subprocess.Popen(
    [sys.executable, '-c', 'import signal, time; signal.signal(15, signal.SIG_IGN); '
     "print('grandchild', flush=True); time.sleep(60)"], start_new_session=True)
time.sleep(60)
"""
TERMINATED = "import time\ntry:\n time.sleep(60)\nexcept KeyboardInterrupt:\n print('interrupted')"


@pytest.fixture
def supervise():
    """Start a supervisor of small programs; its mark is in the environment of every descendant."""
    started = []

    def start(programs, *more):
        mark = uuid.uuid4().hex
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", SUPERVISE, _json(programs), *map(str, more)],
            env=os.environ | {"MARK": mark, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        process.mark = mark
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(60)
        for pid in marked(process.mark):
            os.kill(pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()


def _json(programs):
    return json.dumps(list(programs.items()))


def _until(process, words):
    """Read on to the line with these words."""
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"it ended without saying: {words}")


def test_output_carries_the_name_of_its_program(supervise):
    process = supervise({"one": SLEEP})

    assert _until(process, "here") == "one     │ here\n"


def test_a_program_that_dies_comes_back_and_it_is_said(supervise, tmp_path):
    process = supervise({"weak": DIE_ONCE.format(path=str(tmp_path / "mark"))})

    assert "意外退出（代码 3），0.5 秒后重新启动" in _until(process, "意外退出")
    assert _until(process, "back again").startswith("weak")


@pytest.mark.parametrize("code", [0, 3])
def test_a_program_that_has_one_thing_to_do_is_left_when_it_is_done(supervise, tmp_path, code):
    once = f"import sys; print('done', flush=True); sys.exit({code})"
    process = supervise({"once": once, "weak": DIE_ONCE.format(path=str(tmp_path / "mark"))})

    said = []
    for line in process.stdout:
        said.append(line)
        if "back again" in line:
            break

    assert [line for line in said if line.startswith("once")] == ["once    │ done\n"]
    process.terminate()
    assert process.wait(60) == 0


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_nothing_stays_behind(supervise, word):
    process = supervise({"one": SLEEP, "family": PARENT})
    _until(process, "grandchild")
    assert len(marked(process.mark)) == 4

    process.send_signal(word)

    assert process.wait(60) == 0
    assert not marked(process.mark)


def test_what_a_dead_program_leaves_is_cleared_away(supervise):
    process = supervise({"family": PARENT})
    _until(process, "grandchild")
    family = [pid for pid in marked(process.mark) if pid != process.pid]

    os.kill(min(family), signal.SIGKILL)

    assert "信号 9" in _until(process, "意外退出")
    assert eventually(lambda: not [pid for pid in family if is_alive(pid)])


def test_where_nothing_ties_processes_they_start_untied(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert orphans.tied(["sleep", "1"]) == ["sleep", "1"]


def test_programs_end_when_the_supervisor_is_killed(supervise):
    process = supervise({"one": SLEEP, "two": SLEEP})
    _until(process, "here")
    assert eventually(lambda: len(marked(process.mark)) == 3)

    process.kill()

    assert eventually(lambda: not marked(process.mark))


def test_ctrl_c_reaches_the_programs_only_as_a_request_to_stop(supervise):
    process = supervise({"one": SLEEP, "two": TERMINATED})
    _until(process, "here")

    os.killpg(process.pid, signal.SIGINT)

    assert "interrupted" not in process.stdout.read()
    assert process.wait(60) == 0


def test_valkey_comes_back_and_stops_with_us(supervise, tmp_path):
    valkey = Valkey(tmp_path)
    process = supervise({"one": SLEEP}, tmp_path)
    _until(process, "here")
    os.kill(valkey.pid(), signal.SIGKILL)

    _until(process, "已重新启动")
    assert valkey.answers()
    process.terminate()

    assert process.wait(60) == 0
    assert not valkey.answers()
    assert not marked(process.mark)
