"""What is said of a campaign in both places where the staff handle it: whom it is for, its plan."""

from core.campaigning.ledger import Whom
from core.campaigning.planning import Plan
from core.rules import Rulebook
from messages.wording import console_campaigns_zh as said


def whom(one: Whom, rules: Rulebook) -> str:
    """Say whom a campaign is for."""
    places = {each.code or each.name: each.name for each in rules.places}
    lists = {each.code: each.name for each in rules.lists.values()}
    parts = [
        "、".join(said.SETTINGS[each] for each in one.settings),
        "、".join(places.get(each, each) for each in one.places),
        "、".join(f"关注“{lists.get(each, each)}”的人" for each in one.lists),
        said.LANGUAGES[one.language] if one.language else "",
    ]
    return "；".join(part for part in parts if part) or "全部订阅者"


def plan(one: Plan) -> str:
    """Say a plan in one sentence."""
    reach = one.reach
    return said.plan(reach.total, reach.inbox_only, reach.elsewhere, minutes=one.minutes)
