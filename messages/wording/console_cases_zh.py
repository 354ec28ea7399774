"""What the console's pages of cases say, in Chinese."""

LIGHTS = {"red": "已超期", "amber": "快到期", "green": "期限内"}
WHOSE = {
    "ours": "等我单位办的",
    "mine": "我接办的",
    "proposed": "等待确认的",
    "applicant": "等申请人补充的",
    "departments": "在办理单位的",
}
STEPS = {
    "take": "接办",
    "annotate": "标注异议",
    "forward": "转给办理单位",
    "accept": "受理",
    "want_supplement": "要求补充材料",
    "extend": "延长期限",
    "propose": "提出拟办意见",
    "not_accept": "不予受理",
    "take_back": "收回拟办意见",
    "confirm": "确认拟办意见",
    "send_back": "退回拟办意见",
}
# What each step brings, said before it is taken.
BRINGS = {
    "take": "由您接办这件；别人要办，须先接办。",
    "annotate": "记录加上异议标注；申请人称“不是本单位”的，改为暂停公示。申请人会收到通知。",
    "forward": "转给作出决定的单位办理。申请人会收到通知。",
    "accept": "受理以后开始计算办理期限。申请人会收到通知。",
    "want_supplement": "办理期限停止计算，直到申请人补充。申请人会收到通知。",
    "extend": "只能延长一次。申请人会收到通知。",
    "propose": "由另一位同事确认后才生效，确认以前申请人不知道。",
    "not_accept": "立即生效，这件就此办结。申请人会收到理由和说明。",
    "take_back": "收回以后可以重新提出。",
    "confirm": "立即生效：记录随即处理，申请人和收到过提醒的人会收到通知。",
    "send_back": "退给经办人重新办理，申请人不知道。",
}
_NO_RECORD = {"confirm": "立即生效：申请人会收到答复。"}
_OF_DATA = {"accept": "答复的期限仍从提交之日起算。申请人会收到通知。"}
DONE = {
    "take": "已由您接办。",
    "annotate": "已标注。",
    "forward": "已转给办理单位。",
    "accept": "已受理。",
    "want_supplement": "已要求补充材料。",
    "extend": "期限已延长。",
    "propose": "拟办意见已提出，等待另一位同事确认。",
    "not_accept": "已作不予受理。",
    "take_back": "拟办意见已收回。",
    "confirm": "已确认，立即生效。",
    "send_back": "已退回经办人。",
}
OUTCOMES = {"upheld": "采纳", "refused": "不予采纳"}
REMEDIES = {
    "withdraw": "撤下记录",
    "correct": "更正记录（在下面填要改的项）",
    "hold": "不再公示（依法不应公示的）",
}
PROPOSAL_STATES = {
    "proposed": "等待确认",
    "confirmed": "已确认",
    "sent_back": "已退回",
    "lapsed": "已失效（收回，或案件有了新的变化）",
}
PURPOSES = {
    "handle_case": "办理这件申请",
    "confirm_case": "审核拟办意见",
    "answer_applicant": "答复申请人的询问",
    "supervise_case": "监督检查",
}
COLUMNS = {
    "receipt_code": "受理编号",
    "kind": "种类",
    "state": "办理状态",
    "due": "下一步",
    "due_on": "最晚在",
    "light": "期限",
    "holder": "由谁办理",
    "handler": "经办人",
    "opened_on": "提交日期",
}
STAND_IN = "由平台代办"
STAND_IN_BRINGS = "办理单位没有能办件的账户。由平台的同事代它办理，申请人会被告知；期限不变。"
STOOD_IN = "已由平台代办，申请人会收到通知。请平台的经办人员接办。"
GIVE_BACK = "交还办理单位"
GIVE_BACK_BRINGS = "以后由办理单位自己办理，申请人会被告知；等待确认的拟办意见失效。"
GIVEN_BACK = "已交还办理单位，申请人会收到通知。"
REVIEW = "（复核）"
SHEET = "办件"
FIELDS = {
    "event_date": "决定日期",
    "document_no": "依据文书",
    "severity": "轻重",
    "penalty_types": "处罚类别",
    "public": "是否公开",
}
REVOKE = "材料虚假？撤销修复"


def brings(step: str, kind: str, *, has_record: bool) -> str:
    """Say what a step brings, to a case of a kind that is about a record or about none."""
    others = (_OF_DATA if kind == "data_request" else {}) | ({} if has_record else _NO_RECORD)
    return others.get(step, BRINGS[step])
