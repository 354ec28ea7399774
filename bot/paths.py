"""Where the pages are that a conversation leads to; a page that is not there is not named."""

from collections.abc import Iterable, Mapping

MINE = "/wechat/my"
VIEWERS = "/wechat/my/viewers"
CASES = "/wechat/my/cases"
REPAIR = "/wechat/my/repair"
OBJECTION = "/wechat/my/objection"
REPORT = "/wechat/my/report"
FOLLOWS = "/wechat/my/follows"
COMPLAINT = "/wechat/my/complaint"
VERIFY = "/wechat/reports"
CERTIFICATE = "/wechat/certificates"
AUTHENTIC = "/wechat/messages"
LISTS = "/wechat/lists"
NEWS = "/wechat/news"

PATHS: Mapping[str, str] = {
    "mine": MINE,
    "viewers": VIEWERS,
    "cases": CASES,
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
