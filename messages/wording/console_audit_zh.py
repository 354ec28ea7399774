"""The console's pages of the audit trail, in Chinese."""

KINDS = {"access": "查看个人信息", "act": "操作"}

WRONG = {
    "actor": "写作英文小写的代码，例如 staff:3、account:12、ticker",
    "action": "写作英文小写的代码，例如 publish",
    "object": "写作英文小写的代码，例如 batch:7",
    "subject": "写主体的编号，只用数字",
    "day": "写作 2026-11-23",
}

ACTORS = {
    "staff": "工作人员",
    "account": "账户",
    "institution": "机构",
    "share": "授权码",
    "cli": "命令行",
    "ticker": "定时",
    "nobody": "没有登录的人",
}

FAULTS = {
    "changed": "被改过的行",
    "moved": "换了位置的行",
    "missing": "不见了的行",
    "added": "后加的行",
    "exchanged": "行被调换的封存",
    "seal_changed": "被改过的封存",
    "seal_missing": "不见了的封存",
    "head_changed": "登记文件里与数据库不符的封存",
    "head_missing": "登记文件里缺少的封存",
    "wrong_key": "密钥不对，或全部被改过",
}


def actor(code: str, names: dict[int, str]) -> str:
    """Name an actor of the trail in words."""
    kind, _, number = code.partition(":")
    if kind == "staff" and number and int(number) in names:
        return names[int(number)]
    return f"{ACTORS.get(kind, kind)} {number}".strip()
