"""Words in Chinese: names of kinds and states, cards and notices."""

from datetime import date as Date  # noqa: N812 - `date` is a word here
from datetime import datetime

from core.calendar import in_kunming

RECORD_KINDS = {
    "licence": "行政许可",
    "penalty": "行政处罚",
    "red_list": "守信名单",
    "black_list": "严重失信主体名单",
    "abnormal_operation": "经营异常名录",
    "judgment_defaulter": "失信被执行人",
    "promise": "信用承诺",
    "evaluation": "信用评价",
    "honour": "荣誉表彰",
    "contract_performance": "合同履行",
    "qualification": "职业资格",
    "voluntary_statement": "自愿填报",
}

SEVERITIES = {"minor": "轻微", "general": "一般", "serious": "严重"}

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

SUBJECT_KINDS = {
    "legal_entity": "法人或非法人组织",
    "unincorporated": "非法人组织",
    "sole_trader": "个体工商户",
    "government_body": "机关、事业单位或群团组织",
    "natural_person": "自然人",
}

SUBJECT_STATES = {
    "unknown": "登记状态未提供",
    "active": "存续",
    "revoked": "吊销",
    "deregistered": "注销",
    "merged": "合并注销",
    "deceased": "死亡",
}

CASE_KINDS = {"objection": "异议申请", "repair": "信用修复申请"}

CASE_STATES = {
    "submitted": "已提交",
    "upheld": "已采纳",
    "refused": "不予采纳",
    "withdrawn": "已撤回",
}
REPAIR_STATES = CASE_STATES | {"upheld": "准予修复", "refused": "不予修复"}

GROUNDS = {
    "wrong": "信息有错误",
    "incomplete": "信息有遗漏",
    "term_over": "超过期限仍在公示",
    "not_public": "不应公示",
    "not_mine": "不是本单位",
    "already_repaired": "已经修复但未更新",
    "settled": "已履行完毕，申请修复",
}

REPORT_STATES = {
    "requested": "正在生成",
    "valid": "有效",
    "superseded": "已有更新的报告",
    "recalled": "已撤回",
    "failed": "没有生成",
}
REPORT_STANDINGS = {
    "valid": "有效",
    "expired": "已过有效期",
    "superseded": "已有更新的报告",
    "recalled": "已撤回",
    "unknown": "查不到",
}
REPORT_PURPOSES = {
    "self_check": "自查",
    "approval": "行政审批",
    "bidding": "招标投标",
    "procurement": "政府采购",
    "public_funds": "申请财政资金",
    "awards": "评先评优",
    "financing": "融资",
    "other": "其他",
}

DIRECTIONS = "异议或修复请在“信用昆明”App 办理，全程免费，无需代办。"

# A lock screen is read over shoulders: no name, no list, no figure stands on it.
ALERT_CARD = ("您关注的主体有新的信用提醒", "请点开查看详情")
RECALL_CARD = ("您收到过的信用提醒有更正", "请点开查看详情")
CAMPAIGN_CARD_HINT = "点开阅读全文，回复“退订”可退订"
CASE_CARD = {"objection": "异议申请已收到", "repair": "信用修复申请已收到"}
# What it is about, and what has become of it (WeChat's phrase: five characters at most).
REPORT_CARD = {
    "report_ready": ("您申请的信用报告已生成", "可以下载"),
    "report_recalled": ("您申请过的信用报告已撤回", "已撤回"),
}


def case_state(kind: str, state: str) -> str:
    """Name the state of a case of this kind."""
    return (REPAIR_STATES if kind == "repair" else CASE_STATES)[state]


def time(moment: datetime) -> str:
    """Write an instant as WeChat's time field takes it, in Kunming's time."""
    return f"{in_kunming(moment):%Y年%m月%d日 %H:%M}"


def date(value: Date) -> str:
    """Write a date."""
    return f"{value.year}年{value.month}月{value.day}日"


def advice(what: str, day: Date | None) -> str:
    """Say what may be done about a record; `day` is from when it may be repaired."""
    return ADVICE[what].format(date(day) if day else "")


def term(said: str, citation: str) -> str:
    """Say in plain words how long the law has a record shown, and which law."""
    return f"{said}。依据：{citation}。"


def alert_title(name: str, list_name: str) -> str:
    """Head the text that an alert leads to."""
    return f"{name}被列入{list_name}"


def ended() -> str:
    """Say that the record of an alert is no longer published."""
    return "这条记录现在已经停止公示，请以最新查询结果为准。"


# What became of a record, as whoever was told of it must now read it.
RECALLS = {
    "corrected": "这条记录的内容已经更正，请以下面的内容为准。",
    "repaired": "这条记录已经完成信用修复，停止公示，不再作为失信信息使用。",
    "expired": "这条记录的公示期已满，停止公示。",
    "withdrawn": "这条记录已经撤销，请不要再依据原来的提醒作判断。",
    "removed": "这个主体已经移出名单，这条记录停止公示。",
    "shielded": "这条记录已经暂停公示，请不要再依据原来的提醒作判断。",
    "quarantined": "这条记录正在重新核实，暂停公示，请不要再依据原来的提醒作判断。",
    "held": "这条记录不应公示，已经停止公示，请不要再依据原来的提醒作判断。",
}


def recall_title(name: str) -> str:
    """Head the text that a recall leads to."""
    return f"关于{name}的提醒有更正"


ALERT_FACTS = {
    "entity": "主体名称",
    "uscc": "统一社会信用代码",
    "list": "名单",
    "event_date": "列入日期",
    "authority": "认定单位",
    "document_no": "依据文书",
    "repairable_from": "最早可申请修复",
    "ends_on": "公示截止",
    "as_of": "信息截至",
}

REPORT_FACTS = {
    "report_no": "报告编号",
    "entity": "主体名称",
    "state": "报告状态",
    "as_of": "信息截至",
    "valid_until": "有效期至",
}
REPORT_HINTS = {
    "report_ready": "请在“信用昆明”App 下载。别人可以凭报告首页的编号和核验码核验。",
    "report_recalled": "报告所载的记录已被撤回、修复或更正，这份报告不能再用。请重新申请一份，"
    "并告诉从您这里拿到报告的人。",
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


def no_longer_shown(count: int) -> str:
    """Say how many members of a release are no longer shown."""
    return f"另有 {count} 条在公布之后停止公示，不再列出。"


def release_as_of(total: int, moment: datetime) -> str:
    """Say how many a release named, and as of when its page is."""
    return f"公布时 {total} 条。以下是截至 {time(moment)} 仍在公示的。"


def release_title(list_name: str, day: Date) -> str:
    """Name a release."""
    return f"{list_name}（{date(day)}公布）"


RECEIPT_FACTS = {"code": "受理编号", "state": "办理状态"}
RECEIPT_HINT = "请保存受理编号。凭它可以随时查询进度，不用登录；也请不要告诉无关的人。"
