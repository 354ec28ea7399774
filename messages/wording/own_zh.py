"""Words of one's own credit in Chinese: what happened to a record, who looked, what was shared."""

HAPPENINGS = {
    "decided": "作出决定",
    "received": "我们收到",
    "published": "开始公示",
    "followers_told": "提醒了关注者",
    "changed": "状态变化",
    "correction_told": "向收到提醒的人更正",
    "repairable": "起可以申请修复",
    "ends": "公示的最后一天",
}

RECORD_STATES = {
    "loaded": "已入库",
    "held": "不公示",
    "quarantined": "核实中",
    "published": "公示中",
    "disputed": "异议处理中",
    "corrected": "已更正",
    "repaired": "已修复",
    "expired": "公示期满",
    "withdrawn": "已撤销",
    "shielded": "暂停公示",
    "removed": "已移出",
}

# Whoever reads a person's data names a role and a purpose by such a code; `other` is for the rest.
LOOK_ROLES = {
    "self": "您本人",
    "share_recipient": "持您授权码的人",
    "institution": "核查机构",
    "case_handler": "办理异议和修复的工作人员",
    "staff": "工作人员",
    "ticker": "系统自动办理",
    "upstream": "信用平台（上报）",
    "other": "其他",
}
LOOK_PURPOSES = {
    "own_file": "查看本人信用",
    "own_report": "本人信用报告",
    "own_certificate": "本人的信用修复决定书",
    "share_answer": "凭授权码查询是否严重失信",
    "reevaluate": "按新的规定重新判断",
    "correct_record": "更正信用记录",
    "find_record": "核对信用记录",
    "objection": "办理异议",
    "repair": "办理信用修复",
    "eligibility": "核对能否办理异议和修复",
    "own_case": "查看本人的办件",
    "procurement": "政府采购",
    "tendering": "招标投标",
    "approval": "行政审批",
    "public_funds": "财政资金安排",
    "awards": "评先评优",
    "financing": "融资授信",
    "supervision": "分级分类监管",
    "handle_case": "办理本人的申请",
    "confirm_case": "审核对申请的拟办意见",
    "answer_applicant": "答复申请人的询问",
    "supervise_case": "监督检查办件",
    "check_notice": "核查消息是否送达",
    "answer_notice": "答复关于消息的询问",
    "upstream": "向上级信用平台报送修复结果",
    "other": "其他",
}
LOOK_FIELDS = {
    "number": "证件号码",
    "name": "姓名或名称",
    "records": "信用记录",
    "facts": "记录内容",
    "registration": "登记信息",
    "counts": "记录条数",
    "lists": "名单记录",
    "dishonesty": "是否严重失信",
    "case": "申请的内容",
    "evidence": "申请的证据文件",
    "notices": "消息的发送情况",
    "other": "其他",
}

SHARE_STATES = {
    "open": "可以使用",
    "used": "已用完",
    "expired": "已过期",
    "revoked": "已撤销",
}
SHARE_ASKERS = {
    "anybody": "持码人（未登录）",
    "account": "持码人（已登录的用户）",
    "institution": "机构",
}
SHARE_SAID = {
    True: "有：截至 {}，有仍在公示期内的严重失信记录。",
    False: "没有：截至 {}，没有仍在公示期内的严重失信记录。",
}
