"""Why a notice came or did not, in the words of the operator's command and page."""

from collections.abc import Iterator
from datetime import datetime

from core.calendar import in_kunming
from core.outbox.deliveries import Delivery, Way
from core.outbox.events import Event
from core.outbox.life import OfEvent, OfOne
from core.outbox.tries import Try
from core.watch import WhySilent
from messages.wording import life_reasons_zh as reasons

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
    "wechat": "经微信模板消息",
    "service": "经微信客服消息",
    "push": "经应用推送",
    "sms": "经短信",
    "mass": "经微信群发",
}


SILENT = {
    "person": "自然人的记录不发提醒",
    "no_news": "这类记录不发提醒：许可、红名单、承诺等不是需要警惕的事",
    "not_public": "记录没有公示过",
    "old": "公示时决定已经过去很久，旧事不当作新消息发，或公示时期限已满",
}


def of_silence(why: WhySilent) -> Iterator[str]:
    """Say why a record was told to nobody."""
    yield "这条记录没有发过任何消息"
    yield f"  为什么：{SILENT[why]}"


def of_event(told: OfEvent) -> Iterator[str]:
    """Say what happened, to whom it is told, and what has become of it."""
    yield from _head(told.event, told.followed)
    if not told.counts:
        yield "  还没有送给任何人"
    for count in told.counts:
        way = f"，{WAYS[count.way]}" if count.way else ""
        yield f"  {count.number} 人：{STATES[count.state]}{_reason(count.reason)}{way}"


def of_one(told: OfOne) -> Iterator[str]:
    """Say what an event has brought one account, or why nothing."""
    yield from _head(told.event, told.followed)
    if told.why_not is not None:
        yield f"  没有收到：{WHY_NOT[told.why_not]}"
    if told.delivery is not None:
        yield from _why_for(told)
        yield from map(_try, told.tries)
        yield from _delivery(told.delivery)
    if told.receipt is not None:
        receipt = told.receipt
        meaning = "送达" if receipt.status == "success" else reasons.of(receipt.status)
        yield f"  微信回执：{meaning}，{_moment(receipt.at)}"


def _head(event: Event, followed: str | None) -> Iterator[str]:
    whom = AUDIENCES[event.audience].format(event.audience_id)
    if followed:
        whom = f"关注“{followed}”（主体 {event.audience_id}）的人"
    yield f"消息 {event.id}：{KINDS[event.kind]}，发给{whom}"
    done = _moment(event.expanded_at) if event.expanded_at else "还没有"
    about = f"；关于记录 {event.record_id}" if event.record_id else ""
    yield f"  事情的日期 {event.event_date}；记下 {_moment(event.owed_at)}；展开 {done}{about}"


def _why_for(told: OfOne) -> Iterator[str]:
    """Say why it was for this account."""
    if told.followed_since is not None:
        yield f"  为什么发给这个账户：{_moment(told.followed_since)} 起关注，事情发生时仍在关注"
    elif told.event.audience == "account":
        yield "  为什么发给这个账户：这是它自己的事"
    elif told.event.audience == "told":
        yield f"  为什么发给这个账户：它收到过消息 {told.event.audience_id}"


def _try(one: Try) -> str:
    way = f"{WAYS[one.way]}，" if one.way else ""
    end = "，可能已经送到" if one.maybe else ""
    return f"  {_moment(one.at)} 试过：{way}没有成功（{reasons.of(one.reason)}）{end}"


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
    if one.refused:
        ruled_out = "、".join(WAYS[Way(way)].removeprefix("经") for way in one.refused.split())
        known.append(f"已说不行的渠道 {ruled_out}")
    yield f"  {'；'.join(known)}" + (f"；微信消息号 {one.msgid}" if one.msgid else "")


def _reason(reason: str | None) -> str:
    return f"（{reasons.of(reason)}）" if reason else ""


def _moment(at: datetime) -> str:
    return in_kunming(at).strftime("%Y-%m-%d %H:%M:%S")
