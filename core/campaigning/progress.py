"""Progress: how far a campaign is, told by the rows alone: the same after a restart."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.articles import reading
from core.articles.ledger import Article
from core.campaigning.errors import CampaignNotFoundError
from core.campaigning.ledger import Campaign, MassSend, Preview, Tester
from core.outbox.deliveries import Delivery, DeliveryState, Way

PAGE = 50


@dataclass(frozen=True)
class Count:
    """How many rows stand alike, and how many of those people have opened it in the inbox."""

    state: DeliveryState
    way: Way | None
    reason: str | None
    number: int
    opened: int


@dataclass(frozen=True)
class Sheet:
    """A campaign with its article, its counts, its messages, and who has seen its preview."""

    campaign: Campaign
    article: Article
    counts: Sequence[Count]
    sends: Sequence[MassSend]
    previews: Sequence[tuple[Preview, Tester]]
    reads: int  # of the article, wherever it is read

    @property
    def written(self) -> int:
        """Return how many have their row."""
        return sum(one.number for one in self.counts)

    @property
    def opened(self) -> int:
        """Return how many have opened it in the inbox."""
        return sum(one.opened for one in self.counts)

    @property
    def settled(self) -> int:
        """Return how many rows are in a final state."""
        return sum(one.number for one in self.counts if one.state in _FINAL)


_FINAL = {
    DeliveryState.DELIVERED,
    DeliveryState.FAILED,
    DeliveryState.UNKNOWN,
    DeliveryState.SUPPRESSED,
}


def sheet(session: Session, campaign_id: int) -> Sheet:
    """Return all that the staff see of a campaign. Raises CampaignNotFoundError."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise CampaignNotFoundError
    mine = select(MassSend).where(MassSend.campaign_id == campaign_id)
    sends = session.scalars(mine.order_by(MassSend.number)).all()
    shown = select(Preview, Tester).join(Tester, Tester.id == Preview.tester_id)
    of_this = Preview.campaign_id == campaign_id, Preview.revision == campaign.revision
    previews = session.execute(shown.where(*of_this).order_by(Preview.id)).all()
    article = session.get_one(Article, campaign.article_id)
    pairs = [(one[0], one[1]) for one in previews]
    reads = reading.reads(session, article.id)
    return Sheet(campaign, article, counts(session, campaign), sends, pairs, reads)


def counts(session: Session, campaign: Campaign) -> Sequence[Count]:
    """Count the rows of a campaign by how they stand, the many first."""
    if campaign.event_id is None:
        return []
    alike = Delivery.state, Delivery.way, Delivery.reason
    numbers = func.count(), func.count(Delivery.read_at)
    mine = select(*alike, *numbers).where(Delivery.event_id == campaign.event_id)
    rows = session.execute(mine.group_by(*alike).order_by(func.count().desc(), *alike))
    return [Count(*row) for row in rows]


def listing(
    session: Session, *, limit: int = PAGE, before: int | None = None
) -> Sequence[Campaign]:
    """List the campaigns, the youngest first."""
    wanted = select(Campaign).order_by(Campaign.id.desc()).limit(limit)
    return session.scalars(wanted.where(Campaign.id < before) if before else wanted).all()


def testers(session: Session) -> Sequence[Tester]:
    """List who looks at previews, by name."""
    return session.scalars(select(Tester).order_by(Tester.name, Tester.id)).all()
