"""Words in English, key for key as in Chinese."""

from datetime import date as Date  # noqa: N812 - `date` is a word here
from datetime import datetime

from core.calendar import in_kunming
from messages.wording import cases_en

RECORD_KINDS = {
    "licence": "Administrative licence",
    "penalty": "Administrative penalty",
    "red_list": "Good-faith list",
    "black_list": "List of serious dishonesty",
    "abnormal_operation": "Register of abnormal operation",
    "judgment_defaulter": "Judgment defaulter",
    "promise": "Credit promise",
    "evaluation": "Credit evaluation",
    "honour": "Honour",
    "contract_performance": "Contract performance",
    "qualification": "Professional qualification",
    "voluntary_statement": "Voluntary statement",
}

SEVERITIES = {"minor": "minor", "general": "general", "serious": "serious"}

SUBJECT_KINDS = {
    "legal_entity": "legal entity or unincorporated organisation",
    "unincorporated": "unincorporated organisation",
    "sole_trader": "sole trader",
    "government_body": "government body, public institution or mass organisation",
    "natural_person": "natural person",
}

SUBJECT_STATES = {
    "unknown": "registration state not provided",
    "active": "active",
    "suspended": "business suspended",
    "revoked": "licence revoked",
    "annulled": "registration annulled",
    "deregistered": "deregistered",
    "merged": "merged",
    "moved_away": "moved away",
    "deceased": "deceased",
}

NUMBER_SCHEMES = {
    "uscc": "unified social credit code",
    "registration_no": "registration number",
    "org_code": "organisation code",
    "tax_no": "tax registration number",
    "institution_cert_no": "public institution certificate number",
    "social_org_no": "social organisation certificate number",
}

CASE_KINDS = {
    "objection": "objection",
    "repair": "credit repair",
    "complaint": "complaint",
    "data_request": "data request",
}

CASE_STATES = {
    "submitted": "submitted",
    "annotated": "record marked as disputed",
    "forwarded": "passed on",
    "accepted": "accepted",
    "supplement_wanted": "papers wanted",
    "not_accepted": "not accepted",
    "upheld": "upheld",
    "refused": "refused",
    "applied": "carried out",
    "withdrawn": "withdrawn",
    "revoked": "revoked",
}
REPAIR_STATES = CASE_STATES | {
    "upheld": "repair granted",
    "refused": "repair refused",
    "applied": "no longer published",
    "revoked": "repair revoked",
}
COMPLAINT_STATES = CASE_STATES | {"upheld": "complaint upheld", "refused": "complaint not upheld"}
DATA_REQUEST_STATES = CASE_STATES | {"upheld": "granted", "refused": "not granted"}
_STATES = {"repair": REPAIR_STATES, "complaint": COMPLAINT_STATES}
_STATES |= {"data_request": DATA_REQUEST_STATES}

GROUNDS = {
    "wrong": "the information is wrong",
    "incomplete": "the information is incomplete",
    "term_over": "still published after its term",
    "not_public": "should not be public",
    "not_mine": "not about this organisation",
    "already_repaired": "repaired but not updated",
    "privacy": "against privacy or trade secrets",
    "settled": "settled; repair applied for",
    "record_handling": "how credit information was handled",
    "department": "what a department did",
    "service": "the platform's service",
} | cases_en.DATA_RIGHTS

OPERATION_KINDS = {
    "report": "credit report",
    "batch_verification": "batch verification",
}
OPERATION_STATES = {one: one for one in ("waiting", "running", "done", "failed")}

EVENT_KINDS = {
    "account_changed": "account changed",
    "blacklisted": "list alert",
    "campaign": "integrity campaign",
    "case_due": "supplement due soon",
    "case_moved": "case progress",
    "case_opened": "case receipt",
    "case_overdue": "case overdue",
    "late_reply": "reply",
    "list_released": "list released",
    "recalled": "correction",
    "report_ready": "report ready",
    "report_recalled": "report recalled",
    "digest": "Daily digest",
    "ending": "Publication ending",
    "record_added": "New record",
    "repairable": "Repair possible",
    "viewed": "Data read",
}

