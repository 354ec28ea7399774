"""What core refuses about accounts: their devices, codes, consents and real names."""

from datetime import timedelta

from core.errors import CreditError


class SignInNotFoundError(CreditError):
    """No such device is signed in, or it is another account's: the two must look alike."""

    code = "sign_in_not_found"


class VerifiedElsewhereError(CreditError):
    """The person was verified with another account already: one person has one."""

    code = "verified_elsewhere"


class AnotherPersonError(CreditError):
    """The account was verified to be somebody else's."""

    code = "another_person"


class TooManyCodesError(CreditError):
    """A number was sent as many codes as it may be for now."""

    code = "too_many_codes"

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


class DailyLimitError(CreditError):
    """The account has done as much of this today as one account may on a day."""

    code = "daily_limit"

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait


class StepUpByIdentityError(CreditError):
    """Whom an account was verified to be is proved by the identity provider, not by a telephone."""

    code = "step_up_by_identity"


class NoPhoneError(CreditError):
    """The account has no telephone number that a code could be sent to."""

    code = "no_phone"


class PhoneTakenError(CreditError):
    """The number is another account's: whose, nobody is told."""

    code = "phone_taken"


class ConsentOutdatedError(CreditError):
    """What was agreed to is not the version in force, or not all of it."""

    code = "consent_outdated"


class NoConsentError(CreditError):
    """The account has not agreed to this document, or has withdrawn it already."""

    code = "no_consent"


class OpenCasesError(CreditError):
    """The account has applications that are still to be decided."""

    code = "open_cases"


class SmsNotOfferedError(CreditError):
    """Text messages are not sent about this kind of notice."""

    code = "sms_not_offered"


class KindTwiceError(CreditError):
    """One kind of notice is named twice, each time with another wish."""

    code = "kind_twice"


class QuietHoursHalfError(CreditError):
    """Quiet hours have a beginning and no end, or the other way round."""

    code = "quiet_hours_half"


class PlaceUnknownError(CreditError):
    """There is no such district and no such zone."""

    code = "place_unknown"
