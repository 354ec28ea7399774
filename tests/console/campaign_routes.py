"""The routes of articles and campaigns: whom each is for (see role_table.py)."""

from core.staff.roles import Deed

EDITS, APPROVES = {Deed.EDIT_CAMPAIGN}, {Deed.APPROVE_CAMPAIGN}
BOTH = EDITS | APPROVES
_CAMPAIGN = "/console/campaigns/<int(max=999999999999):number>"
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
    "GET /console/campaigns/": BOTH,
    "GET /console/campaigns/new": EDITS,
    "POST /console/campaigns/new": EDITS,
    "POST /console/campaigns/covers": EDITS,
    "GET /console/campaigns/testers": EDITS,
    "POST /console/campaigns/testers": EDITS,
    f"GET {_CAMPAIGN}": BOTH,
    f"GET {_CAMPAIGN}/now": BOTH,
    f"GET {_CAMPAIGN}/result.xlsx": BOTH,
    f"GET {_CAMPAIGN}/result.csv": BOTH,
    f"POST {_CAMPAIGN}/revise": EDITS,
    f"POST {_CAMPAIGN}/preview": EDITS,
    f"POST {_CAMPAIGN}/ask": EDITS,
    f"POST {_CAMPAIGN}/approve": APPROVES,
    f"POST {_CAMPAIGN}/schedule": BOTH,
    f"POST {_CAMPAIGN}/pause": BOTH,
    f"POST {_CAMPAIGN}/resume": BOTH,
    f"POST {_CAMPAIGN}/stop": BOTH,
    f"POST {_CAMPAIGN}/remove": BOTH,
}
