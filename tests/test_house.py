"""The rules of the house that no tool knows."""

import ast
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from bot.events import MENU
from config.settings import Settings

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock"]
ROOMS = "bot config console core messages mobile_api sandbox tests".split()
OTHERS_WORK = ("vendor", "vendored", "versions")  # code we only carry; migrations grow by machine
# The sandbox, a program of its own, has a calendar of its own.
CALENDARS = {ROOT / "core" / "calendar.py", ROOT / "sandbox" / "days.py"}
PLACES = re.compile(r"(?<![\w./])/(?:home|root|Users|work|mnt)/\w+")


def _sources():
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if not set(path.relative_to(ROOT).parts) & set(OTHERS_WORK)
    ]


def _named(paths):
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


def _texts():
    """List what we keep under version control and can read; a copy without history: the sources."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    names = done.stdout.split("\0") if done.returncode == 0 else []
    kinds = {".py", ".md", ".toml", ".yaml", ".yml", ".sh", ".lock", ".html", ".js", ""}
    paths = [ROOT / name for name in names if name and Path(name).suffix in kinds] or _sources()
    return [path for path in paths if path.is_file() and "data" not in path.parts]


def _pins(lock):
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_a_version(lock):
    assert _pins(lock)
    for pin in _pins(lock):
        assert re.match(r"[\w.\[\],-]+==\S+ ", pin), pin
        assert "--hash=sha256:" in pin, pin


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock):
    text = (ROOT / lock).read_text()

    assert "://" not in text
    assert "index-url" not in text


def test_the_lock_of_the_client_names_no_address_to_load_from():
    lock = json.loads((ROOT / "tests" / "clients" / "package-lock.json").read_text())

    packages = {name: held for name, held in lock["packages"].items() if name}
    assert packages
    assert all(held["integrity"].startswith("sha512-") for held in packages.values())
    assert not [name for name, held in packages.items() if "resolved" in held]


def test_work_is_locked_on_what_runs():
    assert set(_pins("requirements.lock")) <= set(_pins("requirements-dev.lock"))


def test_no_lock_with_addresses_is_kept():
    kept = {path.name for path in _texts()}

    assert not [name for name in kept if name == "uv.lock" or name.startswith("pylock")]


@pytest.mark.parametrize("path", _named(_sources()))
def test_a_file_is_short(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert len(lines) < 250


@pytest.mark.parametrize("path", _named(_sources()))
def test_a_function_is_short(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]

    long = {each.name: _length(each) for each in functions if _length(each) > 25}

    assert not long


def _length(function):
    """Count the lines of the body; a docstring and functions inside are read by themselves."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    inside = sum(
        node.end_lineno - node.lineno + 1 for node in body if isinstance(node, ast.FunctionDef)
    )
    return body[-1].end_lineno - body[0].lineno + 1 - inside if body else 0


@pytest.mark.parametrize("path", _named(_sources()))
def test_a_legal_day_comes_from_the_calendar(path):
    if path in CALENDARS:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))

    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr == "today" or (node.func.attr == "date" and not node.args))
    ]

    assert not lines, "use core.calendar.day(now)"


def test_no_file_names_a_place_on_somebodys_machine():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in _texts()
        for match in PLACES.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert not found


@pytest.mark.parametrize("name", ["xinyong", ".ci/run"])
def test_launchers_can_be_started(name):
    assert os.access(ROOT / name, os.X_OK)


def test_the_readme_names_commands_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    launcher = (ROOT / "xinyong").read_text(encoding="utf-8")

    named = set(re.findall(r"\./xinyong ([a-z]+)", readme))

    assert {"run", "test"} <= named
    assert not [name for name in named if not re.search(rf"^  {name} ", launcher, re.MULTILINE)]


def test_the_build_server_runs_the_checks_and_the_readmes_test_command():
    script = (ROOT / ".ci" / "run").read_text()

    assert "./xinyong check\n./xinyong test\n" in script


def test_the_readme_names_every_setting_and_every_key_of_the_menu():
    names = {name.upper() for name in Settings.model_fields} | set(MENU)

    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_each_answer_to_owasp_names_tests_that_exist():
    text = (ROOT / "docs" / "owasp-api-top-10.md").read_text(encoding="utf-8")
    parts = re.split(r"^## API\d+ ", text, flags=re.MULTILINE)[1:]

    assert len(parts) == 10
    for part in parts:
        named = re.findall(r"^- `(tests/[\w/]+\.py)::(\w+)`$", part, flags=re.MULTILINE)
        assert named, part
        for path, name in named:
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{name}"
