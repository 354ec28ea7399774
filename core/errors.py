"""Everything core can refuse, each with a code that the doors translate."""

from datetime import timedelta
from typing import ClassVar


class CreditError(Exception):
    """A refusal that the citizen can be told about."""

    code: ClassVar[str]
    wait: timedelta | None = None  # how long until it may be tried again, where that is known


class EntityNotFoundError(CreditError):
    """No entity has this code."""

    code = "entity_not_found"


class RecordNotFoundError(CreditError):
    """No such record, or one that the asker may not see: the two must look alike."""

    code = "record_not_found"


class ArticleNotFoundError(CreditError):
    """There is no such article, or it is not shown now."""

    code = "article_not_found"


class CitizenIdRefusedError(CreditError):
    """The text is a citizen's identity number, which is never searched."""

    code = "citizen_id_refused"


class QueryTooShortError(CreditError):
    """A name search needs two Chinese characters at least."""

    code = "query_too_short"


class NotEntitledError(CreditError):
    """The asker does not represent the subject of the record."""

    code = "not_entitled"


class AlreadyOpenError(CreditError):
    """A case of this kind about this record is still open."""

    code = "already_open"


class RepairTooEarlyError(CreditError):
    """The shortest publication term that the law demands is not over."""

    code = "repair_too_early"


class NotRepairableError(CreditError):
    """Repair does not apply to this kind of record."""

    code = "not_repairable"


class CaseNotFoundError(CreditError):
    """No case has this receipt code."""

    code = "case_not_found"


class BatchNotFoundError(CreditError):
    """There is no such batch of an intake."""

    code = "batch_not_found"


class ListNotFoundError(CreditError):
    """There is no list under this code."""

    code = "list_not_found"


class ReleaseNotFoundError(CreditError):
    """There is no such release of a list."""

    code = "release_not_found"


class NotFollowedError(CreditError):
    """The account does not follow this entity."""

    code = "not_followed"


class MessageNotFoundError(CreditError):
    """The account's inbox has no such message."""

    code = "message_not_found"


class TooManyFollowsError(CreditError):
    """The account follows as many entities as one account may."""

    code = "too_many_follows"


class NotACodeError(CreditError):
    """The text is no unified social credit code."""

    code = "not_a_code"


class InstitutionNotFoundError(CreditError):
    """No institution is enrolled under this code."""

    code = "institution_not_found"


class InstitutionKnownError(CreditError):
    """An institution is enrolled under this code already."""

    code = "institution_known"


class KeyNotFoundError(CreditError):
    """No key begins like this."""

    code = "key_not_found"


class CheckNotFoundError(CreditError):
    """No such check, or one of another institution: the two must look alike."""

    code = "check_not_found"


class OperationNotFoundError(CreditError):
    """No such operation, or not one that the asker asked for: the two must look alike."""

    code = "operation_not_found"


class OperationFailedError(CreditError):
    """The operation was tried again and again, in vain."""

    code = "operation_failed"


class ChallengeNotFoundError(CreditError):
    """No verification waits for this answer: used, late, or another's, which must look alike."""

    code = "verification_not_found"


class IdentityUnusableError(CreditError):
    """The identity provider gave no name, number or code that we can use."""

    code = "identity_unusable"


class MinorError(CreditError):
    """Whoever was verified is a minor, of whom the law lets us collect nothing."""

    code = "minor"


class NotVerifiedError(CreditError):
    """The account was not yet verified to be anybody's."""

    code = "real_name_required"


class FileUnreadableError(CreditError):
    """The file is no text of lines: neither UTF-8 nor GB18030, broken, or empty."""

    code = "file_unreadable"


class BatchTooLongError(CreditError):
    """The file names more subjects than may be checked in one order."""

    code = "batch_too_long"


class TooManyBatchesError(CreditError):
    """The institution has as many batches waiting or running as one may."""

    code = "too_many_batches"


class CheckNotReadyError(CreditError):
    """The batch has not been checked to its end yet."""

    code = "check_not_ready"


class AuthorisationNotFoundError(CreditError):
    """No authorisation that holds for the asker, now, for this: whatever is missing looks alike."""

    code = "authorisation_not_found"


class AuthorisationTermError(CreditError):
    """An authorisation ends on a day to come, within a year."""

    code = "authorisation_term"


class TooManyAuthorisationsError(CreditError):
    """The person has granted as many authorisations as may hold at once."""

    code = "too_many_authorisations"


class ShareNotFoundError(CreditError):
    """No such share, or not one that the asker gave: the two must look alike."""

    code = "share_not_found"


class ShareNotValidError(CreditError):
    """The code answers nothing: unknown, used, expired or revoked, which must look alike."""

    code = "share_not_valid"


class TooManySharesError(CreditError):
    """The account has given out as many open shares as one account may."""

    code = "too_many_shares"
