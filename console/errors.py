"""What this door itself refuses; its words are in messages/wording/console_zh.py."""

from core.staff.errors import StaffError


class SignedOutError(Exception):
    """Nobody is signed in: the answer is the way to the sign-in page."""


class FormExpiredError(StaffError):
    """A form came without the proof that this browser fetched it here."""

    code = "form_expired"


class PageMissingError(StaffError):
    """There is no such page."""

    code = "page_not_found"
