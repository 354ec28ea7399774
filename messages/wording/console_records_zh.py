"""What the console says of records, in Chinese."""

from collections.abc import Mapping

from messages.wording.records_zh import DETAIL_FACTS

FIELDS = DETAIL_FACTS | {
    "event_date": "决定（列入）日期",
    "document_no": "文号",
    "severity": "失信程度",
    "penalty_types": "处罚类别",
    "publication_end": "公示截止期",
    "term_months": "公示月数",
    "early_removal_after": "提前移出条件",
    "state": "部门写的当前状态",
    "public": "是否公开",
    "source": "来源",
    "registered_on": "立案日期",
    "basis_no": "执行依据文号",
    "basis_authority": "作出执行依据单位",
    "duty": "生效法律文书确定的义务",
    "performance": "履行情况",
    "performed_part": "已履行部分",
    "unperformed_part": "未履行部分",
    "disrupt_type": "失信行为具体情形",
    "list_name": "名单名称",
}
CHOICES = {"minor": "轻微", "general": "一般", "serious": "严重"}
HINTS = {
    "event_date": "如 2026-03-01",
    "publication_end": "如 2027-03-01，没有的空着",
    "valid_to": "如 2027-03-01，长期的写 2099-12-31",
    "penalty_types": "几种之间用分号隔开",
    "severity": "空着的由规则表决定",
}
LONG = frozenset(
    ("violation_facts", "legal_basis", "content", "duty", "performance", "disrupt_type", "matter")
)
PURPOSES = {
    "find_record": "核对信用记录",
    "correct_record": "更正信用记录",
    "objection": "办理异议",
    "repair": "办理信用修复",
}
EVENTS = {
    "blacklisted": "失信提醒",
    "recalled": "更正通知",
    "list_released": "名单公布",
}
_WHO = {
    "intake": "导入",
    "samples": "示例数据",
    "batch": "整批撤回",
    "ticker": "系统自动办理",
    "applicant": "申请人",
    "system": "系统",
}
NOT_A_NUMBER = "请输入完整、正确的 18 位公民身份号码；不能按姓名或部分号码查找。"
BAD_FIELD = "“{}”填得不对，没有保存。请核对格式后再提交。"
CORRECTED = "已更正。公示期按规则重新计算，被告知过的人会收到更正通知。"
QUARANTINED = "已放入“核实中”，公众现在看不到这条记录。"
RELEASED = "已解除核实。要公示的，请到它的批次里申请公示，由另一位同事同意。"
SHIELDED = "已暂停公示。"
UNSHIELDED = "已恢复公示。"
WITHDRAWAL_ASKED = "已提出撤销，请另一位同事到“审批”里办理。"


def who(actor: str, names: Mapping[int, str]) -> str:
    """Name who did something: a member of the staff by name, all else by what it is."""
    if actor.startswith("staff:"):
        return names.get(int(actor[6:]), "工作人员")
    return _WHO.get(actor, "系统")
