"""What an editor fills in for a campaign, read from the form and shown in it again."""

from collections.abc import Iterable
from datetime import datetime, time

from flask import request
from werkzeug.datastructures import MultiDict

from console.pages import as_id
from core.calendar import KUNMING
from core.campaigning import planning
from core.campaigning.editing import Draft
from core.campaigning.errors import CampaignRefusedError
from core.campaigning.ledger import Campaign, Whom
from core.installations import Locale
from core.interests import Setting

Form = MultiDict[str, str]
_YEARS = range(2000, 2101)


def read() -> Draft:
    """Read the form. Raises CampaignRefusedError."""
    form = request.form
    try:
        return Draft(
            title=form.get("title", ""),
            article_id=as_id(form.get("article_id", "0") or "0"),
            cover=form.get("cover", "").strip(),
            whom=_whom(form),
            rate=as_id(form.get("rate", "") or str(planning.FASTEST)),
            quiet_from=_hour(form.get("quiet_from", "")),
            quiet_until=_hour(form.get("quiet_until", "")),
            start_at=moment(form.get("start_at", "")),
        )
    except ValueError:
        raise CampaignRefusedError from None


def moment(text: str) -> datetime | None:
    """Read an instant of Kunming's; None for none. Raises ValueError."""
    said = text.strip()
    found = datetime.fromisoformat(said).replace(tzinfo=KUNMING) if said else None
    if found and found.year not in _YEARS:  # what no calendar of ours, nor of UTC's, has
        raise ValueError(text)
    return found


def shown(campaign: Campaign) -> Form:
    """Return a campaign as its form shows it."""
    whom = Whom.read(campaign.whom)
    pairs: list[tuple[str, str]] = [
        ("title", campaign.title),
        ("article_id", str(campaign.article_id)),
        ("cover", campaign.cover),
        ("rate", str(campaign.rate)),
        ("quiet_from", planning.told(campaign.quiet_from)),
        ("quiet_until", planning.told(campaign.quiet_until)),
        ("start_at", planning.local(campaign.start_at)),
        ("language", str(whom.language or "")),
    ]
    many: dict[str, Iterable[str]] = {"setting": whom.settings, "place": whom.places}
    many |= {"list": whom.lists}
    return MultiDict(pairs + [(name, str(one)) for name, held in many.items() for one in held])


def empty() -> Form:
    """Return the form as it is at first."""
    first = {"rate": str(planning.FASTEST), "quiet_from": "21:00", "quiet_until": "08:00"}
    return MultiDict(first)


def _whom(form: Form) -> Whom:
    language = form.get("language", "")
    return Whom(
        tuple(map(Setting, form.getlist("setting"))),
        tuple(one for one in form.getlist("place") if one),
        tuple(one for one in form.getlist("list") if one),
        Locale(language) if language else None,
    )


def _hour(text: str) -> time | None:
    said = text.strip()
    return time.fromisoformat(said).replace(tzinfo=None, microsecond=0) if said else None
