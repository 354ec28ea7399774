"""What the account says of entities in English, key for key as in Chinese."""

from collections.abc import Sequence
from datetime import date, datetime

from core import advice
from core.advice import Advice
from core.calendar import day, in_kunming
from core.query import Item, View
from core.registered import NOTHING, Registered
from core.search import Hit
from core.subjects import Subject, SubjectState
from messages.wording import en, records_en

WELCOME_HEAD = "Welcome to Credit Kunming (信用昆明)."
WELCOME = {
    "查信用": "Look up a company: send its Chinese name or its 18-character code",
    "关注": "Follow a company: hear when it is listed for serious dishonesty",
    "订阅宣传": "Articles on integrity",
}
WELCOME_TAIL = "Send a number. Never send your ID number here. Send “help” for everything."
HELP = (
    "You can send:\n"
    "· a company's Chinese name (two characters at least) or code: what is public of it\n"
    "· “unpaid wages”, “travel agency”, “black list”, “red list”, “counter”\n"
    "· “my credit”, “my cases”, “who viewed my data”\n"
    "· “repair”, “object”, “report”, “complain”\n"
    "· “verify report”, “check message”: is it genuine\n"
    "· “follow” and “unfollow” below a company, or 关注 and its name; “my follows”\n"
    "· “news”; “subscribe”, “unsubscribe”: articles; 绑定 and a code: join WeChat and the app\n"
    "· “back”, “cancel”, “menu”, “human”; “Chinese”; “larger type”\n"
    "All of it is free."
)
MENU_HEAD = "What people use most:"
MENU = {
    "查信用": "Look up a company: send its Chinese name or code",
    "查欠薪": "Unpaid wages",
    "查旅行社": "Travel agency",
    "黑名单": "List of serious dishonesty",
    "我的信用": "My credit",
    "我的办件": "My cases",
    "我的关注": "My follows",
    "信用修复": "Credit repair",
    "异议": "Object",
    "信用报告": "Credit report",
    "订阅宣传": "Articles on integrity",
    "帮助": "Help",
}
MENU_TAIL = "Send a number, or tap the menu below."
ASK = "Send a company's Chinese name (two characters at least) or its 18-character code."
CANCELLED = "Cancelled. Send a company's Chinese name or code, or “help” for everything."
MORE_HINT = "\n(send “more” to read on)"
NO_MORE = "There is no more. Send a company's Chinese name or code to look it up."
NO_CHOICE = "There is no such number. Send one from the list, or a company's name."
NO_LIST = "No list waits for a number (it does for fifteen minutes). Please choose again:\n"
NOT_UNDERSTOOD = (
    "Sorry, I did not understand. Send a company's Chinese name or its 18-character code, or "
    "“help” (帮助)."
)
FOLLOW_WHOM = "Send “关注” and a company's Chinese name or code."
NO_FOLLOWS = "You follow no company yet. Look one up and send “follow”."
SUBSCRIBED = "You will get articles on integrity. Send “unsubscribe” to stop them at any time."
ALREADY_SUBSCRIBED = "You get articles on integrity already. Send “unsubscribe” to stop them."
UNSUBSCRIBED = "You will get no more articles. Send “subscribe” to get them again."
NOT_SUBSCRIBED = "You get no articles. Send “subscribe” to get them."
LINKED = (
    "Linked. What you follow in WeChat and in the app is one now, and you are told of each thing "
    "once: in WeChat first, in the app if you no longer follow the account."
)
LINK_LIMIT = (
    "Too many wrong link codes today. Please try again tomorrow, or check the code in the app."
)
_PAGE = 5
_FORMER = 3
_ADVICE = {
    Advice.SHOULD_NOT_BE_PUBLIC: "a minor penalty should not be published: object now",
    Advice.REPAIR_NOW: "credit repair may be asked for now",
    Advice.REPAIR_LATER: "credit repair may be asked for from {}",
}
_NONE = "No published penalty, listing or licence."


def link_asked(phone: str | None, registered_at: datetime) -> str:
    """Ask whether the account of a code is to be linked."""
    which = f"with the phone {phone}" if phone else f"of {in_kunming(registered_at):%Y-%m-%d}"
    return (
        f"Link the app account {which}? Its messages then come to this WeChat, too. "
        "Reply 1 within ten minutes to confirm; if it is not your account, do not reply."
    )


