"""What core can refuse of cases and their evidence, beside core.errors."""

from core.errors import CreditError


class NotPublishedError(CreditError):
    """The own record is not published, or no longer: there is nothing to ask for."""

    code = "not_published"


class PromiseMissingError(CreditError):
    """Repair is asked for without the promise that the law demands."""

    code = "promise_missing"


class CertificateNotFoundError(CreditError):
    """The case was not granted, so that there is no certificate of it."""

    code = "certificate_not_found"


class CertificateNotReadyError(CreditError):
    """The file of the certificate is not there yet."""

    code = "certificate_not_ready"


class CertificateRevokedError(CreditError):
    """The repair was undone: its certificate is not given out any more."""

    code = "certificate_revoked"


class PromiseOutdatedError(CreditError):
    """The promise that was read is no longer the one in use."""

    code = "promise_outdated"


class DepartmentNotFoundError(CreditError):
    """There is no such department."""

    code = "department_not_found"


class TooManyCasesError(CreditError):
    """The account has as many complaints open as one account may."""

    code = "too_many_cases"


class CaseClosedError(CreditError):
    """The case does not take this step where it stands."""

    code = "case_closed"


class NotReviewableError(CreditError):
    """The case was not refused, or is a review itself."""

    code = "not_reviewable"


class AlreadyReviewedError(CreditError):
    """The case has had its one review."""

    code = "already_reviewed"


class ReviewTooLateError(CreditError):
    """The time in which a review may be asked for is over."""

    code = "review_too_late"


class NotResubmittableError(CreditError):
    """The case is not one that was refused or withdrawn."""

    code = "not_resubmittable"


class EvidenceNotFoundError(CreditError):
    """No such file, or one of somebody else: the two must look alike."""

    code = "evidence_not_found"


class EvidenceAttachedError(CreditError):
    """The file belongs to a case already."""

    code = "evidence_attached"


class EvidenceUnfitError(CreditError):
    """The file was refused, or a virus was found in it."""

    code = "evidence_unfit"


class EvidenceEmptyError(CreditError):
    """The file has no bytes."""

    code = "evidence_empty"


class EvidenceTooLargeError(CreditError):
    """The file has more bytes than one may have."""

    code = "evidence_too_large"


class EvidenceTypeError(CreditError):
    """The file is none of the kinds we take, or its name says that it is another."""

    code = "evidence_type"


class TooMuchEvidenceError(CreditError):
    """The account has as many files waiting for a case as it may."""

    code = "too_much_evidence"


class EvidenceNotReadyError(CreditError):
    """The file is still being examined."""

    code = "evidence_not_ready"


class EvidenceDamagedError(CreditError):
    """The file is gone, or is not the one that was kept."""

    code = "evidence_damaged"
