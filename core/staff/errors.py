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
