"""What these pages themselves refuse; the words are in messages/wording/h5_zh.py and h5_en.py."""

from core.errors import CreditError


class SignedOutError(Exception):
    """Nobody is signed in: the answer is the way to sign in."""


class StaleError(Exception):
    """It takes a fresh proof of who somebody is: the answer is the way to prove it."""


class FormExpiredError(CreditError):
    """A form came without the proof that this browser fetched it here."""

    code = "form_expired"


class ArrivalError(CreditError):
    """WeChat sent somebody back otherwise than we sent them, or too late."""

    code = "arrival_refused"


class SnapshotError(CreditError):
    """Somebody reads a snapshot of the page: WeChat names nobody real."""

    code = "snapshot"


class WeChatAwayError(CreditError):
    """WeChat cannot be asked now."""

    code = "wechat_away"


class IdentityAwayError(CreditError):
    """The identity provider cannot be asked now."""

    code = "identity_away"


class IdentityRefusedError(CreditError):
    """What the identity provider said cannot be believed, or somebody changed their mind."""

    code = "identity_refused"


class IncompleteError(CreditError):
    """Something that a form asks for is missing."""

    code = "incomplete"


class ChangedError(CreditError):
    """A case has moved on since somebody saw it."""

    code = "case_changed"
