"""What the official account says in a conversation. Short, plain, and always with a next step."""

from collections.abc import Sequence
from datetime import date, datetime

from core import advice
from core.advice import Advice
from core.calendar import day, in_kunming
from core.query import Item, View
from core.registered import NOTHING, Registered
from core.search import Hit
from core.subjects import Subject, SubjectState
from messages.wording import records_zh, zh

# What a number of a list says, and how the list names it.
WELCOME_HEAD = "您好，这里是信用昆明。"
WELCOME = {
    "查信用": "查信用：直接发送企业名称或统一社会信用代码",
    "关注": "关注企业：它被列入严重失信名单时告诉您",
    "订阅宣传": "订阅宣传：接收诚信文化内容",
}
WELCOME_TAIL = "请回复序号。请不要在聊天中发送身份证号。发送“帮助”看全部功能。"
HELP = (
    "您可以发送：\n"
    "· 企业名称（至少两个汉字）或 18 位统一社会信用代码：查信用\n"
    "· 查欠薪、查旅行社、五华区黑名单\n"
    "· 我的信用、我的办件、谁看过我的信用\n"
    "· 信用修复、异议、信用报告、投诉：全程免费\n"
    "· 核验报告、核验消息：辨真假\n"
    "· 关注 名称、我的关注、取消关注 名称\n"
    "· 订阅宣传 / 退订；绑定 绑定码：合并 App 的消息\n"
    "· 返回、取消、菜单、人工；English；大字\n"
    "也可以直接说您的问题，例如“罚款交了怎么还在网上”。"
)
MENU_HEAD = "常用功能："
MENU = {
    "查信用": "查信用：直接发送企业名称或代码",
    "查欠薪": "查欠薪",
    "查旅行社": "查旅行社",
    "黑名单": "黑名单",
    "我的信用": "我的信用",
    "我的办件": "我的办件",
    "我的关注": "我的关注",
    "信用修复": "信用修复",
    "异议": "异议",
    "信用报告": "信用报告",
    "订阅宣传": "订阅宣传",
    "帮助": "帮助",
}
MENU_TAIL = "请回复序号，或点下方菜单。"
ASK = "请发送企业名称（至少两个汉字）或 18 位统一社会信用代码。"
CANCELLED = "已取消。发送企业名称或代码可以重新查询，发送“帮助”看全部功能。"
MORE_HINT = "\n（回复“更多”继续看）"
NO_MORE = "没有更多内容了。发送企业名称或代码可以重新查询。"
NO_CHOICE = "没有这个序号。请回复列表中的序号，或发送企业名称重新查询。"
NO_LIST = "没有等您选的列表了（列表十五分钟内有效）。请重新选：\n"
NOT_UNDERSTOOD = "没有看懂您的意思。请发送企业名称（至少两个汉字）或 18 位代码，或发送“帮助”。"
FOLLOW_WHOM = "请发送“关注 企业名称或代码”，例如：关注 昆明示例旅行社有限公司。"
NO_FOLLOWS = "您还没有关注企业。发送“关注 企业名称”就可以关注。"
SUBSCRIBED = "已订阅诚信文化内容。发送“退订”可随时退订。"
ALREADY_SUBSCRIBED = "您已经订阅了诚信文化内容，无需重复。发送“退订”可退订。"
UNSUBSCRIBED = "已退订诚信文化内容。发送“订阅宣传”可重新订阅。"
NOT_SUBSCRIBED = "您没有订阅诚信文化内容，无需退订。发送“订阅宣传”可订阅。"
LINKED = (
    "绑定好了。您在微信和应用里的关注、消息合在一起，同一件事只提醒一次。"
    "以后先在微信提醒，取消关注公众号后在应用提醒。"
)
LINK_LIMIT = "今天绑定码输错的次数太多了，先停一停。请明天再试，或核对 App 里显示的码。"
_PAGE = 5
_FORMER = 3
# That anybody may object is said once, below all records.
_ADVICE = {
    Advice.SHOULD_NOT_BE_PUBLIC: "轻微处罚不应公示，请马上提出异议",
    Advice.REPAIR_NOW: "现在可以申请信用修复",
    Advice.REPAIR_LATER: "{} 起可以申请信用修复",
}
_NONE = "没有可公开的处罚、失信名单和许可记录。"


def link_asked(phone: str | None, registered_at: datetime) -> str:
    """Ask whether the account of a code is to be linked."""
    which = f"手机 {phone} 的" if phone else f"{in_kunming(registered_at):%Y-%m-%d} 注册的"
    return (
        f"要绑定{which}应用账号吗？绑定后，这个账号的消息也会发到这个微信。"
        "回复 1 确认，十分钟内有效；不是您的账号，请不要回复。"
    )