def view(entity: View, registered: Registered = NOTHING, *, now: datetime) -> list[str]:
    """Answer a query, in pages of five records; the first says what matters most."""
    parts = [entity.items[start : start + _PAGE] for start in range(0, len(entity.items), _PAGE)]
    today = day(now)
    told = ["\n".join(_item(item, today) for item in part) for part in parts]
    pages = ["\n".join([*_head(entity, registered, now), *told[:1]]), *told[1:]]
    if told:
        pages[-1] += f"\nWhoever thinks that a record is wrong may object. {en.DIRECTIONS}"
    pages[-1] += "\nSend “follow” to hear when it is listed for serious dishonesty."
    return pages


def records(items: Sequence[Item], *, now: datetime) -> list[str]:
    """Tell some records: what, who says so, since when, until when, from when repairable."""
    return [_item(item, day(now)) for item in items]


def _head(entity: View, registered: Registered, now: datetime) -> list[str]:
    about = [en.SUBJECT_KINDS[entity.kind]]
    if entity.state is not SubjectState.UNKNOWN:
        since = f" (since {entity.state_since})" if entity.state_since else ""
        about.append(en.SUBJECT_STATES[entity.state] + since)
    lines = [entity.name, f"Code: {entity.uscc} ({', '.join(about)})"]
    lines += _registered(entity, registered)
    if not entity.uscc_check_ok:
        lines.append("Its check digit does not hold: please ask the registrar.")
    counts = [f"{en.RECORD_KINDS[kind]} {count}" for kind, count in entity.counts.items()]
    lines.append("Public records: " + ", ".join(counts) if counts else _NONE)
    lines.append(f"(as of {in_kunming(now):%Y-%m-%d %H:%M})")
    return lines


def _registered(entity: View, known: Registered) -> list[str]:
    lines = []
    if known.successor:
        lines.append(f"Merged into {known.successor.name}: send its code {known.successor.uscc}.")
    if known.former_names:
        names = [one.name for one in known.former_names[:_FORMER]]
        more = " and others" if len(known.former_names) > _FORMER else ""
        lines.append(f"Former names: {', '.join(names)}{more}")
    return [*lines, f"Development zone: {entity.zone}"] if entity.zone else lines


def _item(item: Item, today: date) -> str:
    grave = f", {en.SEVERITIES[item.severity]}" if item.severity else ""
    mark = f" ({records_en.MARKS[item.state]})" if item.state in records_en.MARKS else ""
    title = f"\n[{en.RECORD_KINDS[item.kind]}{grave}]{mark} {item.title}"
    lines = [title, item.authority, ", ".join(_dates(item))]
    said = (_ADVICE.get(one) for one in advice.of(item, today))
    return "\n".join([*lines, *(one.format(item.repairable_from) for one in said if one)])


def _dates(item: Item) -> list[str]:
    dates = [f"decided {item.event_date}"]
    if item.published_on:
        dates.append(f"published {item.published_on}")
    if item.ends_on:
        dates.append(f"until {item.ends_on}")
    return dates


def hits(found: Sequence[Hit], *, more: bool, doing: str, now: datetime) -> str:
    """List what a name search found by number; the last four of the code tell namesakes apart."""
    lines = [f"{number}. {_hit(hit)}" for number, hit in enumerate(found, start=1)]
    tail = "Send a number to choose" + (", “more” for the next page." if more else ".")
    head = f"Found{' to ' + doing if doing in {'follow', 'unfollow'} else ''}"
    return "\n".join([f"{head} (as of {in_kunming(now):%Y-%m-%d %H:%M}):", *lines, tail])


def _hit(hit: Hit) -> str:
    former = f", formerly {hit.former_name}" if hit.former_name else ""
    return f"{hit.name} (…{hit.uscc[-4:]}{former})"


def nothing(name: str, *, now: datetime) -> str:
    """Say that a search found nothing, and as of when."""
    moment = f"{in_kunming(now):%Y-%m-%d %H:%M}"
    return f"As of {moment} no name has “{name[:30]}” in it. Check it, or send the code instead."


def followed(name: str, *, new: bool) -> str:
    """Confirm a follow."""
    start = "You follow" if new else "You already follow"
    return f"{start} {name}: you will hear when it is listed. Send “取消关注 {name}” to stop."


def unfollowed(name: str) -> str:
    """Confirm the end of a follow."""
    return f"You no longer follow {name}. Send “my follows” to see whom you follow."


def follows(subjects: Sequence[Subject], *, doing: str) -> str:
    """List whom a citizen follows, by number."""
    lines = [
        f"{number}. {subject.name} (…{subject.uscc[-4:]})"
        for number, subject in enumerate(subjects, start=1)
    ]
    tail = {
        "show": "Send a number to see one, “取消关注” and a name to stop.",
        "unfollow": "Send a number to stop following.",
    }
    return "\n".join([f"You follow {len(subjects)}:", *lines, tail[doing]])
