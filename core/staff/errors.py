"""What the console refuses; its words are in messages/wording/console_zh.py."""

from core.errors import CreditError


class StaffError(CreditError):
    """Something that only staff can meet: no other door has words for it."""


class NotPermittedError(StaffError):
    """The roles of this member of the staff do not allow this."""

    code = "not_permitted"


class ApprovalNotFoundError(StaffError):
    """There is no such request, or somebody has answered it already."""

    code = "approval_not_found"


class SamePersonError(StaffError):
    """Whoever asked for something cannot also approve it."""

    code = "same_person"


class AlreadyAskedError(StaffError):
    """The same has been asked for and not been answered yet."""

    code = "already_asked"


class NoReasonError(StaffError):
    """Whoever changes a record, or asks for something that needs two, says why."""

    code = "no_reason"


class SignInRefusedError(StaffError):
    """Login, password or code was wrong, or too many were: which of them is never said."""

    code = "staff_sign_in_refused"


class PasswordRefusedError(StaffError):
    """The new password is too short, too long, or nothing but the login."""

    code = "password_refused"


class PasswordWrongError(StaffError):
    """The password in force was given wrongly, or too many were."""

    code = "password_wrong"


class FactorRefusedError(StaffError):
    """The code does not come from the secret that was shown."""

    code = "factor_refused"


class InvitationNotFoundError(StaffError):
    """The invitation is nobody's, was accepted, or its time is over: they look alike."""

    code = "invitation_not_found"


class LoginRefusedError(StaffError):
    """The text cannot be a login."""

    code = "login_refused"


class LoginTakenError(StaffError):
    """Somebody has, or had, this login."""

    code = "login_taken"


class NameRefusedError(StaffError):
    """The text cannot be the name of a member."""

    code = "staff_name_refused"


class NoRoleError(StaffError):
    """A member needs a role at least."""

    code = "no_role"


class DepartmentNotKnownError(StaffError):
    """There is no such department."""

    code = "department_not_known"


class MemberNotFoundError(StaffError):
    """There is no such member of the staff."""

    code = "member_not_found"


class LastAdministratorError(StaffError):
    """Without this member nobody could manage the staff."""

    code = "last_administrator"


class OwnAccessError(StaffError):
    """Nobody decides on their own roles, or switches themselves off."""

    code = "own_access"


class StaleCaseError(StaffError):
    """The case has changed since whoever acts on it looked at it."""

    code = "stale_case"


class NotHeldError(StaffError):
    """It is not the turn of this member's office in this case."""

    code = "not_held"


class TakenError(StaffError):
    """Somebody else of the staff has taken this case."""

    code = "taken"


class ReasonError(StaffError):
    """A reason is missing, or is none that may be given for this."""

    code = "reason_wrong"


class TextMissingError(StaffError):
    """Something must be said in words."""

    code = "text_missing"


class RemedyError(StaffError):
    """What is to be done to the record does not fit the outcome."""

    code = "remedy_wrong"


class ProposalWaitingError(StaffError):
    """A proposal for this case waits for its confirmation."""

    code = "proposal_waiting"


class ProposalNotFoundError(StaffError):
    """No proposal for this case waits."""

    code = "proposal_not_found"


class FirstDecisionError(StaffError):
    """Whoever took part in the first decision takes none in its review."""

    code = "first_decision"


class SupplementRunningError(StaffError):
    """The applicant still has time to send what was asked for."""

    code = "supplement_running"


class NotExtendableError(StaffError):
    """No rule lets this clock be prolonged, or it has been once."""

    code = "not_extendable"


class StandInError(StaffError):
    """The department can handle the case itself, or it is not its turn."""

    code = "stand_in_refused"


class PurposeMissingError(StaffError):
    """A natural person's data are read for a purpose, which must be named."""

    code = "purpose_missing"


class UpstreamBusyError(StaffError):
    """Another export for the platform above is being written at this moment."""

    code = "upstream_busy"


class UpstreamNotFoundError(StaffError):
    """There is no export for the platform above of this number."""

    code = "upstream_not_found"
