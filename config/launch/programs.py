"""Which processes the service is made of, each with its command line."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass

SANDBOX = "sandbox"


@dataclass(frozen=True)
class Program:
    """One process to start: what we call it, how it is started, and who stops first.

    `once` is of one that ends by itself, and is then done.
    """

    name: str
    command: list[str]
    stops: int = 0
    once: bool = False


def of(environ: Mapping[str, str], *, sandbox: bool) -> list[Program]:
    """List what runs in this environment."""
    ours = [
        Program("web", web(environ)),
        Program("urgent", _python("config.worker", "urgent")),
        Program("worker", _python("config.worker", "urgent", "notices", "default")),
        Program("ticker", _python("config.ticker")),
    ]
    # The sandbox stops last: a worker may be in the middle of a call to it.
    return [*ours, Program(SANDBOX, _python("sandbox"), stops=1)] if sandbox else ours


def menu() -> Program:
    """Return what puts the menu to the sandbox's phone."""
    return Program("menu", _python("config.desk_menu"), once=True)


def web(environ: Mapping[str, str]) -> list[str]:
    """Return the command line of the web server; DECISIONS.md says why it is this one.

    There is no access log: an address with its query string is nobody's business.
    """
    options = {
        "--interface": "wsgi",
        "--http": "1",
        "--host": host(environ),
        "--port": environ.get("PORT", "8000"),
        "--workers": environ.get("WEB_WORKERS", "2"),
        "--blocking-threads": environ.get("WEB_THREADS", "1"),
        "--workers-kill-timeout": "5",
        "--log-level": "warning",
    }
    words = [word for pair in options.items() for word in pair]
    flags = ["--factory", "--no-ws", "--no-access-log", "--respawn-failed-workers"]
    return [*_python("granian"), *words, *flags, "config.web:create"]


def host(environ: Mapping[str, str]) -> str:
    """Return the address that the web server listens on."""
    return environ.get("LISTEN", "127.0.0.1")


def _python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]
