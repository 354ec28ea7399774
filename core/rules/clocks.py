"""Clocks (办理时限): within how many days something must be done."""

from dataclasses import dataclass
from enum import StrEnum

from core.rules.dated import Rule


class Clock(StrEnum):
    """What a period of the law or of our own promise is for."""

    PUBLISH_DECISION = "publish_decision"
    PUBLISH_INFORMATION = "publish_information"
    MARKET_PUBLISH = "market_publish"
    MARKET_PUBLISH_ELSEWHERE = "market_publish_elsewhere"
    WITHDRAW_DECISION = "withdraw_decision"
    REPAIR_FORWARD = "repair_forward"
    REPAIR_ACCEPT = "repair_accept"
    REPAIR_DECIDE = "repair_decide"
    REPAIR_APPLY = "repair_apply"
    REPAIR_FINISH = "repair_finish"
    MARKET_REPAIR = "market_repair"
    MARKET_REPAIR_ELSEWHERE = "market_repair_elsewhere"
    OBJECTION_ANNOTATE = "objection_annotate"
    OBJECTION_FORWARD = "objection_forward"
    OBJECTION_DECIDE = "objection_decide"
    OBJECTION_APPLY = "objection_apply"
    COMPLAINT_ACCEPT = "complaint_accept"
    COMPLAINT_DECIDE = "complaint_decide"
    SUPPLEMENT = "supplement"
    REVIEW_REQUEST = "review_request"
    REVIEW_DECIDE = "review_decide"
    COURT_REMOVAL = "court_removal"
    COURT_CORRECTION = "court_correction"
    WAGE_OBJECTION = "wage_objection"
    WAGE_VERIFY = "wage_verify"
    WAGE_LISTING = "wage_listing"
    WAGE_EARLY_REMOVAL = "wage_early_removal"
    WAGE_REMOVAL = "wage_removal"
    ABNORMAL_REMOVAL = "abnormal_removal"
    DATA_REQUEST = "data_request"
    REMIND = "remind"
    ESCALATE = "escalate"


@dataclass(frozen=True, kw_only=True)
class Period(Rule):
    """So many working days; `extension_days` is by how many they may be prolonged."""

    clock: Clock
    working_days: int
    extension_days: int | None = None
