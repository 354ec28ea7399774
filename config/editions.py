"""Load what we tell every app from config/app.yaml, and refuse what contradicts itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from config.rulebook.tables import RulebookError, Tables
from mobile_api.editions import App, Edition, Maintenance, Platform, is_version, order

FOLDER = Path(__file__).parent
_NAME = "app.yaml"
_READ: TypeAdapter[App] = TypeAdapter(App)


def load(folder: Path = FOLDER) -> App:
    """Return what app.yaml says. Raises RulebookError that names every fault."""
    tables = Tables(folder)
    read = tables.whole(_NAME, _app)
    tables.refuse_faults()
    (app,) = read
    if found := list(_faults(app)):
        raise RulebookError(f"{_NAME}: {fault}" for fault in found)
    return app


def _app(given: Any) -> App:  # noqa: ANN401 - the model says what it must be
    return _READ.validate_python(given)


def _faults(app: App) -> Iterator[str]:
    for platform in Platform:
        if platform not in app.platforms:
            yield f"platforms: {platform} is missing"
    for name, edition in app.platforms.items():
        yield from (f"platforms.{name}: {fault}" for fault in _of_edition(edition))
    for number, one in enumerate(app.maintenance):
        yield from (f"maintenance.{number}: {fault}" for fault in _of_notice(one))


def _of_edition(edition: Edition) -> Iterator[str]:
    if not is_version(edition.minimum) or not is_version(edition.latest):
        yield "minimum, latest: should be versions like 1.4.0"
    elif order(edition.minimum) > order(edition.latest):
        yield "minimum: is newer than latest"
    if urlsplit(edition.store).scheme != "https":
        yield "store: should be an https address"


def _of_notice(one: Maintenance) -> Iterator[str]:
    if one.begins.tzinfo is None or one.ends.tzinfo is None:
        yield "begins, ends: should have a time zone"
    elif one.begins >= one.ends:
        yield "ends: is not after begins"
    if not one.zh.strip() or not one.en.strip():
        yield "zh, en: must not be empty"
