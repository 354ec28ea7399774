"""What the console says of files, batches, approvals and releases, in Chinese."""

UPLOAD_STATES = {
    "waiting": ("amber", "等待导入"),
    "running": ("amber", "正在导入"),
    "asked": ("amber", "等待审批"),
    "done": ("green", "已导入"),
    "failed": ("red", "不能导入"),
}
BATCH_STATES = {
    "running": ("amber", "没有导入完"),
    "done": ("green", "已导入"),
    "rolled_back": ("grey", "已整批撤回"),
}
MATTERS = {
    "publish_batch": "公示一批记录",
    "withdraw_batch": "整批撤回",
    "withdraw_record": "撤销一条记录",
    "take_back_file": "导入撤销、更正和移出的文件",
}
APPROVAL_STATES = {
    "asked": ("amber", "等待审批"),
    "approved": ("green", "已同意"),
    "refused": ("red", "不同意"),
    "taken_back": ("grey", "已收回"),
}
WORKS = {"take_in": "导入", "publish": "公示", "withdraw": "整批撤回"}
WORK_STATES = {
    "waiting": ("amber", "等待"),
    "running": ("amber", "进行中"),
    "done": ("green", "已完成"),
    "failed": ("red", "没有完成"),
}
PUBLICATION_ASKED = "已申请公示，请另一位同事到“审批”里办理。"
WITHDRAWAL_ASKED = "已申请整批撤回，请另一位同事到“审批”里办理。"
RELEASED = "已公布，关注这个名单的人会收到消息。"
RELEASED_TODAY = "这个名单今天已经公布过，没有再公布。"
