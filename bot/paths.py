"""Where the pages are that a conversation leads to; a page that is not there is not named."""

from collections.abc import Iterable, Mapping

MINE = "/h5/me/credit"
VIEWERS = "/h5/me/views"
CASES = "/h5/me/cases"
PROGRESS = "/h5/progress"
# A repair and an objection begin at the record that they are about.
REPAIR = OBJECTION = MINE
REPORT = "/h5/me/reports"
FOLLOWS = "/h5/me/follows"
COMPLAINT = "/h5/complaint"
VERIFY = "/wechat/reports"
CERTIFICATE = "/wechat/certificates"
AUTHENTIC = "/h5/messages"
LISTS = "/h5/lists"
NEWS = "/h5/articles"

PATHS: Mapping[str, str] = {
    "mine": MINE,
    "viewers": VIEWERS,
    "cases": CASES,
    "progress": PROGRESS,
    "repair": REPAIR,
    "objection": OBJECTION,
    "report": REPORT,
    "follows": FOLLOWS,
    "complaint": COMPLAINT,
    "verify": VERIFY,
    "certificate": CERTIFICATE,
    "authentic": AUTHENTIC,
    "lists": LISTS,
    "news": NEWS,
}


def links(public_url: str, served: Iterable[str]) -> dict[str, str]:
    """Return the address of each page that is served, by its name."""
    held = frozenset(served)
    return {name: public_url + path for name, path in PATHS.items() if path in held}
