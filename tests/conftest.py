"""Fixtures for every test: real databases, a real Valkey, the sandbox."""

pytest_plugins = [
    "tests.fixtures.skips",
    "tests.fixtures.valkey",
    "tests.fixtures.postgresql",
    "tests.fixtures.databases",
    "tests.fixtures.sandbox",
    "tests.fixtures.service",
    "tests.fixtures.archive",
    "tests.fixtures.poppler",
    "tests.fixtures.printed",
]
