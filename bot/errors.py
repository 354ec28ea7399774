"""What is wrong with a push: one refusal, one clear 4xx, never a stack trace."""

from http import HTTPStatus


class BadPushError(Exception):
    """A push that we do not take in; the text says why and holds nothing of the push."""

    def __init__(self, why: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(why)
        self.status = status


def forged(why: str) -> BadPushError:
    """Return the refusal of a push that WeChat cannot have sent."""
    return BadPushError(why, HTTPStatus.FORBIDDEN)
