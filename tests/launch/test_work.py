"""Checks, benchmarks and the suite say what failed, and end with a code."""

import json
import sys

import pytest

from config import cli
from config.launch import checks, client, figures, suite
from config.launch.unsuitable import Unsuitable
from tests.bench.report import figure, median

PASS, FAIL = [sys.executable, "-c", ""], [sys.executable, "-c", "raise SystemExit(1)"]


def test_checks_go_on_to_the_end_and_name_what_failed(monkeypatch, capfd):
    monkeypatch.setattr(checks, "CHECKS", {"格式": FAIL, "类型": PASS, "锁": FAIL})

    assert checks.run() == 1
    said = capfd.readouterr().out
    assert "── 类型" in said
    assert "没有通过：格式、锁" in said


def test_checks_that_pass_say_so(monkeypatch, capfd):
    monkeypatch.setattr(checks, "CHECKS", {"类型": PASS})

    assert checks.run() == 0

    assert "检查全部通过" in capfd.readouterr().out


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """A house with one benchmark of the test's own."""
    folder = tmp_path / "tests" / "bench"
    folder.mkdir(parents=True)
    monkeypatch.setattr(figures, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "path", sys.path.copy())

    class Module:
        pass

    def put(found):
        (folder / "mine.py").write_text("\ndef main(arguments):\n    ...\n")
        (folder / "part.py").write_text("\ndef other():\n    ...\n")
        Module.main = staticmethod(lambda arguments: found | {"given": figure(len(arguments))})
        monkeypatch.setattr(figures, "import_module", lambda _: Module)

    return put


def test_a_benchmark_ends_with_one_line_of_json(bench, capsys):
    bench({"ratio": figure(0.5, ">= 0.4")})

    assert figures.run("bench", "mine", ["a"]) == 0

    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["name"] == "mine"
    assert last["figures"]["ratio"] == {"value": 0.5, "goal": ">= 0.4", "met": True}
    assert last["figures"]["given"] == {"value": 1, "goal": None, "met": True}


def test_a_goal_that_is_missed_is_a_failure(bench):
    bench({"ratio": figure(0.3, ">= 0.4")})

    assert figures.run("bench", "mine", []) == 1


def test_a_part_of_a_benchmark_is_none(bench):
    bench({})

    with pytest.raises(Unsuitable, match=r"可选：mine$"):
        figures.run("bench", "part", [])


def test_a_goal_holds_at_its_bound():
    assert figure(2.0, "<= 2.0")["met"]
    assert not figure(2.01, "<= 2.0")["met"]
    assert median([{"p50": 3}, {"p50": 1}, {"p50": 2}], "p50") == 2


def test_arguments_of_test_go_to_pytest(monkeypatch, capfd):
    monkeypatch.setattr(client, "have_packages", lambda: None)
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql+psycopg://named")

    assert suite.run(["--version"]) == 0

    assert "pytest" in "".join(capfd.readouterr())


def test_without_postgresql_it_is_said_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(suite.os, "getuid", lambda: 1000)

    with pytest.raises(Unsuitable, match="apt-get install -y postgresql"):
        suite.have_postgresql(tmp_path)


def test_postgresql_is_installed_when_we_may(tmp_path, monkeypatch):
    apt = tmp_path / "apt-get"
    apt.write_text('#!/bin/sh\necho "$@" >> "$(dirname "$0")/said"\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(suite.os, "getuid", lambda: 0)

    suite.have_postgresql(tmp_path / "none")

    assert (tmp_path / "said").read_text() == "update -qq\ninstall -y -qq postgresql\n"


def test_poppler_is_installed_when_it_is_missing(tmp_path, monkeypatch):
    suite.have_poppler()
    apt = tmp_path / "apt-get"
    apt.write_text('#!/bin/sh\necho "$@" >> "${0%/*}/said"\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(suite.os, "getuid", lambda: 0)

    suite.have_poppler()

    assert (tmp_path / "said").read_text() == "update -qq\ninstall -y -qq poppler-utils\n"


def test_node_is_installed_when_it_is_missing(tmp_path, monkeypatch):
    apt = tmp_path / "apt-get"
    apt.write_text('#!/bin/sh\necho "$@" >> "${0%/*}/said"\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(suite.os, "getuid", lambda: 0)

    suite.have_node()

    assert (tmp_path / "said").read_text() == "update -qq\ninstall -y -qq nodejs npm\n"


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """An npm that writes down how it was called and ends with a code; a folder with a lock."""

    def npm(code):
        program = tmp_path / "npm"
        program.write_text(f'#!/bin/sh\nmkdir -p node_modules\necho "$@" >> said\nexit {code}\n')
        program.chmod(0o755)

    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return npm


def test_the_clients_packages_are_installed_once_for_each_lock(npm, tmp_path):
    npm(0)

    for lock in ("{}", "{}", '{"other": 1}'):
        (tmp_path / "package-lock.json").write_text(lock)
        client.have_packages(tmp_path)

    assert client.is_ready(tmp_path)
    assert (tmp_path / "said").read_text() == "ci --no-progress --loglevel=error\n" * 2


def test_packages_that_could_not_be_installed_are_not_trusted(npm, tmp_path):
    npm(1)

    with pytest.raises(Unsuitable, match="没有装好"):
        client.have_packages(tmp_path)

    assert not client.is_ready(tmp_path)


def test_each_command_ends_with_the_code_of_its_work(monkeypatch):
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(suite, "have_postgresql", lambda: None)
    monkeypatch.setattr(client, "have_packages", lambda: None)
    monkeypatch.setattr(checks, "CHECKS", {"格式": FAIL})

    assert cli.main(["test", "--version"]) == 0
    assert cli.main(["check"]) == 1


def test_postgresql_that_is_there_is_enough(tmp_path):
    (tmp_path / "15" / "bin").mkdir(parents=True)
    (tmp_path / "15" / "bin" / "initdb").touch()

    suite.have_postgresql(tmp_path)


def test_temporary_files_of_the_suite_stay_in_memory_when_there_is_room(tmp_path):
    assert suite.in_memory({}, tmp_path, 1) == {"TMPDIR": str(tmp_path)}

    assert suite.in_memory({}, tmp_path, 1 << 62) == {}
    assert suite.in_memory({}, tmp_path / "nowhere", 1) == {}
    assert suite.in_memory({"TMPDIR": "/named"}, tmp_path, 1) == {"TMPDIR": "/named"}


def test_the_suite_finds_its_place_in_memory(monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(client, "have_packages", lambda: None)
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql+psycopg://named")
    monkeypatch.setattr(suite, "in_memory", lambda environ: environ | {"TMPDIR": str(tmp_path)})
    (tmp_path / "test_place.py").write_text(
        "import tempfile\ndef test_it(): print('at', tempfile.gettempdir())\n"
    )

    suite.run(["-q", "-s", "-n0", "-p", "no:cacheprovider", str(tmp_path / "test_place.py")])

    assert f"at {tmp_path}" in capfd.readouterr().out
