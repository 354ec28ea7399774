"""What the console says of deadlines, departments and rules, in Chinese."""

KINDS = {"reminder": "快到期", "overdue": "已超期", "escalation": "已督办"}
LIGHTS = {"reminder": "amber", "overdue": "red", "escalation": "red"}
PLATFORM = "信用昆明平台"
STATES = {"in_force": "在效", "unverified": "未核实", "expiring": "将到期"}
SOURCE_LIGHTS = {"read": "green", "secondary": "amber", "unverified": "red"}
BAD_PERIOD = "请选择一段日期：第一天不晚于最后一天，最长九十二天。"
BAD_DAY = "日期不对，已按今天列出。"
