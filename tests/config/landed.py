"""Rows as each landed version of the schema held them: some in every table, in every shape."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 11, 23, 4, 5, 6, 789, tzinfo=UTC)
DAY = date(2026, 11, 20)
RECORD = {
    "fingerprint": "f",
    "version": 2,
    "subject_id": 1,
    "kind": "black_list",
    "title": "拖欠农民工工资",
    "authority": "昆明市人力资源和社会保障局",
    "department_id": 1,
    "event_date": DAY,
    "facts": {"months": 36, "依据": "令45"},
    "batch_id": 1,
    "received_at": NOW,
}
DELIVERY = {"event_id": 1, "kind": "blacklisted", "urgent": True, "fence": 1, "due_at": NOW}
SUBJECT = {"uscc_check_ok": True, "district": "530102", "state": "active", "first_seen_at": NOW}
CASE = {"account_id": 1, "record_id": 1, "statement": "已结清", "holder_id": 1, "opened_at": NOW}
# In the order in which they refer to each other; written as the version itself would have.
FIRST = {
    "accounts": [{"id": 1, "created_at": NOW}, {"id": 2, "created_at": NOW}],
    "addresses": [
        {"account_id": 1, "channel": "wechat", "value": "oA", "active": True, "changed_at": NOW},
        {"account_id": 2, "channel": "identity", "value": "b", "active": False, "changed_at": NOW},
    ],
    "articles": [{"fingerprint": "a", "title": "诚信", "body": "正文", "published_at": NOW}],
    "departments": [{"id": 1, "name": "昆明市人力资源和社会保障局"}],
    "subjects": [
        {"id": 1, "kind": "legal_entity", "uscc": "91530102000000019G"}
        | SUBJECT
        | {"name": "昆明示例滇味餐饮有限公司", "name_key": "昆明示例滇味餐饮有限公司"},
        {"id": 2, "kind": "sole_trader", "uscc": "92530102MA6K000000"}
        | SUBJECT
        | {"name": "官渡区示例米线店", "name_key": "官渡区示例米线店"},
    ],
    "intake_batches": [
        {"id": 1, "file_name": "f.csv", "file_hash": "h", "layout": "lists", "state": "done"}
        | {"rows_read": 2, "rows_loaded": 2, "rows_unchanged": 0, "rows_rejected": 0}
        | {"warnings": 1, "started_at": NOW, "finished_at": NOW},
    ],
    "records": [
        RECORD
        | {"id": 1, "natural_key": "k1", "state": "published", "document_no": "昆人社〔2026〕1号"}
        | {"ends_on": date(2029, 11, 20), "published_at": NOW, "severity": "serious"},
        RECORD
        | {"id": 2, "natural_key": "k2", "state": "held", "document_no": "昆人社〔2026〕2号"}
        | {"repairable_from": DAY, "list_kind": "WAGE_ARREARS", "rule": "令45"},
    ],
    "record_changes": [
        {"record_id": 1, "from_state": "loaded", "to_state": "published", "at": NOW}
        | {"who": "intake", "why": "公示"},
    ],
    "follows": [
        {"account_id": 1, "topic": "subject", "subject_id": 1, "since": NOW},
        {"account_id": 2, "topic": "campaigns", "subject_id": 0, "since": NOW, "until": NOW},
    ],
    "events": [
        {"id": 1, "kind": "blacklisted", "key": "e1", "audience": "subject_followers"}
        | {"audience_id": 1, "facts": {"record_id": 1}, "event_date": DAY, "owed_at": NOW}
        | {"reached": 1, "expanded_at": NOW},
    ],
    "deliveries": [
        DELIVERY | {"account_id": 1, "state": "sending", "tries": 1, "unsure": True},
        DELIVERY | {"account_id": 2, "state": "due", "tries": 0, "unsure": False},
    ],
    "receipts": [{"msgid": "m1", "status": "success", "at": NOW}],
    "cases": [
        CASE | {"id": 1, "kind": "repair", "receipt_code": "A", "grounds": "x", "state": "upheld"},
        CASE
        | {"id": 2, "kind": "repair", "receipt_code": "B", "grounds": "y"}
        | {"state": "submitted"},
    ],
    "case_events": [
        {"case_id": 1, "state": "upheld", "at": NOW, "who": "applicant", "note": "说明"},
    ],
}
TRAIL = {
    "trail": [
        {"id": 1, "kind": "act", "actor": "cli", "role": "intake", "action": "publish", "at": NOW}
        | {"object": "batch:1", "facts": {"records": 1}, "number": 1, "mac": "m"},
        {"id": 2, "kind": "access", "actor": "account:1", "role": "subject", "action": "read"}
        | {"subject_id": 2, "purpose": "own", "legal_basis": "个保法45条", "at": NOW}
        | {"facts": {"fields": ["records"]}},
    ],
    "seals": [
        {"id": 1, "first": 1, "last": 1, "digest": "d", "previous": "", "at": NOW, "mac": "m"},
    ],
}
# What the archive added: states, persons, names, numbers, releases, reports, lines, frequencies.
PUBLIC = {"visibility": "public", "applied": {"severity": "令36 一般"}}
STATES = (
    *("loaded", "held", "quarantined", "published", "disputed", "corrected", "repaired"),
    *("expired", "withdrawn", "shielded", "removed"),
)
KINDS = (
    *("licence", "penalty", "red_list", "black_list", "abnormal_operation"),
    *("judgment_defaulter", "promise", "evaluation", "honour", "contract_performance"),
    *("qualification", "voluntary_statement"),
)
LATER = RECORD | PUBLIC | {"department_id": 2, "document_no": "1号", "batch_id": 2}
RECORDS = [
    *(one | PUBLIC for one in FIRST["records"]),
    *(
        LATER | {"id": 10 + number, "natural_key": f"of a state {state}", "state": state}
        for number, state in enumerate(STATES)
    ),
    *(
        LATER
        | {"id": 30 + number, "natural_key": f"of a kind {kind}", "kind": kind}
        | {"state": "published", "list_kind": "WAGE_ARREARS", "published_at": NOW}
        for number, kind in enumerate(KINDS)
    ),
    LATER
    | {"id": 50, "natural_key": "of a person", "subject_id": 5, "state": "published"}
    | {"visibility": "subject", "facts": {"sealed": "k1:abc"}},
    LATER
    | {"id": 51, "natural_key": "re-evaluated", "state": "published", "rule": "令36 一般行政处罚"}
    | {"applied": {"transition": "令36 施行前的处罚", "earlier": [{"rule": "令58 行政处罚"}]}},
]
REPORT = {"file_key": "f", "subject_id": 1, "tries": 1, "due_at": NOW, "requested_at": NOW}
ARCHIVE = {
    "departments": [
        {"id": 1, "name": "昆明市人力资源和社会保障局", "level": "city", "district": "530100"},
        {"id": 2, "name": "昆明市市场监督管理局", "uscc": "11530100000090018E"},
        {"id": 3, "name": "昆明市工商行政管理局", "successor_id": 2},
    ],
    "subjects": [
        *FIRST["subjects"],
        {"id": 4, "kind": "government_body", "uscc": "11530100000090018E"}
        | SUBJECT
        | {"name": "昆明市市场监督管理局", "name_key": "昆明市市场监督管理局", "zone": "经开区"},
        {"id": 5, "kind": "natural_person"} | SUBJECT | {"name": "", "name_key": ""},
        {"id": 6, "kind": "unincorporated", "uscc": "31530100MD00000000"}
        | SUBJECT
        | {"name": "示例律师所", "name_key": "示例律师所", "state": "merged", "successor_id": 1},
    ],
    "subject_names": [
        {"subject_id": 1, "name": "昆明示例小吃店", "name_key": "昆明示例小吃店", "until": DAY},
        {"subject_id": 1, "name": "旧名", "name_key": "旧名", "since": DAY, "until": DAY},
    ],
    "subject_numbers": [
        {"subject_id": 1, "scheme": scheme, "value": scheme, "valid_from": DAY, "check_ok": True}
        for scheme in ("registration_no", "org_code", "tax_no", "social_org_no")
    ],
    "persons": [
        {"subject_id": 5, "number_hash": "h", "other_hash": "o", "number_sealed": "k1:n"}
        | {"name_sealed": "k1:m", "birth_year": 1990},
    ],
    "intake_batches": [
        *FIRST["intake_batches"],
        {"id": 2, "file_name": "g.json", "file_hash": "g", "layout": "penalty", "state": "running"}
        | {"rows_read": 30, "rows_loaded": 30, "rows_unchanged": 0, "rows_rejected": 0}
        | {"warnings": 0, "who": "intake", "report": "g-2.csv", "started_at": NOW},
    ],
    "records": RECORDS,
    "events": [FIRST["events"][0] | {"record_id": 1}],
    "intake_lines": [{"record_id": 1, "line": "a name"}, {"record_id": 50, "line": "another"}],
    "releases": [
        {"id": 1, "list_kind": "WAGE_ARREARS", "released_on": DAY, "members": 2, "made_at": NOW},
    ],
    "release_members": [{"release_id": 1, "record_id": one} for one in (1, 2)],
    "reports": [
        REPORT
        | {"id": 1, "report_no": "R1", "verify_code": "v", "purpose": "bidding", "state": "valid"}
        | {"account_id": 1, "as_of": NOW, "valid_until": DAY, "snapshot_hash": "s"}
        | {"pdf_hash": "p", "size": 9, "made_at": NOW},
        REPORT
        | {"id": 2, "report_no": "R2", "verify_code": "w", "purpose": "other"}
        | {"state": "requested"},
    ],
    "report_records": [{"report_id": 1, "record_id": one} for one in (1, 11)],
    "gram_counts": [{"gram": "昆明", "names": 3, "by_length": [0, 3]}],
}
LANDED = {"0001": FIRST, "0002": FIRST | TRAIL, "0007": FIRST | TRAIL | ARCHIVE}
LANDED["0047"] = LANDED["0007"]
