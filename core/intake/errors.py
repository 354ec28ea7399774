"""What the staff's side of intake refuses; its words are in messages/wording/console_zh.py."""

from core.staff.errors import StaffError


class UploadNotFoundError(StaffError):
    """There is no such upload, or it is another department's."""

    code = "upload_not_found"


class UploadTooLargeError(StaffError):
    """The file is larger than what is taken here."""

    code = "upload_too_large"


class UploadEmptyError(StaffError):
    """No file was sent, or an empty one."""

    code = "upload_empty"


class BatchElsewhereError(StaffError):
    """There is no such batch, or it is not this department's alone."""

    code = "batch_elsewhere"


class NothingToPublishError(StaffError):
    """Of the batch nothing waits to be published."""

    code = "nothing_to_publish"


class NothingToWithdrawError(StaffError):
    """The batch was withdrawn already, or is still being taken in."""

    code = "nothing_to_withdraw"
