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
DECISIONS = "/h5/decisions/penalty"
ENTITY = "/h5/entities/<uscc>"
LIST = "/h5/lists/<code>"
# Under which rule a page is served whose path has a choice in it.
_RULES = {DECISIONS: "/h5/decisions/<any(penalty,licence):kind>"}

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
    "me": "/h5/me",
    "data": "/h5/me/data",
    "shares": "/h5/me/shares",
    "settings": "/h5/me/settings",
    "inbox": "/h5/me/inbox",
    "identity": "/h5/identity",
    "scoreboard": "/h5/scoreboard",
    "decisions": DECISIONS,
    "promises": "/h5/promises",
    "rules": "/h5/rules",
    "entity": ENTITY,
    "list": LIST,
}


def links(public_url: str, served: Iterable[str]) -> dict[str, str]:
    """Return the address of each page that is served, by its name."""
    held = frozenset(served)
    return {
        name: public_url + path for name, path in PATHS.items() if _RULES.get(path, path) in held
    }
