"""Words of notices outside the inbox, and of how somebody wants to be told, in Chinese.

A lock screen is read over shoulders: no name, no record, no outcome stands here. THINGS are at
most 20 characters and PHRASES at most 5 Chinese ones, as WeChat's fields thing and phrase take.
"""

NOTICE_KINDS = {
    "alert": "失信名单提醒",
    "record": "其他新记录",
    "term": "可以修复、公示将满",
    "recall": "更正和撤回",
    "case": "我的办件",
    "account": "账户变动",
    "report": "信用报告",
    "viewed": "谁查看过我的数据",
    "digest": "每日汇总",
    "release": "名单公布",
    "campaign": "诚信宣传",
}

# By the sort of a notice (messages.sorts): what a card and a lock screen call it.
THINGS = {
    "record": "您关注的主体有新的记录",
    "repairable": "您关注的主体有记录可以修复了",
    "ending": "您关注的主体有记录将停止公示",
    "viewed": "有人查看过您的信用信息",
    "changed": "您的账户有变动",
    "digest": "今天有新的消息",
    "alert": "您关注的主体有新的信用提醒",
    "recall": "您收到过的信用提醒有更正",
    "edition": "您关注的名单有新一期公布",
    "campaign": "诚信宣传有新文章",
    "received_objection": "异议申请已收到",
    "received_repair": "信用修复申请已收到",
    "received_complaint": "投诉已收到",
    "received_data_request": "个人信息请求已收到",
    "moved_objection": "异议申请有新进展",
    "moved_repair": "信用修复申请有新进展",
    "moved_complaint": "投诉有新进展",
    "moved_data_request": "个人信息请求有新进展",
    "due_objection": "异议申请的补正期限快到了",
    "due_repair": "修复申请的补正期限快到了",
    "due_complaint": "投诉的补正期限快到了",
    "due_data_request": "个人信息请求的补正快到期",
    "overdue_objection": "异议申请超过了办理期限",
    "overdue_repair": "信用修复申请超过了办理期限",
    "overdue_complaint": "投诉超过了办理期限",
    "overdue_data_request": "个人信息请求超过了办理期限",
    "report_ready": "您申请的信用报告已生成",
    "report_recalled": "您申请过的信用报告已撤回",
}
TITLES = THINGS
# A phrase is of Chinese characters in every language: WeChat takes no others.
PHRASES = {
    "received": "已提交",
    "moved": "有新进展",
    "due": "待您补正",
    "overdue": "已超期",
    "report_ready": "可以下载",
    "report_recalled": "已撤回",
}
# With a check code of ten characters they are as long as a field may be.
HINT = "点开查看·核验码{code}"
CAMPAIGN_HINT = "退订回“退订”·核验{code}"
TEXT = "{title}。请打开“信用昆明”公众号或 App 查看。核验码 {code}"
SERVICE = "{title}。请点开查看：{link}\n核验码 {code}"
SIGNED = "【信用昆明】{text}"
PUSH = "{title}（核验码 {code}）"
HEADS = {
    "blacklisted": "{name}被列入{named}",
    "record_added": "{name}有一条新的记录：{named}",
    "repairable": "{name}的一条记录现在可以申请信用修复：{named}",
    "ending": "{name}的一条记录即将停止公示：{named}",
}
FACTS = {"day": "日期", "number": "条数"}
LOOKED_HINT = "谁查看的、为了什么，请在“谁查看过我的数据”里看。觉得不该看的，可以投诉。"
DIGEST_HINT = "请打开收件箱查看。不想汇总的，可以在提醒设置里改。"
# Whether a message is ours (messages.official).
RULINGS = {
    "ours": "这是我们发出的消息。",
    "words_differ": "核验码是我们的，但文字和我们发出的不一样，请不要相信它，"
    "也不要点开里面的链接。",
    "unknown": "没有找到我们发出的这条消息。请不要点开里面的链接；"
    "要确认的，请打开“信用昆明”公众号或 App 的收件箱。",
}
RULING_NAMES = {"ours": "是我们发出的", "words_differ": "文字不一致", "unknown": "没有找到"}
SAID = "\n我们的原文：{said}"
NEVER_ASKED = "我们不会在消息里索要验证码、密码或转账，信用修复从不收费。"
