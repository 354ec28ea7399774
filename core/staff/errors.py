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
