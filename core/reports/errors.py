"""What core refuses about credit reports."""

from core.errors import CreditError


class ReportNotFoundError(CreditError):
    """No such report, or not one that the asker asked for: the two must look alike."""

    code = "report_not_found"


class ReportInTheMakingError(CreditError):
    """A report about this entity, for another purpose, is being made for the asker."""

    code = "report_in_the_making"


class TooManyReportsError(CreditError):
    """The account has asked for as many reports as one account may within a day."""

    code = "too_many_reports"


class ReportNotReadyError(CreditError):
    """The report has not been made yet, or could not be made."""

    code = "report_not_ready"


class ReportRecalledError(CreditError):
    """A record that the report tells of was withdrawn or corrected."""

    code = "report_recalled"


class ReportDamagedError(CreditError):
    """The file of the report is gone, or is not the one that was made."""

    code = "report_damaged"
