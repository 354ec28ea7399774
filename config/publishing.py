"""Read when lists are released, and which department took over from which."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from config import rulebook
from config.rulebook import RULES
from config.settings import Settings
from core import db, departments
from core.db import Writing
from core.departments import Level, Succession
from core.releases import Schedule
from core.rules import Rulebook
from core.workdays import SourceStatus

# Every month has this day.
_LAST_SAFE_DAY = 28


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    level: Level
    took_over: tuple[str, ...] = Field(min_length=1)


class _Reform(BaseModel):
    model_config = ConfigDict(extra="forbid")
    citation: str
    source_status: SourceStatus
    district: str
    bodies: tuple[_Body, ...]


def schedules(rules: Rulebook, folder: Path = RULES) -> tuple[Schedule, ...]:
    """Return when lists are released. Raises ValueError for a list or a day that there is not."""
    rows = [{"effective_to": None} | row for row in _read(folder / "releases.yaml")]
    found = TypeAdapter(tuple[Schedule, ...]).validate_python(rows)
    for one in found:
        if one.list_kind not in rules.lists:
            raise ValueError(f"releases.yaml: there is no list {one.list_kind}")
        if not 1 <= one.day_of_month <= _LAST_SAFE_DAY:
            raise ValueError(f"releases.yaml: {one.list_kind}: not every month has this day")
    return found


@cache
def scheduled() -> tuple[Schedule, ...]:
    """Return the schedule of this process."""
    return schedules(rulebook.load())


def successions(folder: Path = RULES) -> tuple[Succession, ...]:
    """Return who took over from whom. Raises ValueError for a body that was taken over twice."""
    reform = _Reform.model_validate(_read(folder / "departments.yaml"))
    former = [name for body in reform.bodies for name in body.took_over]
    if twice := {name for name in former if former.count(name) > 1}:
        raise ValueError(f"departments.yaml: taken over twice: {'、'.join(sorted(twice))}")
    return tuple(
        Succession(body.name, body.level, body.took_over, reform.district) for body in reform.bodies
    )


def settle_departments(settings: Settings) -> None:
    """Write the successions into the database; what stands there already is left alone."""
    engine = db.connect(settings.database_url.get_secret_value())
    db.bind(engine)
    with Writing() as session:
        departments.take_over(session, successions())
    engine.dispose()


def _read(path: Path) -> Any:  # noqa: ANN401 - the models above say what it must be
    return yaml.safe_load(path.read_text(encoding="utf-8"))
