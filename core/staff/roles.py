"""Roles (角色): one table says which role may do what; everything at the console asks it."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is at the console."""

    INTAKE_CLERK = "intake_clerk"
    CASE_HANDLER = "case_handler"
    REVIEWER = "reviewer"
    CAMPAIGN_EDITOR = "campaign_editor"
    CAMPAIGN_APPROVER = "campaign_approver"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Deed(StrEnum):
    """What can be done at the console."""

    SEE_CASES = "see_cases"
    HANDLE_CASE = "handle_case"
    CONFIRM_CASE = "confirm_case"
    EXPORT_CASES = "export_cases"
    SEE_ESCALATIONS = "see_escalations"
    FIND_RECORDS = "find_records"
    READ_PERSON = "read_person"
    QUARANTINE_RECORD = "quarantine_record"
    CORRECT_RECORD = "correct_record"
    ASK_WITHDRAWAL = "ask_withdrawal"
    APPROVE_WITHDRAWAL = "approve_withdrawal"
    TAKE_IN = "take_in"
    ASK_PUBLICATION = "ask_publication"
    APPROVE_PUBLICATION = "approve_publication"
    SEE_LISTS = "see_lists"
    MAKE_RELEASE = "make_release"
    SEE_SCOREBOARD = "see_scoreboard"
    SEE_RULES = "see_rules"
    EDIT_CAMPAIGN = "edit_campaign"
    APPROVE_CAMPAIGN = "approve_campaign"
    SEARCH_AUDIT = "search_audit"
    SEE_NOTICE_LIFE = "see_notice_life"
    TELL_UPSTREAM = "tell_upstream"
    ASSIGN_STAND_IN = "assign_stand_in"
    SEE_JOBS = "see_jobs"
    REQUEUE_JOBS = "requeue_jobs"
    MANAGE_STAFF = "manage_staff"


_D = Deed
_EVERYBODY = {_D.SEE_RULES, _D.SEE_SCOREBOARD}
TABLE: Mapping[Role, frozenset[Deed]] = {
    Role.INTAKE_CLERK: frozenset(
        {
            *_EVERYBODY,
            *(_D.TAKE_IN, _D.ASK_PUBLICATION, _D.FIND_RECORDS, _D.QUARANTINE_RECORD),
            *(_D.ASK_WITHDRAWAL, _D.SEE_LISTS),
        }
    ),
    Role.CASE_HANDLER: frozenset(
        {
            *_EVERYBODY,
            *(_D.SEE_CASES, _D.HANDLE_CASE, _D.EXPORT_CASES, _D.FIND_RECORDS, _D.READ_PERSON),
            *(_D.CORRECT_RECORD, _D.ASK_WITHDRAWAL, _D.SEE_LISTS),
        }
    ),
    Role.REVIEWER: frozenset(
        {
            *_EVERYBODY,
            *(_D.SEE_CASES, _D.CONFIRM_CASE, _D.FIND_RECORDS, _D.READ_PERSON, _D.SEE_LISTS),
            *(_D.APPROVE_WITHDRAWAL, _D.APPROVE_PUBLICATION, _D.MAKE_RELEASE),
        }
    ),
    Role.CAMPAIGN_EDITOR: frozenset({*_EVERYBODY, _D.EDIT_CAMPAIGN}),
    Role.CAMPAIGN_APPROVER: frozenset({*_EVERYBODY, _D.APPROVE_CAMPAIGN}),
    Role.SUPERVISOR: frozenset(
        {
            *_EVERYBODY,
            *(_D.SEE_CASES, _D.SEE_ESCALATIONS, _D.EXPORT_CASES, _D.SEE_LISTS),
            *(_D.SEE_NOTICE_LIFE, _D.TELL_UPSTREAM, _D.ASSIGN_STAND_IN),
        }
    ),
    Role.AUDITOR: frozenset({*_EVERYBODY, _D.SEARCH_AUDIT, _D.SEE_NOTICE_LIFE}),
    # Who manages the staff sees nobody's data; of notices, whether they came.
    Role.ADMINISTRATOR: frozenset(
        {*_EVERYBODY, _D.MANAGE_STAFF, _D.SEE_JOBS, _D.REQUEUE_JOBS, _D.SEE_NOTICE_LIFE}
    ),
}


def may(roles: Collection[Role], deed: Deed) -> bool:
    """Say whether somebody in these roles may do this."""
    return any(deed in TABLE[role] for role in roles)
