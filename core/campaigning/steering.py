"""Steering campaigns: set the time, pause, go on, stop. Either of the two may, at any time."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.campaigning import removing, sending
from core.campaigning.editing import move, note, standing
from core.campaigning.errors import CampaignStateError
from core.campaigning.ledger import CampaignState
from core.staff.members import Staff
from core.staff.roles import Deed

_S = CampaignState


def schedule(
    session: Session, staff: Staff | None, number: int, *, at: datetime, now: datetime
) -> None:
    """Set when an approved campaign begins; what lies behind is now.

    Raises NotPermittedError, CampaignNotFoundError, CampaignStateError.
    """
    _demand_either(staff)
    campaign = standing(session, number, {_S.APPROVED, _S.SCHEDULED})
    campaign.start_at = max(at, now)
    move(campaign, _S.SCHEDULED, now)
    note(session, staff, ("schedule_campaign", number), now=now)


def pause(session: Session, staff: Staff | None, number: int, *, now: datetime) -> None:
    """Begin nothing more of a campaign until it goes on; what is under way is settled.

    Raises NotPermittedError, CampaignNotFoundError, CampaignStateError.
    """
    _demand_either(staff)
    move(standing(session, number, {_S.RUNNING}), _S.PAUSED, now)
    note(session, staff, ("pause_campaign", number), now=now)


def resume(session: Session, staff: Staff | None, number: int, *, now: datetime) -> None:
    """Go on with a campaign that was paused.

    Raises NotPermittedError, CampaignNotFoundError, CampaignStateError.
    """
    _demand_either(staff)
    move(standing(session, number, {_S.PAUSED}), _S.RUNNING, now)
    note(session, staff, ("resume_campaign", number), now=now)


def stop(session: Session, staff: Staff | None, number: int, *, now: datetime) -> None:
    """End a campaign for good; what has not been sent never is.

    Raises NotPermittedError, CampaignNotFoundError, CampaignStateError.
    """
    _demand_either(staff)
    campaign = standing(session, number, set(_S) - {_S.FINISHED, _S.STOPPED})
    move(campaign, _S.STOPPED, now)
    campaign.finished_at = now
    session.flush()
    sending.cancel(session, campaign, now=now)
    note(session, staff, ("stop_campaign", number), now=now)


def remove(session: Session, staff: Staff | None, number: int, *, now: datetime) -> None:
    """Have what a campaign that is over has sent removed at WeChat: the article was wrong.

    Raises NotPermittedError, CampaignNotFoundError, CampaignStateError.
    """
    _demand_either(staff)
    campaign = standing(session, number, {_S.FINISHED, _S.STOPPED})
    if not removing.ask(session, campaign.id, now=now):
        raise CampaignStateError
    note(session, staff, ("remove_campaign", number), now=now)


def _demand_either(staff: Staff | None) -> None:
    if staff and not staff.may(Deed.EDIT_CAMPAIGN):
        staff.demand(Deed.APPROVE_CAMPAIGN)
