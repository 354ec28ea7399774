"""The account's menu, and the limits that WeChat sets to it."""

from sandbox.errors import Json, RefusalError

TOP, SUB = 3, 5
NAME, SUB_NAME, KEY, URL = 16, 60, 128, 1024
NEEDS = {
    "click": "key",
    "scancode_push": "key",
    "scancode_waitmsg": "key",
    "pic_sysphoto": "key",
    "pic_photo_or_album": "key",
    "pic_weixin": "key",
    "location_select": "key",
    "view": "url",
    "miniprogram": "url",
    "media_id": "media_id",
    "view_limited": "media_id",
    "article_id": "article_id",
    "article_view_limited": "article_id",
}
TOO_LONG = {"key": (KEY, 40019), "url": (URL, 40020), "media_id": (KEY, 40007)}


def check(body: Json) -> Json:
    """Refuse a menu that WeChat would not take."""
    buttons = listed(body.get("button"), TOP, code=40016)
    for button in buttons:
        subs = button.get("sub_button")
        named(button, NAME)
        if subs:
            for sub in listed(subs, SUB, code=40023):
                named(sub, SUB_NAME)
                typed(sub)
        else:
            typed(button)
    return {"button": buttons}


def listed(buttons: object, most: int, *, code: int) -> list[Json]:
    """Refuse a row that is empty, too long, or no row of buttons."""
    if not isinstance(buttons, list) or not 0 < len(buttons) <= most:
        raise RefusalError(code)
    if not all(isinstance(button, dict) for button in buttons):
        raise RefusalError(47001)
    return buttons


def named(button: Json, longest: int) -> None:
    """Refuse a label that is missing or too long."""
    name = button.get("name")
    if not isinstance(name, str) or not 0 < len(name.encode()) <= longest:
        raise RefusalError(40018)


def typed(button: Json) -> None:
    """Refuse a button of unknown type, or without what its type needs."""
    need = NEEDS.get(str(button.get("type")))
    if need is None:
        raise RefusalError(40017)
    longest, code = TOO_LONG.get(need, (KEY, 40007))
    value = button.get(need)
    if not isinstance(value, str) or not 0 < len(value.encode()) <= longest:
        raise RefusalError(code)
    if need == "url" and not value.startswith(("http://", "https://")):
        raise RefusalError(40055)