def view(entity: View, registered: Registered = NOTHING, *, now: datetime) -> list[str]:
    """Answer a query, in pages of five records; the first says what matters most."""
    parts = [entity.items[start : start + _PAGE] for start in range(0, len(entity.items), _PAGE)]
    today = day(now)
    told = ["\n".join(_item(item, today) for item in part) for part in parts]
    pages = ["\n".join([*_head(entity, registered, now), *told[:1]]), *told[1:]]
    if told:
        pages[-1] += f"\n认为有误可以提出异议。{zh.DIRECTIONS}"
    pages[-1] += "\n回复“关注”，它被列入严重失信名单时告诉您。"
    return pages


def records(items: Sequence[Item], *, now: datetime) -> list[str]:
    """Tell some records: what, who says so, since when, until when, from when repairable."""
    return [_item(item, day(now)) for item in items]


def _head(entity: View, registered: Registered, now: datetime) -> list[str]:
    about = [zh.SUBJECT_KINDS[entity.kind]]
    if entity.state is not SubjectState.UNKNOWN:
        since = f"（{entity.state_since} 起）" if entity.state_since else ""
        about.append(zh.SUBJECT_STATES[entity.state] + since)
    lines = [entity.name, f"代码：{entity.uscc}（{'，'.join(about)}）"]
    lines += _registered(entity, registered)
    if not entity.uscc_check_ok:
        lines.append("提示：该代码的校验位不符合国家标准，请与登记机关核对。")
    counts = [f"{zh.RECORD_KINDS[kind]} {count}" for kind, count in entity.counts.items()]
    lines.append("公开记录：" + "，".join(counts) if counts else _NONE)
    lines.append(f"（截至 {in_kunming(now):%Y-%m-%d %H:%M}）")
    return lines


def _registered(entity: View, known: Registered) -> list[str]:
    lines = []
    if known.successor:
        name, uscc = known.successor.name, known.successor.uscc
        lines.append(f"已并入 {name}，发送它的代码 {uscc} 可以查询。")
    if known.former_names:
        names = [one.name for one in known.former_names[:_FORMER]]
        more = "等" if len(known.former_names) > _FORMER else ""
        lines.append(f"曾用名：{'、'.join(names)}{more}")
    return [*lines, f"开发区：{entity.zone}"] if entity.zone else lines


def _item(item: Item, today: date) -> str:
    grave = f"·{zh.SEVERITIES[item.severity]}" if item.severity else ""
    mark = f"（{records_zh.MARKS[item.state]}）" if item.state in records_zh.MARKS else ""
    title = f"\n【{zh.RECORD_KINDS[item.kind]}{grave}】{mark}{item.title}"
    lines = [title, item.authority, "，".join(_dates(item))]
    said = (_ADVICE.get(one) for one in advice.of(item, today))
    return "\n".join([*lines, *(one.format(item.repairable_from) for one in said if one)])


def _dates(item: Item) -> list[str]:
    dates = [f"{item.event_date} 决定"]
    if item.published_on:
        dates.append(f"{item.published_on} 起公示")
    if item.ends_on:
        dates.append(f"公示至 {item.ends_on}")
    return dates


def hits(found: Sequence[Hit], *, more: bool, doing: str, now: datetime) -> str:
    """List what a name search found by number; the last four of the code tell namesakes apart."""
    lines = [f"{number}. {_hit(hit)}" for number, hit in enumerate(found, start=1)]
    verb = {"show": "查看", "follow": "关注", "unfollow": "取消关注"}.get(doing, "查看")
    tail = f"回复序号{verb}" + ("，回复“更多”看下一页。" if more else "。")
    head = f"找到以下主体（截至 {in_kunming(now):%Y-%m-%d %H:%M}）："
    return "\n".join([head, *lines, tail])


def _hit(hit: Hit) -> str:
    former = f"，曾用名 {hit.former_name}" if hit.former_name else ""
    return f"{hit.name}（尾号 {hit.uscc[-4:]}{former}）"


def nothing(name: str, *, now: datetime) -> str:
    """Say that a search found nothing, and as of when."""
    moment = f"{in_kunming(now):%Y-%m-%d %H:%M}"
    return f"截至 {moment}，没有查到名称含“{name[:30]}”的主体。请核对名称，或改用 18 位代码查询。"


def followed(name: str, *, new: bool) -> str:
    """Confirm a follow."""
    start = "已关注" if new else "您已经关注了"
    return f"{start}{name}。它被列入严重失信名单时，我们会告诉您。发送“取消关注 {name}”可取消。"


def unfollowed(name: str) -> str:
    """Confirm the end of a follow."""
    return f"已取消关注{name}。发送“我的关注”看还关注了谁。"


def follows(subjects: Sequence[Subject], *, doing: str) -> str:
    """List whom a citizen follows, by number."""
    lines = [
        f"{number}. {subject.name}（尾号 {subject.uscc[-4:]}）"
        for number, subject in enumerate(subjects, start=1)
    ]
    tail = {
        "show": "回复序号查看，发送“取消关注 名称”可取消。",
        "unfollow": "回复序号取消关注，或发送“取消关注 名称”。",
    }
    return "\n".join([f"您关注了 {len(subjects)} 家：", *lines, tail[doing]])
