"""What can go wrong between the push provider and us. No text holds a token, a secret or a body."""

from enum import Enum, auto


class Doing(Enum):
    """What a failure means for whoever was to be told, and for everybody."""

    UNSURE = auto()  # it may be on its way all the same
    PAUSE = auto()  # nothing was sent; nobody can be told just now
    SETUP = auto()  # nothing was sent; the operator must change something
    REFUSED = auto()  # nothing was sent, and never will be
    UNKNOWN_DEVICE = auto()  # nothing was sent: some of these devices are gone


class PushError(Exception):
    """The provider refused a push, or could not be reached; `tokens` are those it does not know."""

    def __init__(self, doing: Doing, text: str, tokens: frozenset[str] = frozenset()) -> None:
        super().__init__(text)
        self.doing = doing
        self.tokens = tokens
