"""Editing campaigns: write, look at a preview, ask, agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.accounts import Channel, known_at
from core.articles import pictures
from core.articles.ledger import Article, ArticleState
from core.audit import trail
from core.campaigning.errors import (
    CampaignChangedError,
    CampaignNotFoundError,
    CampaignRefusedError,
    CampaignStateError,
    NoArticleError,
    NoTestersError,
    UnfitTesterError,
)
from core.campaigning.ledger import (
    Campaign,
    CampaignState,
    Preview,
    PreviewState,
    Tester,
    Whom,
)
from core.campaigning.planning import FASTEST
from core.db import insert
from core.staff import approvals
from core.staff.approvals import Approval, Matter
from core.staff.errors import SamePersonError
from core.staff.members import Staff
from core.staff.roles import Deed
from core.vault import Vault

_S = CampaignState
LONGEST_TITLE, LONGEST_WHY, SLOWEST = 64, 500, 600
EVERYBODY = Whom()
_MAY_EDIT = {_S.DRAFT, _S.PREVIEWED, _S.APPROVED, _S.SCHEDULED}


@dataclass(frozen=True)
class Draft:
    """What an editor fills in."""

    title: str
    article_id: int
    cover: str
    whom: Whom = EVERYBODY
    rate: int = FASTEST
    quiet_from: time | None = time(21)
    quiet_until: time | None = time(8)
    start_at: datetime | None = None


def write(session: Session, staff: Staff | None, draft: Draft, *, now: datetime) -> int:
    """Begin a campaign; return its id.

    Raises NotPermittedError, CampaignRefusedError, NoArticleError.
    """
    _demand(staff, Deed.EDIT_CAMPAIGN)
    values = _checked(session, draft, now)
    campaign = Campaign(
        **values,
        state=_S.DRAFT,
        revision=1,
        edited_by=staff.id if staff else None,
        created_at=now,
        changed_at=now,
        reached=0,
        is_filled=False,
    )
    session.add(campaign)
    session.flush()
    note(session, staff, ("write_campaign", campaign.id), now=now)
    return campaign.id


def revise(
    session: Session, staff: Staff | None, seen: tuple[int, int], *, draft: Draft, now: datetime
) -> None:
    """Change a campaign that was seen and has not begun: it is a draft again.

    Raises NotPermittedError, CampaignNotFoundError, CampaignStateError, CampaignChangedError,
    CampaignRefusedError, NoArticleError.
    """
    _demand(staff, Deed.EDIT_CAMPAIGN)
    campaign = _seen(session, seen, _MAY_EDIT)
    for name, value in _checked(session, draft, now).items():
        setattr(campaign, name, value)
    campaign.edited_by = staff.id if staff else None
    campaign.approved_by = None
    campaign.revision += 1
    move(campaign, _S.DRAFT, now)
    note(session, staff, ("write_campaign", campaign.id), now=now)


def preview(
    session: Session,
    staff: Staff | None,
    seen: tuple[int, int],
    *,
    testers: Sequence[int],
    now: datetime,
) -> None:
    """Have a campaign shown to testers; a job sends it.

    Raises NotPermittedError, CampaignNotFoundError, CampaignStateError, CampaignChangedError,
    NoTestersError.
    """
    _demand(staff, Deed.EDIT_CAMPAIGN)
    campaign = _seen(session, seen, {_S.DRAFT, _S.PREVIEWED})
    named = session.scalars(select(Tester.id).where(Tester.id.in_(testers))).all()
    if not named:
        raise NoTestersError
    one = {"campaign_id": campaign.id, "revision": campaign.revision, "due_at": now}
    rows = [one | {"tester_id": tester, "state": PreviewState.WAITING} for tester in named]
    again = {"state": PreviewState.WAITING, "due_at": now, "reason": None, "settled_at": None}
    for row in rows:
        new = insert(session, Preview).values(row)
        keys = ["campaign_id", "revision", "tester_id"]
        session.execute(new.on_conflict_do_update(index_elements=keys, set_=again))
    note(session, staff, ("preview_campaign", campaign.id), now=now)


def ask(
    session: Session,
    staff: Staff,
    seen: tuple[int, int],
    *,
    why: str,
    vault: Vault,
    now: datetime,
) -> int:
    """Ask that a campaign that was previewed be approved; return the id of the request.

    Raises NotPermittedError, CampaignNotFoundError, CampaignStateError, CampaignChangedError,
    CampaignRefusedError, AlreadyAskedError.
    """
    campaign = _seen(session, seen, {_S.PREVIEWED})
    said = " ".join(why.split())
    if not 0 < len(said) <= LONGEST_WHY:
        raise CampaignRefusedError
    matter, revision = Matter.RUN_CAMPAIGN, campaign.revision
    wish = approvals.typed(vault, matter, campaign.id, why=said, revision=revision)
    return approvals.ask(session, staff, wish, now=now)


def approve(session: Session, staff: Staff, approval_id: int, *, now: datetime) -> None:
    """Agree to what another has asked for; whoever edited it last does not.

    Raises ApprovalNotFoundError, NotPermittedError, SamePersonError, CampaignChangedError.
    """
    asked: Approval = approvals.of(session, approval_id)
    campaign = locked(session, asked.object_id)
    is_same = campaign.revision == asked.facts.get("revision")
    if not is_same or campaign.state is not _S.PREVIEWED:
        raise CampaignChangedError
    approvals.approve(session, staff, approval_id, now=now)
    if campaign.edited_by == staff.id:
        raise SamePersonError
    campaign.approved_by = staff.id
    move(campaign, _S.SCHEDULED if campaign.start_at else _S.APPROVED, now)


def add_tester(
    session: Session, staff: Staff | None, name: str, *, openid: str, now: datetime
) -> None:
    """Name somebody who looks at previews. Raises NotPermittedError, UnfitTesterError."""
    _demand(staff, Deed.EDIT_CAMPAIGN)
    named = " ".join(name.split())
    is_known = known_at(session, Channel.WECHAT, openid.strip()) is not None
    if not 0 < len(named) <= LONGEST_TITLE or not is_known:
        raise UnfitTesterError
    row = {"name": named, "openid": openid.strip(), "added_at": now}
    row |= {"added_by": staff.id if staff else None}
    new = insert(session, Tester).values(row).on_conflict_do_nothing().returning(Tester.id)
    if (number := session.scalar(new)) is None:
        raise UnfitTesterError
    note(session, staff, ("add_tester", number), now=now)


def locked(session: Session, number: int) -> Campaign:
    """Return a campaign that nobody else changes meanwhile. Raises CampaignNotFoundError."""
    wanted = select(Campaign).where(Campaign.id == number).with_for_update()
    campaign = session.scalar(wanted.execution_options(populate_existing=True))
    if campaign is None:
        raise CampaignNotFoundError
    return campaign


def note(session: Session, staff: Staff | None, what: tuple[str, int], *, now: datetime) -> None:
    """Write down who did what to a campaign."""
    actor = staff.actor if staff else "cli"
    trail.note(session, trail.Act(actor, "staff", what[0], f"campaign:{what[1]}"), now=now)


def _checked(session: Session, draft: Draft, now: datetime) -> dict[str, object]:
    title, whom = " ".join(draft.title.split()), draft.whom
    quiet = draft.quiet_from, draft.quiet_until
    is_good = 0 < len(title) <= LONGEST_TITLE and SLOWEST <= draft.rate <= FASTEST
    if not is_good or (quiet[0] is None) != (quiet[1] is None) or not pictures.is_name(draft.cover):
        raise CampaignRefusedError
    if pictures.content(session, draft.cover) is None:
        raise CampaignRefusedError
    article = session.get(Article, draft.article_id)
    if article is None or article.state(now) not in _READABLE:
        raise NoArticleError
    return vars(draft) | {"title": title, "whom": whom.kept()}


_READABLE = {ArticleState.PUBLISHED, ArticleState.SCHEDULED}


def _seen(session: Session, seen: tuple[int, int], states: set[CampaignState]) -> Campaign:
    campaign = standing(session, seen[0], states)
    if campaign.revision != seen[1]:
        raise CampaignChangedError
    return campaign


def standing(session: Session, number: int, states: set[CampaignState]) -> Campaign:
    """Return a campaign that stands as one of these, and keep others from changing it."""
    campaign = locked(session, number)
    if campaign.state not in states:
        raise CampaignStateError
    return campaign


def move(campaign: Campaign, state: CampaignState, now: datetime) -> None:
    """Let a campaign stand otherwise."""
    campaign.state, campaign.changed_at = state, now


def _demand(staff: Staff | None, deed: Deed) -> None:
    if staff:
        staff.demand(deed)
