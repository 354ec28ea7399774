"""Why a notice came or did not, in the words of the operator's command and page."""

from collections.abc import Iterator
from datetime import datetime

from core.calendar import in_kunming
from core.outbox.deliveries import Delivery
from core.outbox.events import Event
from core.outbox.life import OfEvent, OfOne

KINDS = {
    "account_changed": "账户变动",
    "blacklisted": "列入严重失信名单的提醒",
    "campaign": "诚信宣传",
    "case_due": "补正期限将到",
    "case_moved": "办件进度",
    "case_opened": "办件回执",
    "case_overdue": "办理超期",
    "late_reply": "迟到的回答",
    "list_released": "名单定期公布",
    "recalled": "更正通知",
    "report_ready": "信用报告可以下载",
    "report_recalled": "信用报告收回",
    "digest": "每日汇总",
    "ending": "公示将满的提醒",
    "record_added": "其他新记录的提醒",
    "repairable": "可以修复的提醒",
    "viewed": "有人查看过数据",
}
AUDIENCES = {
    "account": "账户 {}",
    "subject_followers": "关注主体 {} 的人",
    "list_followers": "关注名单 {} 的人",
    "campaign_subscribers": "订阅诚信宣传的人",
    "told": "收到过消息 {} 的人",
}
STATES = {
    "due": "等待发送",
    "leased": "正在准备",
    "sending": "正在发送",
    "accepted": "微信已接收，等待回执",
    "delivered": "已送达",
    "failed": "没有送达",
    "unknown": "不知道是否送达，不再重发",
    "suppressed": "没有发送",
}
REASONS = {
    "no_address": "没有关注公众号，也没有登录着的设备",
    "superseded": "发送时已经不是新消息（记录已撤下、修复或期满）",
    "too_many_tries": "试了许多次都没有成功",
    "no_answer": "微信没有回答，已过了可以安全重发的时间",
    "no_receipt": "微信接收后一直没有回执",
    "our_fault": "我们的程序出错",
    "month_limit": "这个月已经收到四条群发，只放收件箱",
    "mass_partly": "这一组群发有人没有收到，微信没有说是谁",
    "stopped": "宣传活动已经停止",
    "quiet_hours": "在本人不打扰的时段，过后再发",
    "daily_limit": "已到本人设的每日上限，只在收件箱里",
    "digest": "本人选了每天汇总提醒",
    "not_wanted": "本人关掉了这类消息的外部提醒，只在收件箱里",
    "quota": "当天的调用额度已用完，额度恢复后再发",
    "template_stopped": "消息模板已停用，等运行人员处理",
}
WHY_NOT = {
    "not_yet": "还没有展开到这个账户，请稍后再看",
    "for_another": "这条消息只给另一个账户",
    "never_followed": "这个账户从来没有关注过",
    "followed_later": "这个账户是在事情发生以后才关注的",
    "had_left": "事情发生时这个账户已经取消关注",
    "never_told": "这个账户没有收到过要更正的那条消息",
    "left_before_sending": "发送以前这个账户取消了关注，或已并入另一个账户",
}
WAYS = {
    "subscription": "经微信订阅通知",
    "wechat": "经微信",
    "service": "经微信客服消息",
    "push": "经应用推送",
    "sms": "经短信",
    "mass": "经微信群发",
}


def of_event(told: OfEvent) -> Iterator[str]:
    """Say what happened, to whom it is told, and what has become of it."""
    yield from _head(told.event)
    if not told.counts:
        yield "  还没有送给任何人"
    for count in told.counts:
        yield f"  {count.number} 人：{STATES[count.state]}{_reason(count.reason)}"


def of_one(told: OfOne) -> Iterator[str]:
    """Say what an event has brought one account, or why nothing."""
    yield from _head(told.event)
    if told.why_not is not None:
        yield f"  没有收到：{WHY_NOT[told.why_not]}"
    if told.delivery is not None:
        yield from _delivery(told.delivery)
    if told.receipt is not None:
        yield f"  微信回执：{told.receipt.status}，{_moment(told.receipt.at)}"


def _head(event: Event) -> Iterator[str]:
    whom = AUDIENCES[event.audience].format(event.audience_id)
    yield f"消息 {event.id}：{KINDS[event.kind]}，发给{whom}"
    done = _moment(event.expanded_at) if event.expanded_at else "还没有"
    yield f"  事情的日期 {event.event_date}；记下 {_moment(event.owed_at)}；展开 {done}"


def _delivery(one: Delivery) -> Iterator[str]:
    way = f"，{WAYS[one.way]}" if one.way else ""
    state = f"{STATES[one.state]}{_reason(one.reason)}"
    yield f"  账户 {one.account_id}：{state}{way}，试过 {one.tries} 次"
    dates = {
        "第一次发送": one.first_try_at,
        "结果": one.settled_at,
        "在应用里看到": one.shown_at,
        "读过": one.read_at,
    }
    known = [f"{name} {_moment(at)}" for name, at in dates.items() if at]
    if one.settled_at is None:
        known.append(f"下一次 {_moment(one.due_at)}")
    yield f"  {'；'.join(known)}" + (f"；微信消息号 {one.msgid}" if one.msgid else "")


def _reason(reason: str | None) -> str:
    return f"（{REASONS.get(reason, reason)}）" if reason else ""


def _moment(at: datetime) -> str:
    return in_kunming(at).strftime("%Y-%m-%d %H:%M:%S")
