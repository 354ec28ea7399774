"""The one way in which a start is refused."""


class Unsuitable(Exception):  # noqa: N818 - reads as what it says
    """We cannot start like this; the text says why and what to do."""
