"""What the console's page of a notice's life says, in Chinese."""

PURPOSES = {"check_notice": "核查消息是否送达", "answer_notice": "答复本人的询问"}
FIELDS = {
    "event": ("消息号", "消息、回执和日志里的编号"),
    "account": (
        "账户编号",
        "可与消息号或记录同填",
    ),
    "case": ("办件编号", "办件页网址里的数字"),
    "record": ("记录编号", "记录页网址里的数字"),
}
NOT_A_NUMBER = "编号只能是数字，最多 12 位。请改正后再查。"
NOT_FOUND = "没有找到。请核对微信消息号、OPENID 或受理编号后再试。"
NOTHING = "没有消息：没有欠过，或者编号不对。请核对编号。"
