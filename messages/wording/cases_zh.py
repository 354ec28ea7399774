"""Words about cases in Chinese: whose turn it is, what is due, what is needed, files."""

HOLDERS = {"platform": "信用昆明平台", "department": "办理单位", "applicant": "申请人"}
ACTIONS = {
    "filed": "提交申请",
    "supplemented": "补充材料",
    "moved": "办理进展",
    "extended": "延长期限",
    "stand_in": "由平台代办理单位办理",
    "given_back": "交还办理单位办理",
}
ACTORS = {"applicant": "申请人", "staff": "工作人员", "system": "系统"}
MATTERS = {
    "record_handling": "信用信息的处理",
    "department": "某个单位的做法",
    "service": "平台的服务",
}
# What is due while a clock runs: what happens next.
DATA_RIGHTS = {
    "access": "查阅我的个人信息",
    "copy": "取得我的个人信息的复制件",
    "correct": "更正、补充",
    "delete": "删除",
    "explain": "说明处理个人信息的规则",
    "withdraw_consent": "撤回同意",
}
DUE = {
    "objection_annotate": "给这条记录加上异议标注",
    "objection_forward": "转给作出决定的单位核查",
    "objection_decide": "核查并作出决定",
    "objection_apply": "按决定更正或停止公示",
    "repair_forward": "转给作出决定的单位",
    "repair_accept": "决定是否受理",
    "repair_decide": "审核并作出决定",
    "repair_finish": "审核并反馈结果",
    "repair_apply": "停止公示和使用",
    "complaint_accept": "决定是否受理",
    "complaint_decide": "调查并答复",
    "supplement": "请您补充材料，期间不计入办理时限",
    "review_decide": "由其他人员复核并作出决定",
    "data_request": "答复个人信息请求",
}
OTHER_REASON = "其他，见说明"
POSSIBLE = {
    "supplement": "补充材料",
    "withdraw": "撤回申请",
    "review": "申请复核",
    "resubmit": "带原来的材料重新提交",
}
NEEDS = {
    "proof_of_performance": "已经纠正、履行完毕的证明，如缴款凭证、整改验收材料",
    "promise": "信用承诺书，在申请时确认，不用另写",
    "proof_of_fault": "能说明记录有误的材料，如决定书、判决书；没有也可以提出",
}
PLACES = {
    "app": "在“信用昆明”App 或公众号办理，全程免费",
    "service_hall": "在政务服务大厅的窗口办理",
    "upstream": "在“信用中国”网站办理；市场监管领域的，在国家企业信用信息公示系统办理",
}
CERTIFICATE_STANDINGS = {"valid": "有效", "revoked": "已撤销", "unknown": "查不到"}
EVIDENCE_STATES = {
    "pending": "正在检查",
    "clean": "可以使用",
    "infected": "发现病毒，已删除",
    "refused": "不能使用，已删除",
}
FLAWS = {
    "unreadable": "文件损坏，或不是一份完整的文件。请重新拍照或导出后再传。",
    "too_many_pixels": "图片的像素太多。请缩小后再传。",
    "animated": "不收动画图片。请换成静态图片。",
    "too_many_pages": "页数太多。请分成几份，每份不超过 50 页。",
    "encrypted": "文件有密码或权限限制。请去掉后再传。",
    "active_content": "文件里有脚本、附件或会自动执行的内容。请另存为普通的 PDF 再传。",
    "virus": "文件里发现病毒。请检查设备后换一份文件。",
}
# Every text of the promise that was ever signed, by its version (core.promises.VERSION).
PROMISES = {
    "2025-11": (
        "本单位（本人）承诺：所提交的材料真实、合法、有效；已经纠正失信行为，法定责任和义务已经履行完毕；"
        "今后守法诚信经营；如有虚假，愿意恢复公示并承担相应的责任。同意在准予修复后公开本承诺。"
    ),
}
PROMISE = (
    "本单位（本人）承诺：所提交的材料真实、合法、有效；已经纠正失信行为，法定责任和义务已经履行完毕；"
    "今后守法诚信经营；如有虚假，愿意恢复公示并承担相应的责任。同意在准予修复后公开本承诺。"
)
# A lock screen is read over shoulders: what has been decided does not stand on it.
MOVED_FACTS = {
    "code": "受理编号",
    "state": "办理进展",
    "reason": "理由",
    "fix": "您可以怎么办",
    "next": "下一步",
    "holder": "由谁办理",
    "due_on": "最晚在",
}
PROVISIONAL = "（暂定，以放假安排公布后为准）"
MOVED_HINTS = {
    "annotated": "这条记录已加上异议标注，别人查询时看得到。接下来核查，结果会告诉您。",
    "frozen": "您提出这条记录不是您的，核查期间已暂停公示，别人查询不到。结果会告诉您。",
    "forwarded": "已转给作出决定的单位办理，结果会告诉您。",
    "accepted": "已受理，请等待结果。",
    "supplement_wanted": "请在期限以前补充材料。补充以前，办理时限停止计算。",
    "not_accepted": "可以按上面的说明改正后重新提交，原来的材料会带上；不服的，可以申请复核一次。",
    "upheld": "您提出的问题成立。处理情况请看办件详情。",
    "refused": "不服的，可以在期限内申请复核一次，由其他人员办理；有新材料的，也可以重新提交。",
    "applied": "这条记录已按决定处理，收到过提醒或报告的人会收到更正。您不用再办理。",
    "repair_applied": "这条记录已停止公示、共享和使用，收到过提醒或报告的人会收到更正。",
    "complaint_applied": "您提出的问题成立。处理情况请看办件详情。",
    "revoked": "修复已撤销，记录恢复公示。不服的，可以依法申请行政复议或提起诉讼。",
    "extended": "办理期限已延长，新的日期见上面。请等待结果。",
    "stand_in": "办理单位没有开通工作台，由信用昆明平台代它办理，期限不变。结果会告诉您。",
    "given_back": "这件已由办理单位自己办理，期限不变。结果会告诉您。",
    "data_request_upheld": "您的请求已同意，怎样办理写在答复里。",
    "data_request_applied": "您的请求已同意，怎样办理写在答复里。",
}
# Deadlines: the applicant's own is near, or the office has missed its own.
DUE_HINT = (
    "请在期限以前补充材料。到期没有补充的，尚未受理的修复申请和投诉不予受理，可以重新提交；"
    "其他的按已有材料继续办理。"
)
OVERDUE_HINT = (
    "这一步没有按期办完，抱歉。已经催办，再拖延会由督办人员过问。您不用重新提交；"
    "也可以凭受理编号投诉。"
)
GONE_ON_HINT = "这件已经往下办了，最新进展请看办件详情。"
# What happens when the deadline of a step passes.
THEN = {
    "office": "到期没有办完的，当天起催办并告诉您，仍不办理的由督办人员过问",
    "refused": "到期没有补充的，不予受理；改正后可以带原来的材料重新提交",
    "goes_on": "到期没有补充的，按已有材料继续办理",
}


def on_behalf_of(office: str) -> str:
    """Say that the platform acts for an office."""
    return f"信用昆明平台（代{office}）"


def moved_title(kind: str) -> str:
    """Head the text about a step of a case of this kind."""
    return f"您的{kind}有新进展"


def opens(day: str, because: str | None) -> str:
    """Say from which day repair may be applied for, and why from then."""
    return f"自 {day} 起可以申请修复" + (f"：{because}" if because else "。")


CLOSED_TITLE = "一件单位办件的消息"
CLOSED_HINT = "您现在不代表这家单位，内容不再显示。如仍代表，请在 App 里重新实名核验。"
