"""What campaigns refuse the staff; the words are in messages/wording/console_zh.py."""

from core.staff.errors import StaffError


class CampaignNotFoundError(StaffError):
    """There is no such campaign."""

    code = "campaign_not_found"


class CampaignStateError(StaffError):
    """A campaign that stands as this one does cannot be treated so."""

    code = "campaign_state"


class CampaignChangedError(StaffError):
    """The campaign was changed after it was opened, or after it was asked for."""

    code = "campaign_changed"


class CampaignRefusedError(StaffError):
    """Something of what a campaign needs is missing or wrong."""

    code = "campaign_refused"


class NoArticleError(StaffError):
    """The article is not there, not published, or withdrawn."""

    code = "no_article"


class NoTestersError(StaffError):
    """Nobody was named to look at the preview."""

    code = "no_testers"


class UnfitTesterError(StaffError):
    """An openid is a tester's already, or is none that we know."""

    code = "tester_refused"
