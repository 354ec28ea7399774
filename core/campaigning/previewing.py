"""Previews: the draft that WeChat holds, and whom of the testers it was shown."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.articles.ledger import Article
from core.campaigning.ledger import (
    WAITING,
    Campaign,
    CampaignState,
    Preview,
    PreviewState,
    Tester,
)
from core.pace import Pace


@dataclass(frozen=True)
class Manuscript:
    """What a draft at WeChat is made of, and the one that is there, if it is of this version."""

    campaign_id: int
    article_id: int
    title: str
    body: str
    cover: str
    version: str
    draft: str | None


@dataclass(frozen=True)
class Shown:
    """A preview that somebody holds."""

    id: int
    campaign_id: int
    revision: int
    openid: str


def manuscript(session: Session, campaign_id: int) -> Manuscript:
    """Return what the draft of a campaign is made of now."""
    campaign = session.get_one(Campaign, campaign_id)
    article = session.get_one(Article, campaign.article_id)
    version = f"{article.id}.{article.version}.{campaign.revision}"
    draft = campaign.draft if campaign.draft_version == version else None
    text = campaign.title, article.body, campaign.cover
    return Manuscript(campaign_id, article.id, *text, version, draft)


def keep_draft(session: Session, held: Manuscript, media_id: str) -> None:
    """Keep WeChat's number of a draft that was made."""
    campaign = session.get_one(Campaign, held.campaign_id)
    campaign.draft, campaign.draft_version = media_id, held.version


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether some tester waits for a preview."""
    waits = WAITING, Preview.due_at <= now
    return session.scalar(select(Preview.id).where(*waits).limit(1)) is not None


def lease(session: Session, *, now: datetime, pace: Pace) -> Shown | None:
    """Take the next preview for a while."""
    wanted = select(Preview).where(WAITING, Preview.due_at <= now)
    first = wanted.order_by(Preview.id).limit(1).with_for_update(skip_locked=True)
    held = session.scalar(first.execution_options(populate_existing=True))
    if held is None:
        return None
    held.due_at = now + pace.send_lease
    openid = session.get_one(Tester, held.tester_id).openid
    return Shown(held.id, held.campaign_id, held.revision, openid)


def settle(session: Session, shown: Shown, reason: str | None, *, now: datetime) -> None:
    """Write whether a tester got it; the first makes the campaign one that was previewed."""
    held = session.get_one(Preview, shown.id)
    held.state = PreviewState.REFUSED if reason else PreviewState.SHOWN
    held.reason, held.settled_at = reason, now
    if reason is None:
        same = Campaign.id == shown.campaign_id, Campaign.revision == shown.revision
        seen = update(Campaign).where(*same, Campaign.state == CampaignState.DRAFT)
        session.execute(seen.values(state=CampaignState.PREVIEWED, changed_at=now))


def later(session: Session, shown: Shown, at: datetime) -> None:
    """Show it later: WeChat takes nothing just now."""
    session.get_one(Preview, shown.id).due_at = at
