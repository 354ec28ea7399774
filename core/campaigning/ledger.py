"""The tables of campaigns: what is to be told, each message to many, what WeChat said of it."""

from dataclasses import asdict, dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.articles.ledger import Article, Picture
from core.db import Base, BigId, Facts, PrimaryKey, fixed
from core.installations import Locale
from core.interests import Setting
from core.outbox.events import Event
from core.staff.members import Member

LIST_LEAST, LIST_MOST = 2, 10_000  # openids in one list, by WeChat's limits


class CampaignState(StrEnum):
    """Where a campaign stands. The last two are final."""

    DRAFT = "draft"
    PREVIEWED = "previewed"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"


class MassWay(StrEnum):
    """How WeChat is asked: once for all who follow or who bear a tag, or in lists of openids."""

    ALL = "all"
    TAG = "tag"
    LISTS = "lists"


class SendState(StrEnum):
    """Where one message to many is. The last four are final."""

    FILLING = "filling"
    DUE = "due"
    SENDING = "sending"
    ACCEPTED = "accepted"
    FINISHED = "finished"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class Removal(StrEnum):
    """Whether a message that went is removed at WeChat again. The last two are final."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Whom:
    """Whom a campaign is for, among who subscribes: all that is named must hold; nothing is all.

    `places` are codes of districts and names of zones, `lists` codes of lists that are followed.
    """

    settings: tuple[Setting, ...] = ()
    places: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    language: Locale | None = None

    @classmethod
    def read(cls, kept: Facts) -> Self:
        """Read what the table keeps."""
        language = kept.get("language")
        return cls(
            tuple(map(Setting, kept["settings"])),
            tuple(kept["places"]),
            tuple(kept["lists"]),
            Locale(language) if language else None,
        )

    def kept(self) -> Facts:
        """Return what the table keeps."""
        said: dict[str, Any] = asdict(self)
        return said | {name: list(said[name]) for name in ("settings", "places", "lists")}


class Campaign(Base):
    """One campaign. `revision` grows with each change: what was previewed and approved is one.

    `rate` is the most people a minute; in the quiet hours (Kunming's) nothing is begun. `reached`
    is the last account that has its row; `next_at` when the next message may go. `draft` is
    WeChat's number of the article, `trouble` why WeChat takes nothing just now.
    """

    __tablename__ = "campaigns"

    id: Mapped[PrimaryKey]
    title: Mapped[str]
    article_id: Mapped[BigId] = mapped_column(ForeignKey(Article.id))
    cover: Mapped[str] = mapped_column(ForeignKey(Picture.name))
    whom: Mapped[Facts]
    rate: Mapped[int]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    start_at: Mapped[datetime | None]
    state: Mapped[CampaignState]
    revision: Mapped[int]
    edited_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    approved_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    way: Mapped[MassWay | None]
    event_id: Mapped[BigId | None] = mapped_column(ForeignKey(Event.id), index=True)
    reached: Mapped[BigId]
    is_filled: Mapped[bool]
    next_at: Mapped[datetime | None]
    draft: Mapped[str | None]
    draft_version: Mapped[str | None]
    trouble: Mapped[str | None]


LIVE = fixed(Campaign.state, CampaignState.SCHEDULED, CampaignState.RUNNING, CampaignState.PAUSED)
Index("ix_campaigns_live", Campaign.id, postgresql_where=LIVE, sqlite_where=LIVE)


class MassSend(Base):
    """One message to many. `key` is its clientmsgid, which its deliveries bear as their msgid.

    `unsure` says that some try may have reached WeChat. WeChat remembers the key for a day from
    `first_try_at` on. The counts are WeChat's own.
    """

    __tablename__ = "mass_sends"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[BigId] = mapped_column(ForeignKey(Campaign.id))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(unique=True)
    way: Mapped[MassWay]
    state: Mapped[SendState]
    size: Mapped[int]
    tries: Mapped[int]
    fence: Mapped[int]
    unsure: Mapped[bool]
    due_at: Mapped[datetime]
    first_try_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    msg_id: Mapped[str | None] = mapped_column(unique=True)
    reason: Mapped[str | None]
    total: Mapped[int | None]
    filtered: Mapped[int | None]
    sent: Mapped[int | None]
    errors: Mapped[int | None]
    removal: Mapped[Removal | None]
    removal_reason: Mapped[str | None]


REMOVAL = fixed(MassSend.removal, Removal.ASKED)
Index("ix_mass_sends_removal", MassSend.due_at, postgresql_where=REMOVAL, sqlite_where=REMOVAL)
OPEN = fixed(MassSend.state, SendState.DUE, SendState.SENDING)
Index("ix_mass_sends_open", MassSend.due_at, postgresql_where=OPEN, sqlite_where=OPEN)
Index("ix_mass_sends_first_try_at", MassSend.first_try_at)


class MassReceipt(Base):
    """What WeChat says became of a message to many, kept because it may overtake our own note."""

    __tablename__ = "mass_receipts"

    msg_id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    total: Mapped[int]
    filtered: Mapped[int]
    sent: Mapped[int]
    errors: Mapped[int]
    at: Mapped[datetime]


class Tester(Base):
    """Somebody who looks at previews, by name, with an openid that we know."""

    __tablename__ = "campaign_testers"

    id: Mapped[PrimaryKey]
    name: Mapped[str]
    openid: Mapped[str] = mapped_column(unique=True)
    added_by: Mapped[BigId | None] = mapped_column(ForeignKey(Member.id))
    added_at: Mapped[datetime]


class PreviewState(StrEnum):
    """Where a preview is. The last two are final."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"


class Preview(Base):
    """One preview of one revision for one tester."""

    __tablename__ = "campaign_previews"
    __table_args__ = (UniqueConstraint("campaign_id", "revision", "tester_id"),)

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[BigId] = mapped_column(ForeignKey(Campaign.id))
    revision: Mapped[int]
    tester_id: Mapped[BigId] = mapped_column(ForeignKey(Tester.id))
    state: Mapped[PreviewState]
    reason: Mapped[str | None]
    due_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


WAITING = fixed(Preview.state, PreviewState.WAITING)
Index(
    "ix_campaign_previews_waiting", Preview.due_at, postgresql_where=WAITING, sqlite_where=WAITING
)
