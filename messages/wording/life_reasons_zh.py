"""Why something did not arrive, in the words of the operator: our reasons, WeChat's codes."""

import re
from collections.abc import Callable

REASONS = {
    "no_address": "没有关注公众号，也没有登录着的设备",
    "superseded": "发送时已经不是新消息（记录已撤下、修复或期满）",
    "too_many_tries": "试了许多次都没有成功",
    "no_answer": "微信没有回答，已过了可以安全重发的时间",
    "no_receipt": "微信接收后一直没有回执",
    "our_fault": "我们的程序出错",
    "linked": "正在发送时两个账户合并，不再重发",
    "month_limit": "这个月已经收到四条群发，只放收件箱",
    "mass_partly": "这一组群发有人没有收到，微信没有说是谁",
    "not_whole": "有人不能用全体群发，改用名单",
    "stopped": "宣传活动已经停止",
    "quiet_hours": "在本人不打扰的时段，过后再发",
    "daily_limit": "已到本人设的每日上限，只在收件箱里",
    "digest": "本人选了每天汇总提醒",
    "not_wanted": "本人关掉了这类消息的外部提醒，只在收件箱里",
    "quota": "当天的调用额度已用完，额度恢复后再发",
    "template_stopped": "消息模板已停用，等运行人员处理",
    "no_gateway": "没有接短信",
    "no_provider": "没有接应用推送",
    "unreachable": "连不上微信",
    # What WeChat tells of our own account.
    "qualification_verify_fail": "公众号资质认证没有通过",
    "naming_verify_fail": "公众号名称认证没有通过",
    "annual_renew": "公众号要年审了，到期不办会失去接口",
    "verify_expired": "公众号认证已经过期，会失去接口",
}
# What WeChat's codes mean to whoever asks about one message.
CODES = {
    -1: "微信系统繁忙，不知道是否发出",
    40001: "微信的令牌失效",
    40003: "不是这个公众号的关注者",
    40004: "素材类型不对",
    40005: "文件类型不对",
    40009: "图片太大",
    40013: "公众号编号不对，等运行人员处理",
    40014: "微信的令牌失效",
    40032: "名单的人数不对",
    40036: "模板编号不对，等运行人员处理",
    40037: "微信没有这个模板，等运行人员处理",
    40052: "操作名称不对",
    40053: "操作内容不对",
    40059: "没有这条群发",
    40125: "公众号密钥不对，等运行人员处理",
    40130: "名单至少要两个人",
    40164: "服务器地址不在微信的白名单，等运行人员处理",
    40243: "公众号密钥被冻结，等运行人员处理",
    41005: "缺少素材",
    42001: "微信的令牌过期",
    43004: "本人已取消关注",
    43019: "本人在公众号的黑名单里",
    43101: "本人没有订阅，或订阅次数已用完",
    43107: "公众号的订阅通知被微信封禁，等运行人员处理",
    43108: "对这个人同时发了几条，过一会儿再发",
    43116: "模板被微信封禁，等运行人员处理",
    43117: "对这个人发得太快，过一会儿再发",
    45002: "内容太长",
    45003: "标题太长",
    45004: "描述太长",
    45008: "图文太多",
    45009: "微信说当天的调用额度已用完",
    45011: "微信说一分钟内调用太多",
    45015: "超过了可以回复的四十八小时，或已取消关注",
    45028: "群发次数已用完",
    45029: "二维码太多",
    45047: "可以回复的条数已用完",
    45056: "标签太多",
    45059: "这个人的标签太多",
    45065: "同样的群发已经有了",
    45066: "同样的群发重试得太快",
    45067: "群发的编号太长",
    45110: "作者名太长",
    45157: "标签名称不对",
    45158: "标签名称太长",
    45159: "没有这个标签",
    45168: "内容有微信不许的词",
    46003: "没有菜单",
    47001: "内容的格式不对",
    47003: "模板字段的内容不合微信的类型",
    48001: "公众号没有这个接口的权限，等运行人员处理",
    48002: "本人拒收公众号的消息",
    48004: "接口被微信封禁，等运行人员处理",
    48006: "清零次数已用完",
    48008: "公众号没有这类消息的权限，等运行人员处理",
    49003: "不是这个公众号的用户",
    50002: "公众号被微信限制，等运行人员处理",
    50005: "本人没有关注公众号",
    61004: "服务器地址不对，等运行人员处理",
    61007: "公众号没有授权这个接口，等运行人员处理",
}
_RECEIPTS = {
    "user block": "本人拒收",
    "system failed": "微信没有送到",
    "freq limit": "微信对这个人限制了次数",
}
_PROVIDERS = {"sms": "短信没有发出", "push": "推送没有发出"}


def of(reason: str) -> str:
    """Say what a reason means, with WeChat's own word for whoever asks WeChat."""
    if reason in REASONS:
        return REASONS[reason]
    found = next((say(match) for shape, say in _SHAPES if (match := shape.fullmatch(reason))), None)
    return found or reason


def _code(match: re.Match[str]) -> str:
    words = CODES.get(int(match[1]), "微信没有接受")
    return f"{words}，错误码 {match[1]}"


def _receipt(match: re.Match[str]) -> str:
    words = _RECEIPTS.get(match[1].strip(), "微信没有送到")
    return f"{words}：{match[0]}"


def _provider(match: re.Match[str]) -> str:
    return f"{_PROVIDERS[match[1]]}，{match[2]}"


def _mass(match: re.Match[str]) -> str:
    return f"这一组群发失败：{match[0]}"


def _silence(match: re.Match[str]) -> str:
    return f"微信没有回答，{match[1]}"


_Shape = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]
_SHAPES: tuple[_Shape, ...] = (
    (re.compile(r"(?:failed: ?)?(-1|[0-9]{5})(?: .*)?"), _code),
    (re.compile(r"failed:(.*)"), _receipt),
    (re.compile(r"(sms|push) (.*)"), _provider),
    (re.compile(r"send fail|err\([0-9]+\)"), _mass),
    (re.compile(r"WeChat: (.*)"), _silence),
)