REPORT_STATES = {
    "requested": "being made",
    "valid": "valid",
    "superseded": "superseded by a newer report",
    "recalled": "recalled",
    "failed": "not made",
}
REPORT_STANDINGS = {
    "valid": "valid",
    "expired": "no longer in its term of validity",
    "superseded": "superseded by a newer report",
    "recalled": "recalled",
    "unknown": "not known to us",
}
REPORT_PURPOSES = {
    "self_check": "own use",
    "approval": "administrative approval",
    "bidding": "bidding",
    "procurement": "government procurement",
    "public_funds": "application for public funds",
    "awards": "awards and honours",
    "financing": "financing",
    "other": "other",
}

DIRECTIONS = (
    "Objections and repair: “办事项” in the menu of the official account, or the Credit Kunming "
    "app. They are free of charge; you need no agent."
)

# A lock screen is read over shoulders: no name, no list, no figure stands on it.
PUSH_TITLE = "Credit Kunming"
CAMPAIGN_CARD_HINT = "Tap to read on"
CAMPAIGN_LEAVE = "To stop these messages, reply “退订” in the official account."
CAMPAIGN_HINT = "Open it to read on."
EDITION_FACTS = {"released_on": "Released on", "members": "Entries when released"}
EDITION_HINT = "Entries no longer published are left out; what you see when you open it counts."


def case_state(kind: str, state: str) -> str:
    """Name the state of a case of this kind."""
    return _STATES.get(kind, CASE_STATES)[state]


def time(moment: datetime) -> str:
    """Write an instant as WeChat's time field takes it, in Kunming's time."""
    return f"{in_kunming(moment):%Y-%m-%d %H:%M}"


def date(value: Date) -> str:
    """Write a date."""
    return value.isoformat()


def ended() -> str:
    """Say that the record of an alert is no longer published."""
    return "This record is no longer published; please rely on the newest query."


# What became of a record, as whoever was told of it must now read it.
RECALLS = {
    "corrected": "This record has been corrected; what stands below is right.",
    "repaired": "This record has been repaired and is no longer published or used.",
    "expired": "The publication term of this record is over.",
    "withdrawn": "This record has been withdrawn; please do not rely on the earlier alert.",
    "removed": "The entity has been removed from the list; this record is no longer published.",
    "shielded": "This record is suspended; please do not rely on the earlier alert.",
    "quarantined": "This record is being checked; please do not rely on the earlier alert.",
    "held": "This record should not be public; please do not rely on the earlier alert.",
}


def recall_title(name: str) -> str:
    """Head the text that a recall leads to."""
    return f"Correction of an alert about {name}"


ALERT_FACTS = {
    "entity": "Entity",
    "uscc": "Unified social credit code",
    "list": "List",
    "title": "Record",
    "event_date": "Listed on",
    "decided_on": "Decided on",
    "authority": "Decided by",
    "document_no": "Document",
    "repairable_from": "Repair from",
    "ends_on": "Published until",
    "as_of": "As of",
}

VERIFICATION_PURPOSES = {"verify": "Real-name verification", "step_up": "Verification anew"}

REPORT_FACTS = {
    "report_no": "Report number",
    "entity": "Entity",
    "state": "State",
    "as_of": "As of",
    "valid_until": "Valid until",
}
REPORT_HINTS = {
    "report_ready": "Download it under “Credit reports” here or in the app. "
    "Others can verify it by the number and the code on its first page.",
    "report_recalled": "A record in it was withdrawn, repaired or corrected, so it must not be "
    "used any more. Please ask for a new one, and tell those to whom you gave it.",
}

RECEIPT_FACTS = {"code": "Receipt code", "state": "State"}
RECEIPT_HINT = (
    "Please keep the receipt code. With it progress can be asked for at any time without login; "
    "do not show it to others."
)
