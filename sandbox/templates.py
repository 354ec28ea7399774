"""The templates that the account owns, and what a template message must hold."""

from sandbox.errors import Json, RefusalError
from sandbox.fields import fits

Templates = dict[str, tuple[str, tuple[tuple[str, str], ...]]]
_CARD = (("thing1", "事项"), ("time2", "时间"), ("thing3", "提示"))
_PROGRESS = (
    *(("thing1", "事项"), ("character_string2", "受理编号")),
    *(("phrase3", "当前状态"), ("time4", "时间")),
)
# Those of subscription messages (订阅通知): of no use for template messages, and the other way.
SUBSCRIPTIONS: Templates = {
    "credit-sub-alert": ("信用提醒", _CARD),
    "credit-sub-campaign": ("诚信文化宣传", _CARD),
    "credit-sub-case": ("信用事项办理进度", _PROGRESS),
}
TEMPLATES: Templates = {
    "credit-alert": (
        "信用提醒",
        _CARD,
    ),
    "credit-campaign": (
        "诚信文化宣传",
        (("thing1", "主题"), ("time2", "时间"), ("thing3", "提示")),
    ),
    "credit-case": (
        "信用事项办理进度",
        _PROGRESS,
    ),
    # The template of WeChat's own example, so that the published request can be sent as it is.
    "ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY": (
        "购买成功通知",
        (("keyword1", "商品"), ("keyword2", "金额"), ("keyword3", "时间")),
    ),
}
LONGEST_ID = 64


def card(body: Json, known: Templates = TEMPLATES, *, link_name: str = "url") -> Json:
    """Make the card that the citizen sees; what the template does not name is not displayed."""
    title, names = template(body.get("template_id"), known)
    data = body.get("data")
    if not isinstance(data, dict):
        raise RefusalError(47001)
    fields = [{"name": name, "label": label, "value": read(data, name)} for name, label in names]
    return {"kind": "template", "title": title, "fields": fields, "url": link(body.get(link_name))}


def template(
    template_id: object, known: Templates = TEMPLATES
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Find a template by its id."""
    if not isinstance(template_id, str) or not 0 < len(template_id) <= LONGEST_ID:
        raise RefusalError(40036)
    if template_id not in known:
        raise RefusalError(40037)
    return known[template_id]


def read(data: Json, name: str) -> str:
    """Read one field, or refuse and name it."""
    held = data.get(name)
    value = held.get("value") if isinstance(held, dict) else None
    if not isinstance(value, str) or not fits(name, value):
        raise RefusalError(47003, f"argument invalid! data.{name}.value invalid")
    return value


def link(url: object) -> str:
    """Read the optional address that a tap on the card opens."""
    if url is not None and not isinstance(url, str):
        raise RefusalError(47001)
    return url or ""
