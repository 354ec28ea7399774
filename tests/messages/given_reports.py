"""What tests of the layout begin with: a snapshot of an entity, and the records that it tells."""

import itertools
from datetime import UTC, date, datetime

from core.records import RecordKind
from core.reports.ledger import Purpose
from core.reports.telling import Snapshot, Told
from core.subjects import SubjectKind, SubjectState
from messages.report.contents import Edition

_numbers = itertools.count(1)
EDITION = Edition(
    "https://credit.example.cn",
    {"令36 一般行政处罚": "《信用修复管理办法》（国家发展改革委令第36号）"},
)


def told(kind=RecordKind.PENALTY, **others):
    number = next(_numbers)
    given = {
        "id": number,
        "kind": RecordKind(kind),
        "list_kind": None,
        "title": "未经许可从事食品经营活动",
        "severity": None,
        "state": "published",
        "authority": "昆明市市场监督管理局",
        "department": "昆明市市场监督管理局",
        "document_no": f"昆市监罚〔2026〕{number}号",
        "event_date": date(2026, 5, 8),
        "published_on": date(2026, 5, 12),
        "repairable_from": None,
        "ends_on": date(2027, 5, 8),
        "rule": None,
        "basis": None,
    }
    return Told(**given | others)


def snapshot(*records, **others):
    given = {
        "report_no": "2026112509301247QX3ZKD",
        "verify_code": "0123456789ABCDEF",
        "purpose": Purpose.BIDDING,
        "as_of": datetime(2026, 11, 25, 1, 30, tzinfo=UTC),
        "valid_until": date(2026, 12, 25),
        "uscc": "91530102000000019G",
        "uscc_check_ok": True,
        "name": "昆明示例滇味餐饮有限公司",
        "kind": SubjectKind.LEGAL_ENTITY,
        "state": SubjectState.ACTIVE,
        "district": "530102",
        "records": records,
    }
    return Snapshot(**given | others)
