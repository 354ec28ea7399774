"""Words in Chinese: names of kinds and states, cards and notices."""

from datetime import date as Date  # noqa: N812 - `date` is a word here
from datetime import datetime

from core.calendar import in_kunming
from messages.wording import cases_zh

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
    "suspended": "歇业",
    "revoked": "吊销",
    "annulled": "撤销登记",
    "deregistered": "注销",
    "merged": "合并注销",
    "moved_away": "迁出",
    "deceased": "死亡",
}

NUMBER_SCHEMES = {
    "uscc": "统一社会信用代码",
    "registration_no": "工商注册号",
    "org_code": "组织机构代码",
    "tax_no": "税务登记号",
    "institution_cert_no": "事业单位证书号",
    "social_org_no": "社会组织登记证号",
}

CASE_KINDS = {
    "objection": "异议申请",
    "repair": "信用修复申请",
    "complaint": "投诉",
    "data_request": "个人信息请求",
}

CASE_STATES = {
    "submitted": "已提交",
    "annotated": "已标注异议",
    "forwarded": "已转办",
    "accepted": "已受理",
    "supplement_wanted": "待补充材料",
    "not_accepted": "不予受理",
    "upheld": "已采纳",
    "refused": "不予采纳",
    "applied": "已落实",
    "withdrawn": "已撤回",
    "revoked": "已撤销",
}
REPAIR_STATES = CASE_STATES | {
    "upheld": "准予修复",
    "refused": "不予修复",
    "applied": "已停止公示",
    "revoked": "修复已撤销",
}
COMPLAINT_STATES = CASE_STATES | {"upheld": "投诉成立", "refused": "投诉不成立"}
DATA_REQUEST_STATES = CASE_STATES | {"upheld": "同意办理", "refused": "不予办理"}
_STATES = {"repair": REPAIR_STATES, "complaint": COMPLAINT_STATES}
_STATES |= {"data_request": DATA_REQUEST_STATES}

GROUNDS = {
    "wrong": "信息有错误",
    "incomplete": "信息有遗漏",
    "term_over": "超过期限仍在公示",
    "not_public": "不应公示",
    "not_mine": "不是本单位",
    "already_repaired": "已经修复但未更新",
    "privacy": "侵犯隐私或商业秘密",
    "settled": "已履行完毕，申请修复",
    "record_handling": "信用信息的处理",
    "department": "某个单位的做法",
    "service": "平台的服务",
} | cases_zh.DATA_RIGHTS

OPERATION_KINDS = {
    "report": "信用报告",
    "batch_verification": "批量信用核查",
}
OPERATION_STATES = {
    "waiting": "等待办理",
    "running": "正在办理",
    "done": "已办成",
    "failed": "没有办成",
}

EVENT_KINDS = {
    "account_changed": "账户变动",
    "blacklisted": "名单提醒",
    "campaign": "诚信宣传",
    "case_due": "补正期限提醒",
    "case_moved": "办理进展",
    "case_opened": "受理回执",
    "case_overdue": "办理超期",
    "late_reply": "对话回复",
    "list_released": "名单公布",
    "recalled": "更正",
    "report_ready": "报告生成",
    "report_recalled": "报告撤回",
    "digest": "每日汇总",
    "ending": "公示将满",
    "record_added": "新记录",
    "repairable": "可以修复",
    "viewed": "有人查看",
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

DIRECTIONS = "异议或修复请在公众号“办事项”或“信用昆明”App 办理，全程免费，无需代办。"

# A lock screen is read over shoulders: no name, no list, no figure stands on it.
PUSH_TITLE = "信用昆明"
CAMPAIGN_CARD_HINT = "点开阅读全文，回复“退订”可退订"
CAMPAIGN_LEAVE = "不想再收到诚信宣传，请在公众号里回复“退订”。"
CAMPAIGN_HINT = "点开阅读全文。"
EDITION_FACTS = {"released_on": "公布日期", "members": "公布时的条数"}
EDITION_HINT = "公布以后停止公示的不再列出，请以查看时的内容为准。"


def case_state(kind: str, state: str) -> str:
    """Name the state of a case of this kind."""
    return _STATES.get(kind, CASE_STATES)[state]


def time(moment: datetime) -> str:
    """Write an instant as WeChat's time field takes it, in Kunming's time."""
    return f"{in_kunming(moment):%Y年%m月%d日 %H:%M}"


def date(value: Date) -> str:
    """Write a date."""
    return f"{value.year}年{value.month}月{value.day}日"


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
    "title": "记录",
    "event_date": "列入日期",
    "decided_on": "决定日期",
    "authority": "认定单位",
    "document_no": "依据文书",
    "repairable_from": "最早可申请修复",
    "ends_on": "公示截止",
    "as_of": "信息截至",
}

VERIFICATION_PURPOSES = {"verify": "实名核验", "step_up": "再次核验"}

REPORT_FACTS = {
    "report_no": "报告编号",
    "entity": "主体名称",
    "state": "报告状态",
    "as_of": "信息截至",
    "valid_until": "有效期至",
}
REPORT_HINTS = {
    "report_ready": "请在公众号或 App 的“信用报告”里下载。别人可以凭报告首页的编号和核验码核验。",
    "report_recalled": "报告所载的记录已被撤回、修复或更正，这份报告不能再用。请重新申请一份，"
    "并告诉从您这里拿到报告的人。",
}

RECEIPT_FACTS = {"code": "受理编号", "state": "办理状态"}
RECEIPT_HINT = "请保存受理编号。凭它可以随时查询进度，不用登录；也请不要告诉无关的人。"
