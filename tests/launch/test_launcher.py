"""`./xinyong` prepares its Python once, and again when a lock file changes."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STUB = "import os, sys\nprint(os.getcwd(), sys.argv[1:], sys.path[0], flush=True)\n"


@pytest.fixture
def house(tmp_path):
    """A house with the launcher, locks of nothing, a command line that says how it was called."""
    return _build(tmp_path / "a house")


@pytest.fixture(scope="module")
def prepared_once(tmp_path_factory):
    """A house that has been prepared to run, and what it said meanwhile."""
    house = _build(tmp_path_factory.mktemp("prepared") / "a house")
    return house, _call(house, "run")


@pytest.fixture
def prepared(prepared_once, tmp_path):
    """A copy of it."""
    house = tmp_path / "a house"
    shutil.copytree(prepared_once[0], house, symlinks=True)
    return house


def _build(house):
    (house / "config").mkdir(parents=True)
    shutil.copy(ROOT / "xinyong", house)
    (house / "requirements.lock").write_text("# nothing\n")
    (house / "requirements-dev.lock").write_text("# nothing for work\n")
    (house / "config" / "__init__.py").touch()
    (house / "config" / "cli.py").write_text(STUB)
    return house


def _call(house, *words, cwd=None):
    command = [str(house / "xinyong"), *words]
    return subprocess.run(
        command,
        check=False,
        cwd=cwd or house,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("words", [[], ["help"], ["--help"]])
def test_help_needs_no_preparation(house, words):
    done = _call(house, *words)

    assert done.returncode == 0
    assert "启动全部服务" in done.stdout
    assert not (house / ".venv").exists()


def test_it_prepares_at_the_first_start(prepared_once):
    house, first = prepared_once

    assert first.returncode == 0, first.stderr
    assert "准备运行环境" in first.stderr
    assert first.stdout == f"{house} ['run'] {house}\n"


def test_it_prepares_again_when_the_lock_changes_and_only_then(prepared):
    assert _call(prepared, "run").stderr == ""

    (prepared / "requirements.lock").write_text("# nothing, but newer\n")

    assert "准备运行环境" in _call(prepared, "run").stderr


def test_what_is_prepared_for_work_is_enough_to_run(prepared):
    assert "requirements-dev.lock" in _call(prepared, "test").stderr

    assert _call(prepared, "run").stderr == ""


def test_two_started_at_once_on_a_half_made_environment_prepare_it_once(house):
    (house / ".venv" / "bin").mkdir(parents=True)
    (house / ".venv" / "pyvenv.cfg").write_text("home = nowhere\n")

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: _call(house, "run"), range(2)))

    assert [each.returncode for each in done] == [0, 0]
    assert sorted("准备运行环境" in each.stderr for each in done) == [False, True]


def test_the_callers_folder_and_words_stay_as_they_are(prepared, tmp_path):
    done = _call(prepared, "run", "two words", cwd=tmp_path)

    assert done.stdout == f"{tmp_path} ['run', 'two words'] {prepared}\n"


def test_it_is_found_through_a_link_and_keeps_strange_settings_out(prepared, tmp_path, monkeypatch):
    link = tmp_path / "linked"
    link.symlink_to(prepared / "xinyong")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")

    done = subprocess.run([link, "run"], check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert str(prepared) in done.stdout
