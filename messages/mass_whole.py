"""Before a message goes to all or to a tag: WeChat's own count is compared with ours."""

from collections.abc import Mapping
from datetime import datetime

import structlog

from core.campaigning import whole
from core.campaigning.ledger import MassWay
from core.campaigning.sending import Taken
from core.campaigning.whole import Standing
from core.db import Reading, Writing
from messages import tagging
from messages.wechat.client import CreditWeChat

log = structlog.get_logger()


def looked_at(
    wechat: CreditWeChat, tags: Mapping[str, str], taken: Taken, *, now: datetime
) -> tuple[Standing, int]:
    """Return what is to become of a message, and WeChat's number of its tag. Raises WeChatError.

    After it stands as GO the call comes next; the number is 0 of a message to all.
    """
    number, borne = 0, None
    if taken.way is MassWay.TAG:
        found = tagging.bearers(wechat, tags, _tag(taken))
        if found is None:
            return Standing.LATER if taken.unsure else Standing.LISTS, 0
        number, borne = found
    with Writing() as session:
        standing = whole.stands(session, taken, borne=borne, now=now)
    if standing is Standing.LISTS:
        log.info("mass_not_whole", key=taken.key, way=taken.way, borne=borne)
    return standing, number


def _tag(taken: Taken) -> str:
    with Reading() as session:
        return whole.tag_of(session, taken)
