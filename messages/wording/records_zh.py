"""Words of records, lists and releases in Chinese."""

from datetime import date as Date  # noqa: N812 - `date` is a word elsewhere
from datetime import datetime

from messages.wording import zh

# What a record bears while it is shown otherwise than as it was published.
MARKS = {"disputed": "异议处理中", "corrected": "已更正"}

ADVICE = {
    "should_not_be_public": "轻微行政处罚不应公示，请马上提出异议。",
    "repair_now": "现在可以申请信用修复。",
    "repair_later": "{} 起可以申请信用修复。",
    "object": "认为这条记录有误，可以提出异议。",
    "await_objection": "这条记录的异议正在处理，请等待结果，凭受理编号可以查询进度。",
}

DETAIL_FACTS = {
    "violation_type": "违法行为类型",
    "violation_facts": "违法事实",
    "legal_basis": "处罚依据",
    "content": "决定内容",
    "fine_wan": "罚款（万元）",
    "confiscated_wan": "没收金额（万元）",
    "licence_taken": "暂扣或吊销的证照",
    "document_title": "决定文书",
    "category": "许可类别",
    "certificate_name": "证书名称",
    "licence_no": "许可编号",
    "valid_from": "有效期自",
    "valid_to": "有效期至",
    "promise_type": "承诺类型",
    "matter": "事项",
    "fulfilment": "履行情况",
    "result": "结果",
    "list_name": "名单名称",
}

RELEASE_COLUMNS = {
    "name": "主体名称",
    "uscc": "统一社会信用代码",
    "document_no": "依据文书",
    "authority": "认定单位",
    "event_date": "列入日期",
    "ends_on": "公示截止",
    "mark": "标注",
}


def advice(what: str, day: Date | None) -> str:
    """Say what may be done about a record; `day` is from when it may be repaired."""
    return ADVICE[what].format(zh.date(day) if day else "")


def term(said: str, citation: str) -> str:
    """Say in plain words how long the law has a record shown, and which law."""
    return f"{said}。依据：{citation}。"


def listed(since: Date, until: Date | None) -> str:
    """Say since when a member is on a list, and until when it is shown."""
    ends = f"，公示至{zh.date(until)}" if until else ""
    return f"{zh.date(since)}列入{ends}"


def no_longer_shown(count: int) -> str:
    """Say how many members of a release are no longer shown."""
    return f"另有 {count} 条在公布之后停止公示，不再列出。"


def release_as_of(total: int, moment: datetime) -> str:
    """Say how many a release named, and as of when its page is."""
    return f"公布时 {total} 条。以下是截至 {zh.time(moment)} 仍在公示的。"


def release_title(list_name: str, day: Date) -> str:
    """Name a release."""
    return f"{list_name}（{zh.date(day)}公布）"
