"""The desk: what every conversation draws on, put together once at the start."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.naming import Names
from bot.terms import Term
from bot.understanding import Understanding
from bot.whereabouts import Ground
from core.calendar import KUNMING, day, in_kunming
from core.rules.lists import ListKind
from core.vault import Vault

# No holiday is as long.
_AHEAD = 30


@dataclass(frozen=True)
class Window:
    """Who serves a district's people across a counter; no department: its name is not verified."""

    department: str
    hotline: str


@dataclass(frozen=True)
class Fact:
    """What we say of a matter that is somebody else's, in both languages, and who says so."""

    zh: str
    en: str
    citation: str


@dataclass(frozen=True)
class Hours:
    """When humans answer: spans of a working day; `account` is who takes over in WeChat, if any."""

    spans: Sequence[tuple[time, time]]
    is_working_day: Callable[[date], bool]
    account: str
    hotline: str

    def open_at(self, now: datetime) -> bool:
        """Say whether somebody is there."""
        moment = in_kunming(now).time()
        there = any(begins <= moment < ends for begins, ends in self.spans)
        return there and self.is_working_day(day(now))

    def next_at(self, now: datetime) -> datetime | None:
        """Return when somebody is there next, in Kunming's time; None if nobody ever is."""
        days = (day(now) + timedelta(ahead) for ahead in range(_AHEAD))
        begins = (
            datetime.combine(each, span[0], KUNMING)
            for each in days
            if self.is_working_day(each)
            for span in self.spans
        )
        return next((moment for moment in begins if moment > now), None)

    def told(self, between: str) -> str:
        """Say the spans."""
        return between.join(f"{begins:%H:%M}—{ends:%H:%M}" for begins, ends in self.spans)


@dataclass(frozen=True)
class Desk:
    """Tables, how names end, addresses of pages, lists by code, districts, when humans answer.

    `list_words` say which list a word means, and `elsewhere` are places whose lists are not ours;
    `pointing` are words for the company that was looked at last; `repair_days` in how many working
    days a repair that is applied for is decided; `vault` opens what is kept about natural persons.
    """

    understanding: Understanding
    names: Names
    links: Mapping[str, str]
    lists: Mapping[str, ListKind]
    list_words: Mapping[str, str]
    elsewhere: Sequence[str]
    pointing: Sequence[str]
    codes: Mapping[str, str]
    terms: Mapping[str, Term]
    windows: Mapping[str, Window]
    ground: Ground
    repair_days: Callable[[date], int]
    facts: Mapping[str, Fact]
    hours: Hours
    per_minute: int
    public_url: str
    picture: str
    vault: Vault
    code_key: bytes = b""  # of the check codes on our messages

    def district_in(self, text: str) -> str:
        """Return the district that a text names, or nothing."""
        return self.understanding.of(text).district if text else ""

    def list_in(self, text: str) -> str:
        """Return the list that a text names, by the longest of its words, or nothing."""
        folded = self.understanding.folded(text).replace(" ", "")
        said = max((word for word in self.list_words if word in folded), key=len, default="")
        return self.list_words.get(said, "")
