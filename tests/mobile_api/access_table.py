"""Who may ask what: every route of the door, what is sent, and what each of five gets."""

from .conftest import USCC
from .people import AGREED, NUMBER, PHONE

OBJECTION = {"record_id": "{record}", "grounds": ["wrong"], "statement": "金额有误"}
COMPLAINT = {"about": "service", "statement": "等了很久"}
DATA_REQUEST = {"rights": ["access"], "statement": "请告诉我有哪些信息"}
ADDED = {"statement": "补充一份凭证"}
PERIOD = "?from=2026-01-01&to=2026-01-31"
REPORT = {"purpose": "self_check"}
REPAIR = {"record_id": "{record}", "statement": "已缴清罚款", "promised": True}
ARRIVAL = {"device": PHONE, "agreed": AGREED}
CHECK = {"subject": USCC, "purpose": "tendering", "legal_basis": "《招标投标法》第二十六条"}
# route: what is sent, then the answer to nobody, to a stranger, to the owner: the subject's
# representative, whose everything is that the addresses name. Institutions have a table of theirs.
EXPECTED = {
    "GET /api/v1/entities": ("?q=昆明示例", None, 200, 200, 200),
    "GET /api/v1/entities/<uscc>": (f"/{USCC}", None, 200, 200, 200),
    "GET /api/v1/entities/<uscc>/records": (f"/{USCC}/records", None, 200, 200, 200),
    "GET /api/v1/records/<record_id>": ("/{record}", None, 200, 200, 200),
    "GET /api/v1/lists": ("", None, 200, 200, 200),
    "GET /api/v1/lists/<list_kind>/records": ("/WAGE_ARREARS/records", None, 200, 200, 200),
    "GET /api/v1/double-publicity": ("", None, 200, 200, 200),
    "GET /api/v1/promises": ("", None, 200, 200, 200),
    "GET /api/v1/releases": ("", None, 200, 200, 200),
    "GET /api/v1/releases/<release_id>": ("/{release}", None, 200, 200, 200),
    "GET /api/v1/releases/<release_id>/file.csv": ("/{release}/file.csv", None, 200, 200, 200),
    "GET /api/v1/articles": ("", None, 200, 200, 200),
    "GET /api/v1/articles/<article_id>": ("/{article}", None, 200, 200, 200),
    "GET /api/v1/departments": ("", None, 200, 200, 200),
    "GET /api/v1/departments/scoreboard": (PERIOD, None, 200, 200, 200),
    "GET /api/v1/meta": ("", None, 200, 200, 200),
    "GET /api/v1/dictionaries": ("", None, 200, 200, 200),
    "GET /api/v1/dictionaries/<name>": ("/districts", None, 200, 200, 200),
    "GET /api/v1/rules": ("", None, 200, 200, 200),
    "POST /api/v1/entities/<uscc>/reports": (f"/{USCC}/reports", REPORT, 401, 202, 202),
    "GET /api/v1/operations/<operation_id>": ("/{operation}", None, 401, 404, 200),
    "GET /api/v1/reports/<report_no>": ("/{report}", None, 401, 404, 200),
    "GET /api/v1/reports/<report_no>/file": ("/{report}/file", None, 401, 404, 409),
    "GET /api/v1/reports/<report_no>/verification": (
        *("/nobodys/verification?code=x", None),
        *(200, 200, 200),
    ),
    "POST /api/v1/report-verifications": ("", {"sha256": "0" * 64}, 200, 200, 200),
    "GET /api/v1/me/cases/<code>/certificate": ("/{case}/certificate", None, 401, 404, 404),
    "GET /api/v1/me/cases/<code>/certificate/file": (
        *("/{case}/certificate/file", None),
        *(401, 404, 404),
    ),
    "GET /api/v1/certificates/<number>/verification": (
        *("/nobodys/verification?code=x", None),
        *(200, 200, 200),
    ),
    "POST /api/v1/certificate-verifications": ("", {"sha256": "0" * 64}, 200, 200, 200),
    "POST /api/v1/objections": ("", OBJECTION, 401, 403, 201),
    "POST /api/v1/repairs": ("", REPAIR, 401, 403, 201),
    "POST /api/v1/complaints": ("", COMPLAINT, 401, 201, 201),
    "POST /api/v1/data-requests": ("", DATA_REQUEST, 401, 403, 403),
    "GET /api/v1/cases/<code>": ("/{case}", None, 200, 200, 200),
    "GET /api/v1/me/cases": ("", None, 401, 200, 200),
    "GET /api/v1/me/cases/<code>": ("/{case}", None, 401, 404, 200),
    "POST /api/v1/me/cases/<code>/supplements": ("/{case}/supplements", ADDED, 401, 404, 200),
    "POST /api/v1/me/cases/<code>/withdrawal": ("/{case}/withdrawal", None, 401, 404, 200),
    "POST /api/v1/me/cases/<code>/review": ("/{case}/review", ADDED, 401, 404, 409),
    "POST /api/v1/me/cases/<code>/resubmission": ("/{case}/resubmission", {}, 401, 404, 409),
    "GET /api/v1/records/<record_id>/eligibility": (
        *("/{record}/eligibility", None),
        *(401, 403, 200),
    ),
    "POST /api/v1/evidence": ("", None, 401, 415, 415),
    "GET /api/v1/evidence/<evidence_id>": ("/{file}", None, 401, 404, 200),
    "GET /api/v1/evidence/<evidence_id>/file": ("/{file}/file", None, 401, 404, 409),
    "DELETE /api/v1/evidence/<evidence_id>": ("/{file}", None, 401, 404, 204),
    "POST /api/v1/checks": ("", CHECK, 401, 401, 401),
    "GET /api/v1/checks/<check_no>": ("/{check}", None, 401, 401, 401),
    "POST /api/v1/check-verifications": (
        *("", {"check_no": "C1", "sha256": "0" * 64}),
        *(200, 200, 200),
    ),
    "GET /api/v1/me/verification": ("", None, 401, 200, 200),
    "POST /api/v1/me/verification": ("", {}, 401, 503, 503),  # there is no provider here
    "POST /api/v1/me/verification/complete": (
        *("", {"code": "c", "state": "s"}),
        *(401, 404, 404),
    ),
    "POST /api/v1/check-batches": ("", {"purpose": "approval"}, 401, 401, 401),
    "GET /api/v1/check-batches/<check_no>": ("/nobodys", None, 401, 401, 401),
    "GET /api/v1/check-batches/<check_no>/lines": ("/nobodys/lines", None, 401, 401, 401),
    "GET /api/v1/check-batches/<check_no>/file.csv": ("/nobodys/file.csv", None, 401, 401, 401),
    "POST /api/v1/me/links": ("", None, 401, 201, 201),
    "GET /api/v1/me/links": ("", None, 401, 200, 200),
    "PUT /api/v1/me/installations/<installation_id>": ("/x", None, 401, 415, 415),
    "DELETE /api/v1/me/installations/<installation_id>": ("/device-1", None, 401, 204, 204),
    "POST /api/v1/person-checks": ("", {"authorisation": "x"}, 401, 401, 401),
    "POST /api/v1/me/authorisations": ("", {"institution": USCC}, 401, 403, 403),
    "GET /api/v1/me/authorisations": ("", None, 401, 403, 403),
    "DELETE /api/v1/me/authorisations/<code>": ("/nobodys", None, 401, 403, 403),
    "GET /api/v1/me/inbox": ("", None, 401, 200, 200),
    "GET /api/v1/me/inbox/unread": ("", None, 401, 200, 200),
    "PUT /api/v1/me/inbox/read": ("", None, 401, 415, 415),
    "PUT /api/v1/me/inbox/<message_id>/read": ("/nobodys/read", None, 401, 404, 404),
    "GET /api/v1/me/follows": ("", None, 401, 200, 200),
    "PUT /api/v1/me/follows/entities/<uscc>": (f"/{USCC}", None, 401, 204, 204),
    "DELETE /api/v1/me/follows/entities/<uscc>": (f"/{USCC}", None, 401, 204, 204),
    "PUT /api/v1/me/follows/lists/<list_kind>": ("/WAGE_ARREARS", None, 401, 204, 204),
    "DELETE /api/v1/me/follows/lists/<list_kind>": ("/WAGE_ARREARS", None, 401, 204, 204),
    "PUT /api/v1/me/follows/campaigns": ("", None, 401, 204, 204),
    "GET /api/v1/me/notice-settings": ("", None, 401, 200, 200),
    "PUT /api/v1/me/notice-settings": ("", {"digest": True}, 401, 200, 200),
    "DELETE /api/v1/me/follows/campaigns": ("", None, 401, 204, 204),
    "GET /api/v1/me/credit": ("", None, 401, 403, 403),
    "GET /api/v1/me/credit/organisation": ("", None, 401, 404, 200),
    "GET /api/v1/me/views": ("?about=organisation", None, 401, 404, 200),
    "POST /api/v1/me/reports": ("", REPORT, 401, 403, 403),
    "POST /api/v1/me/shares": ("", {"about": "organisation"}, 401, 404, 201),
    "GET /api/v1/me/shares": ("", None, 401, 200, 200),
    "GET /api/v1/me/shares/<share_id>": ("/{share}", None, 401, 404, 200),
    "DELETE /api/v1/me/shares/<share_id>": ("/{share}", None, 401, 404, 204),
    "POST /api/v1/shares/answer": ("", {"code": "nobodys"}, 404, 404, 404),
    "POST /api/v1/auth/sms-codes": ("", {"phone": NUMBER}, 202, 429, 429),
    "POST /api/v1/auth/phone": (
        *("", ARRIVAL | {"phone": NUMBER, "code": "000000"}),
        *(422, 422, 422),
    ),
    "POST /api/v1/auth/wechat": ("", ARRIVAL | {"code": "unknown"}, 422, 422, 422),
    "POST /api/v1/auth/refresh": ("", {"refresh_token": "never"}, 401, 401, 401),
    "POST /api/v1/auth/step-up/sms-codes": ("", None, 401, 409, 409),
    "POST /api/v1/auth/step-up/wechat": ("", {"code": "x"}, 401, 422, 422),
    "POST /api/v1/auth/step-up": ("", {"code": "000000"}, 401, 409, 409),
    "GET /api/v1/sign-ins": ("", None, 401, 200, 200),
    "DELETE /api/v1/sign-ins": ("", None, 401, 204, 204),
    "DELETE /api/v1/sign-ins/current": ("", None, 401, 204, 204),
    "DELETE /api/v1/sign-ins/<sign_in_id>": ("/{sign_in}", None, 401, 404, 204),
    "GET /api/v1/me": ("", None, 401, 200, 200),
    "POST /api/v1/me/phone/sms-codes": ("", {"phone": NUMBER}, 401, 403, 403),
    "PUT /api/v1/me/phone": ("", {"phone": NUMBER, "code": "000000"}, 401, 403, 403),
    "DELETE /api/v1/me": ("", None, 401, 403, 403),
    "GET /api/v1/me/export": ("", None, 401, 403, 403),
    "PUT /api/v1/me/consents/<document>": ("/terms", {"version": "old"}, 401, 409, 409),
    "DELETE /api/v1/me/consents/<document>": ("/terms", None, 401, 409, 409),
    "GET /api/v1/policies": ("", None, 200, 200, 200),
    "GET /api/v1/openapi.json": ("", None, 200, 200, 200),
    "GET /api/v1/docs": ("", None, 200, 200, 200),
    "GET /api/v1/docs/static/<path:filename>": ("/docs.js", None, 200, 200, 200),
}
# What institutions meet where it is not what nobody meets: without the scope, and with it.
INSTITUTIONS = {
    "POST /api/v1/checks": (403, 201),
    "GET /api/v1/checks/<check_no>": (403, 200),
    "POST /api/v1/check-batches": (403, 415),
    "GET /api/v1/check-batches/<check_no>": (403, 404),
    "GET /api/v1/check-batches/<check_no>/lines": (403, 404),
    "GET /api/v1/check-batches/<check_no>/file.csv": (403, 404),
    "POST /api/v1/person-checks": (403, 422),
    "GET /api/v1/operations/<operation_id>": (403, 404),  # it is a citizen's
    "POST /api/v1/auth/sms-codes": (429, 429),  # somebody has just asked for that number
}
