"""Rules: which rules of law are in force, not yet verified, or about to expire."""

from typing import Any

import marshmallow as ma

from core.calendar import day
from core.rules import RuleKind, listing
from core.rules.listing import Listed, RuleState
from messages.rules import says
from mobile_api import asking
from mobile_api.fields import Answer, Choice, Day, Label, Question
from mobile_api.resource import Resource

blueprint = Resource(
    "rules", description="法律规则：公示期、时限、披露范围等，每条有依据和生效日期"
)
blueprint.keep_public()


class RuleQuery(Question):
    """Which rules are wanted."""

    kind = Choice(RuleKind, metadata={"description": "只要一种规则"})
    state = Choice(
        RuleState,
        load_default=RuleState.IN_FORCE,
        metadata={"description": "在效的全部，或其中未核实的、九十天内到期的"},
    )
    on = Day(metadata={"description": "哪一天在效，默认今天", "example": "2026-04-01"})


class Rule(Answer):
    """One rule in force."""

    kind = Choice(RuleKind)
    kind_label = Label("RULE_KINDS", of="kind")
    name = ma.fields.String(metadata={"description": "规则名称，记录上的 rule 就是它"})
    text = ma.fields.String(metadata={"description": "这条规则说什么"})
    effective_from = ma.fields.Date(metadata={"description": "施行日期"})
    effective_to = ma.fields.Date(
        allow_none=True, metadata={"description": "最后一天；没有时为 null"}
    )
    citation = ma.fields.String(metadata={"description": "依据"})
    source_status = ma.fields.String(
        metadata={
            "description": "read 已核对原文，secondary 据转载，unverified 未核实",
            "example": "read",
        }
    )
    source_status_label = Label("SOURCE_STATUSES", of="source_status")
    expiring = ma.fields.Boolean(metadata={"description": "九十天内到期"})


class Rules(Answer):
    """The rules of a day."""

    items = ma.fields.List(ma.fields.Nested(Rule))
    on = ma.fields.Date(metadata={"description": "哪一天"})
    official_years = ma.fields.List(
        ma.fields.Integer(),
        metadata={"description": "有官方工作日历的年份；涉及其他年份的期限是暂定的"},
    )


@blueprint.get("")
@blueprint.doc(operationId="listRules", summary="查看某一天在效的法律规则")
@blueprint.refuses("invalid_request")
@blueprint.tagged
@blueprint.arguments(RuleQuery, location="query")
@blueprint.response(200, Rules)
def show(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the rules of a day."""
    asked = asking.current()
    rules, on = asked.parts.rules, wanted.get("on") or day(asked.now)
    found = listing.on(rules, on, kind=wanted.get("kind"), state=wanted["state"])
    return {
        "items": [_shown(one, asked.language) for one in found],
        "on": on,
        "official_years": listing.official_years(rules),
    }


def _shown(one: Listed, language: str) -> dict[str, Any]:
    held = {"kind": one.kind, "text": says(one.rule, language), "expiring": one.is_expiring}
    names = ("name", "effective_from", "effective_to", "citation", "source_status")
    return held | {name: getattr(one.rule, name) for name in names}
