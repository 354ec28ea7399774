"""What keeping refuses; its words are in messages/wording/console_zh.py."""

from core.staff.errors import StaffError


class RecordElsewhereError(StaffError):
    """There is no such record, or it is another department's: one cannot tell which."""

    code = "record_elsewhere"


class FieldError(StaffError):
    """A field of this record cannot be given, or not like this."""

    code = "bad_field"

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NothingChangedError(StaffError):
    """The record says so already."""

    code = "nothing_changed"


class ChangedMeanwhileError(StaffError):
    """Somebody else has changed the record since it was looked at."""

    code = "changed_meanwhile"


class StateForbidsError(StaffError):
    """From where the record stands this cannot be done."""

    code = "state_forbids"


class UndecidedError(StaffError):
    """The rules cannot say how long such a record is shown: it stays where it is."""

    code = "undecided"


class PurposeError(StaffError):
    """Whoever reads about a person says for what."""

    code = "no_purpose"
