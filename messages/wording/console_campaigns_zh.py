"""What the console says of campaigns, in Chinese."""

from messages.wording import life_zh
from messages.wording.articles_zh import CAMPAIGN_SETTINGS

STATES = {
    "draft": ("grey", "草稿"),
    "previewed": ("amber", "已预览"),
    "approved": ("green", "已批准"),
    "scheduled": ("amber", "等待开始"),
    "running": ("amber", "正在进行"),
    "paused": ("red", "已暂停"),
    "finished": ("green", "已完成"),
    "stopped": ("grey", "已停止"),
}
SETTINGS = CAMPAIGN_SETTINGS
LANGUAGES = {"zh": "中文", "en": "英文"}
WAYS = {
    "all": "全体群发（一次）",
    "tag": "按微信标签群发（一次），没有标签的人按名单",
    "lists": "按名单群发（每组至多一万人）",
}
REMOVALS = {"asked": "等微信删除", "done": "已在微信删除", "refused": "微信没有删除"}
SHORT_WAYS = {"all": "全体", "tag": "标签", "lists": "名单"}
SEND_STATES = {
    "filling": "正在写名单",
    "due": "等待发出",
    "sending": "正在发出",
    "accepted": "微信已接受，等回执",
    "finished": "已完成",
    "failed": "失败",
    "unknown": "结果不明",
    "cancelled": "已取消",
}
PREVIEW_STATES = {"waiting": "等待发出", "shown": "已送到", "refused": "没有送到"}
ROW_STATES = {
    "due": "等待发送",
    "leased": "准备发送",
    "sending": "正在发送",
    "accepted": "微信已接受",
    "delivered": "已送到",
    "failed": "没有送到",
    "unknown": "结果不明",
    "suppressed": "只在收件箱",
}
REASONS = {
    "month_limit": "本月已收到四条，只放收件箱",
    "stopped": "活动已停止",
    "43004": "发送时已取消关注",
    "43101": "拒绝接收",
    "no_address": "没有可以送到的地方",
    "no_answer": "微信没有答复，不再重发",
    "no_receipt": "微信没有回执",
    "mass_partly": "这一组有人没有收到，微信没有说是谁",
    "not_whole": "有人不在对象里或不想收，改按名单",
    "superseded": "文章已撤回",
    "linked": "两个账户已合并",
    "40059": "微信里没有这条",
    "45009": "今天的次数已用完",
    "unreachable": "连不上微信",
    "too_many_tries": "试过多次没有成功",
}
TROUBLES = {
    "45009": "今天的调用次数已用完，零点以后接着发",
    "45028": "群发次数已用完，过一小时再试",
    "45011": "这一分钟的次数已满，过一分钟接着发",
    "unreachable": "连不上微信，过一会儿再试",
    "not_whole": "等微信的标签与本人的选择一致，过一分钟再看",
    "article_withdrawn": "文章已撤回，活动随之停止",
    "article_not_published": "文章还没有发布，发布以后才开始",
}
COLUMNS = ("状态", "经过", "原因", "人数")
SHEET = "宣传结果"
WAYS_OF_ROWS: dict[str | None, str] = {None: "未发出"}
WAYS_OF_ROWS.update(life_zh.WAYS)
SAVED = "已保存。先给测试人看，再申请批准。"
PREVIEW_ASKED = "已安排预览，几秒钟后送到测试人的微信。"
ASKED = "已申请批准，请另一位同事在这里或“待审批”里办理。"
APPROVED = "已批准。"
SCHEDULED = "已定好开始的时间。"
PAUSED = "已暂停：不再发出新的一组，已经发出的照常等回执。"
RESUMED = "已继续。"
REMOVAL_ASKED = "已安排删除，微信逐次删掉已送到的文章；手机上的卡片还在，点开看不到内容。"
STOPPED = "已停止，没有发出的不再发。"
TESTER_ADDED = "已添加测试人。"
COVER_ADDED = "封面已保存，下面的“封面”已填好。"
NO_TIME = "时间要写成 2027-03-15 09:00 的样子。"


def reason(code: str | None) -> str:
    """Say why somebody got nothing."""
    return REASONS.get(code, f"微信答复 {code}") if code else ""


def removal(state: str | None, code: str | None) -> str:
    """Say whether a message was removed at WeChat again."""
    if state is None:
        return ""
    return f"{REMOVALS[state]}（{reason(code)}）" if code else REMOVALS[state]


def trouble(code: str | None) -> str:
    """Say what holds a campaign up."""
    return TROUBLES.get(code, f"微信答复 {code}，过一小时再试，请联系运维") if code else ""


def plan(total: int, inbox_only: int, elsewhere: int, *, minutes: int) -> str:
    """Say a plan in one sentence."""
    parts = [f"将送达 {total:,} 人"]
    if inbox_only:
        parts.append(f"其中 {inbox_only:,} 人本月已收到四条，只在收件箱看到")
    if elsewhere:
        parts.append(f"{elsewhere:,} 人不由群发送，按本人的提醒设置在别的渠道或收件箱看到")
    return "，".join([*parts, f"约需 {lasting(minutes)}。"])


def lasting(minutes: int) -> str:
    """Say how long something takes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟"
    return f"{hours} 小时 {rest} 分钟" if rest else f"{hours} 小时"
