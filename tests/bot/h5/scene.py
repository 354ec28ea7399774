"""A citizen on record, whose phone is at hand, and an entity that the citizen represents."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from core.calendar import add_months, day
from sandbox.citizens import openid_of

USCC = "91530100MA6K3Q5R8T"


@dataclass
class Scene:
    """What a test begins with."""

    archive: Any
    on_record: Any
    vault: Any
    sandbox: Any
    browse: Any

    @property
    def now(self):
        return datetime.now(UTC)

    def phone(self, citizen="zhangsan", *, proven=True, organisation=""):
        """Sign somebody in, proven by name unless said otherwise."""
        phone = self.browse(citizen).sign_in()
        return phone.prove(organisation) if proven else phone

    def person(self, citizen="zhangsan"):
        held = self.sandbox.world.citizens.get(openid_of(citizen))
        return self.on_record(self.vault, self.now).person(held.number, held.name)

    def record(self, subject_id, **changed):
        return self.on_record(self.vault, self.now).record(subject_id, **self._dates() | changed)

    def entity(self, name="昆明示例建筑有限公司", uscc=USCC):
        return self.archive.entity(name, uscc)

    def listing(self, entity, **changed):
        return self.archive.record(entity, **self._dates() | changed)

    def _dates(self):
        today = day(self.now)
        return {
            "event_date": today - timedelta(days=30),
            "published_at": self.now - timedelta(days=29),
            "repairable_from": today - timedelta(days=1),
            "ends_on": add_months(today, 36),
        }
