"""Words for rules of law in Chinese: what each row of a table says."""

RULE_KINDS = {
    "term": "公示期",
    "penalty_class": "失信程度",
    "clock": "办理时限",
    "disclosure": "披露范围",
    "catalogue_item": "归集目录",
    "list": "名单",
    "measure": "惩戒措施",
    "door": "不予归集",
    "transition": "新旧规则衔接",
    "restoration": "撤销修复后的公示期",
    "lasting": "保存和有效的期限",
}

SOURCE_STATUSES = {"read": "已核对原文", "secondary": "据转载", "unverified": "未核实"}

STARTS = {
    "document_date": "自决定之日起",
    "listed_at": "自列入之日起",
    "published_at": "自公布之日起",
    "corrected_at": "自改正之日起",
}

VISIBILITIES = {
    "public": "公开",
    "authorised": "主体授权后可查",
    "subject": "只有主体本人可查",
    "internal": "只有工作人员可查",
}

SUMS = {"fine": "罚款", "confiscated": "没收"}

PHRASES = {
    "joined": "，",
    "listed": "、",
    "of": "{}：{}",
    "longest": "最长 {} 个月",
    "no_end": "没有固定期限",
    "repair": "满 {} 个月可申请提前终止",
    "repair_at_once": "履行后即可申请提前终止",
    "no_repair": "不能提前终止",
    "set": "期限由认定机关决定",
    "scope": "适用于 {}",
    "at_least": "{}不低于 {} 万元",
    "below": "{}低于 {} 万元",
    "days": "{} 个工作日",
    "months": "{} 个月",
    "extension": "可延长 {} 个工作日",
    "subject": "限于{}",
    "entailed": "可能承担：{}",
    "not_entailed": "不承担：{}",
    "under_age": "未满 {} 周岁",
    "kinder": "从有利于信用主体的规定",
    "restart": "恢复公示，公示期重新计算",
    "restored_for": "恢复公示 {} 个月",
    "goes_on": "恢复公示，公示期不变",
    "nothing": "暂无本平台归集的记录",
    "everyone": "所有这类信息",
}
