"""`./xinyong check`: every tool is run to its end, then what failed is named."""

import subprocess
import sys
from pathlib import Path

from config.settings import ROOT

_HERE = Path(sys.executable).parent
CHECKS = {
    "格式": [sys.executable, "-m", "ruff", "format", "--check", "."],
    "规则": [sys.executable, "-m", "ruff", "check", "."],
    "类型": [sys.executable, "-m", "mypy"],
    "模块边界": [str(_HERE / "lint-imports")],
    "锁定文件与房规": [sys.executable, "-m", "pytest", "-q", "--no-header", "tests/test_house.py"],
}


def run() -> int:
    """Run every check; return 0 if all passed."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    print(f"没有通过：{'、'.join(failed)}" if failed else "检查全部通过。")
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    print(f"── {name}", flush=True)
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - our own words
    return done.returncode == 0
