"""Purposes (查看目的): for what the staff open a case that holds a natural person's data."""

from collections.abc import Mapping
from enum import StrEnum

from core.staff.members import Staff
from core.staff.roles import Deed


class CasePurpose(StrEnum):
    """What for. The person reads it in plain words."""

    HANDLE = "handle_case"
    CONFIRM = "confirm_case"
    ANSWER = "answer_applicant"
    SUPERVISE = "supervise_case"


_DEEDS: Mapping[CasePurpose, tuple[Deed, ...]] = {
    CasePurpose.HANDLE: (Deed.HANDLE_CASE,),
    CasePurpose.CONFIRM: (Deed.CONFIRM_CASE,),
    CasePurpose.ANSWER: (Deed.HANDLE_CASE, Deed.CONFIRM_CASE),
    CasePurpose.SUPERVISE: (Deed.SEE_ESCALATIONS,),
}


def offered(staff: Staff) -> list[CasePurpose]:
    """List for what this member may open a case."""
    return [purpose for purpose, deeds in _DEEDS.items() if any(map(staff.may, deeds))]
