"""Which route is for whom: method and rule → the deeds of which one is enough.

A row reads `"GET /console/jobs/": {Deed.SEE_JOBS}`; ALL is all of the staff, ANYBODY needs no
session. Whoever adds a route adds a row.
"""

from core.staff.approvals import DEEDS
from core.staff.roles import Deed
from tests.console.campaign_routes import OF_CAMPAIGNS
from tests.console.record_routes import OF_RECORDS

ALL, ANYBODY = "all of the staff", "anybody"

ASKS = {asks for asks, _ in DEEDS.values()}
ANSWERS = {answers for _, answers in DEEDS.values()}

ROUTES = {
    "GET /console/": ALL,
    "GET /console/static/<path:filename>": ANYBODY,
    "GET /console/account/": ALL,
    "GET /console/sign-in": ANYBODY,
    "POST /console/sign-in": ANYBODY,
    "POST /console/account/password": ALL,
    "POST /console/account/sign-out": ALL,
    "GET /console/cases/": {Deed.SEE_CASES},
    "GET /console/cases/export.xlsx": {Deed.EXPORT_CASES},
    "GET /console/cases/<int:case_id>": {Deed.SEE_CASES},
    "POST /console/cases/<int:case_id>/<step>": {Deed.HANDLE_CASE, Deed.CONFIRM_CASE},
    "GET /console/cases/<int:case_id>/evidence/<public_id>": {Deed.SEE_CASES},
    "GET /console/cases/<int:case_id>/revocation": {Deed.HANDLE_CASE},
    "POST /console/cases/<int:case_id>/revocation": {Deed.HANDLE_CASE},
    "POST /console/cases/<int:case_id>/stand-in": {Deed.ASSIGN_STAND_IN},
    "POST /console/cases/<int:case_id>/give-back": {Deed.ASSIGN_STAND_IN},
    "GET /console/audit/": {Deed.SEARCH_AUDIT},
    "GET /console/audit/chain": {Deed.SEARCH_AUDIT},
    "POST /console/audit/chain/prove": {Deed.SEARCH_AUDIT},
    "GET /console/invitation/<code>": ANYBODY,
    "POST /console/invitation/<code>": ANYBODY,
    "GET /console/members/": {Deed.MANAGE_STAFF},
    "GET /console/members/invite": {Deed.MANAGE_STAFF},
    "POST /console/members/invite": {Deed.MANAGE_STAFF},
    "GET /console/members/<int:number>": {Deed.MANAGE_STAFF},
    "POST /console/members/<int:number>/roles": {Deed.MANAGE_STAFF},
    "POST /console/members/<int:number>/department": {Deed.MANAGE_STAFF},
    "POST /console/members/<int:number>/disable": {Deed.MANAGE_STAFF},
    "POST /console/members/<int:number>/reset": {Deed.MANAGE_STAFF},
    "GET /console/approvals/": ANSWERS | ASKS,
    "POST /console/approvals/<int:number>/approve": ANSWERS,
    "POST /console/approvals/<int:number>/refuse": ANSWERS,
    "POST /console/approvals/<int:number>/take-back": ASKS,
    "GET /console/notices/": {Deed.SEE_CASES},
    "GET /console/escalations/": {Deed.SEE_ESCALATIONS},
    "GET /console/departments/": {Deed.SEE_SCOREBOARD},
    "GET /console/rules/": {Deed.SEE_RULES},
    "GET /console/upstream/": {Deed.TELL_UPSTREAM},
    "POST /console/upstream/": {Deed.TELL_UPSTREAM},
    "POST /console/upstream/<int(max=999999999999):number>/<kind>": {Deed.TELL_UPSTREAM},
    "GET /console/why/": {Deed.SEE_NOTICE_LIFE},
    "POST /console/why/": {Deed.SEE_NOTICE_LIFE},
    "GET /console/jobs/": {Deed.SEE_JOBS},
    "POST /console/jobs/requeue": {Deed.REQUEUE_JOBS},
    "POST /console/jobs/requeue-all": {Deed.REQUEUE_JOBS},
    "POST /console/jobs/alarm": {Deed.REQUEUE_JOBS},
    "POST /console/account/sessions/end": ALL,
    "POST /console/account/sessions/end-others": ALL,
    **OF_CAMPAIGNS,
    **OF_RECORDS,
}
