"""What the frame of the console says, in Chinese: failures, ages, the page of jobs."""

from datetime import datetime, timedelta

_UNITS = ((timedelta(days=1), "天"), (timedelta(hours=1), "小时"), (timedelta(minutes=1), "分钟"))


def since(moment: datetime, now: datetime) -> str:
    """Say how long ago something was, in its largest unit."""
    gone = now - moment
    for unit, word in _UNITS:
        if gone >= unit:
            return f"{gone // unit} {word}"
    return f"{max(0, int(gone.total_seconds()))} 秒"


STATUS = {
    400: ("请求有误", "请返回上一页，检查以后再试。"),
    403: ("不能办理", "您不能做这件事。"),
    404: ("没有找到", "没有这个页面。请核对网址，或从导航里重新进入。"),
    405: ("请求有误", "这个地址不支持这种请求。请从导航里重新进入。"),
    409: ("没有办成", "现在不能这样办，请刷新后再看。"),
    413: ("内容过大", "提交的内容过大，请分开或压缩以后再试。"),
    500: ("出了问题", "服务出了问题，没有办成的事请稍后再试。再不行，请把下面的编号告诉管理员。"),
    503: ("暂时不能使用", "系统繁忙，没有办成的事请稍后再试。"),
}

QUEUES = {"urgent": "紧急", "notices": "通知", "default": "一般"}

ALARMS = {"template": "消息模板", "wechat": "公众号的接口或设置"}

WORKER_STATES = {"idle": "空闲", "busy": "在做事", "started": "刚启动", "suspended": "暂停"}

DELIVERY_STATES = {
    "due": "等待发送",
    "leased": "已领取",
    "sending": "正在发送",
    "accepted": "对方已接收",
    "delivered": "已送达",
    "failed": "没有送达",
    "unknown": "不知道是否送达",
    "suppressed": "不用发送",
}
