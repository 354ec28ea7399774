"""What articles refuse the staff; the words are in messages/wording/console_zh.py."""

from core.staff.errors import StaffError


class ArticleRefusedError(StaffError):
    """Title or text is missing or too long."""

    code = "article_refused"


class ArticleStateError(StaffError):
    """An article that stands as this one does cannot be treated so."""

    code = "article_state"


class ArticleChangedError(StaffError):
    """Somebody saved another version since this one was opened."""

    code = "article_changed"


class PictureRefusedError(StaffError):
    """A picture is no PNG or JPEG, or larger than WeChat takes it."""

    code = "picture_refused"
