"""Where somebody may be sent after signing in: a page of this console, and nowhere else."""

import re

# A path of ours: no other host (//), no backslash, no control character, no query.
_LOCAL = re.compile(r"(?!.*(?://|\.\.))/console/[A-Za-z0-9/_.~-]{0,200}")
HOME = "/console/"


def local(place: str | None) -> str:
    """Return the place if it is a page of this console, else the first page."""
    return place if place and _LOCAL.fullmatch(place) else HOME
