"""The routes of articles and campaigns: whom each is for (see role_table.py)."""

from core.staff.roles import Deed

EDITS, APPROVES = {Deed.EDIT_CAMPAIGN}, {Deed.APPROVE_CAMPAIGN}
BOTH = EDITS | APPROVES
_ONE = "/console/articles/<int(max=999999999999):number>"

OF_CAMPAIGNS = {
    "GET /console/articles/": BOTH,
    "GET /console/articles/new": EDITS,
    "POST /console/articles/new": EDITS,
    f"GET {_ONE}": BOTH,
    f"POST {_ONE}/revise": EDITS,
    f"POST {_ONE}/publish": APPROVES,
    f"POST {_ONE}/withdraw": BOTH,
    f"POST {_ONE}/pictures": EDITS,
    "GET /console/articles/pictures/<name>": BOTH,
}
