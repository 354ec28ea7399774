"""On the build server a skip is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TESTS = """
import pytest
def test_skipped(): pytest.skip("no such thing here")
@pytest.mark.skip(reason="marked")
def test_marked(): ...
@pytest.mark.xfail
def test_expected(): assert False
def test_passes(): ...
"""


def _run(folder, ci):
    (folder / "test_some.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.fixtures.skips", str(folder)]
    return subprocess.run(
        [*command, "-c", os.devnull, "--rootdir", str(folder)],
        check=False,
        cwd=ROOT,
        env=os.environ | {"CI": ci},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("ci", "outcome"),
    [("true", "1 failed, 1 passed, 1 xfailed, 1 error"), ("", "1 passed, 2 skipped, 1 xfailed")],
)
def test_nothing_is_silently_skipped_there(tmp_path, ci, outcome):
    assert outcome in _run(tmp_path, ci).stdout
