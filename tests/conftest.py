"""Fixtures for every test: real databases, a real Valkey, the sandbox."""

import structlog

# A picture of every frame costs a tenth of a second for each error that a test provokes.
_first = structlog.get_config()["processors"][:-1]
_plain = structlog.dev.ConsoleRenderer(
    colors=False, exception_formatter=structlog.dev.plain_traceback
)
structlog.configure(processors=[*_first, _plain])

pytest_plugins = [
    "tests.fixtures.skips",
    "tests.fixtures.valkey",
    "tests.fixtures.postgresql",
    "tests.fixtures.databases",
    "tests.fixtures.sandbox",
    "tests.fixtures.service",
    "tests.fixtures.archive",
    "tests.fixtures.institutions",
    "tests.fixtures.poppler",
    "tests.fixtures.pushes",
    "tests.fixtures.persons",
    "tests.fixtures.printed",
]
