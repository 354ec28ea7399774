"""What RQ workers run for campaigns: previews, rows, messages to many, what WeChat says of them."""

from datetime import UTC, datetime, timedelta
from functools import cache

from config import posting
from config.jobs import tools
from messages import mass
from messages.mass import Mailing

_AWHILE = timedelta(seconds=60)


@cache
def mailing() -> Mailing:
    """Build what sending to many needs, once for each process."""
    held = tools()
    return posting.mailing_of(held.settings, held.redis, clock=_now)


def run_campaigns() -> None:
    """Do what campaigns have to do, for a while. Whatever cuts this off, the ticker has it done."""
    mass.run(mailing(), _now() + _AWHILE)


def _now() -> datetime:
    return datetime.now(UTC)
