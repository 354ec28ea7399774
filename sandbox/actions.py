"""What a citizen does with the phone, and the push that WeChat makes of it."""

from sandbox.citizens import Citizen
from sandbox.errors import Json
from sandbox.pusher import Copies, Manner
from sandbox.world import World

TOUCHES = ("click", "scan", "subscribe", "scancode_push", "scancode_waitmsg")
# Something to send for each kind, so that a button or a test need not invent it.
SAMPLES: dict[str, Json] = {
    "text": {"Content": "你好"},
    "image": {"PicUrl": "http://127.0.0.1/sample.jpg", "MediaId": "sample-image"},
    "voice": {"MediaId": "sample-voice", "Format": "amr"},
    "video": {"MediaId": "sample-video", "ThumbMediaId": "sample-thumb"},
    "shortvideo": {"MediaId": "sample-video", "ThumbMediaId": "sample-thumb"},
    "location": {"Location_X": 25.04, "Location_Y": 102.71, "Scale": 16, "Label": "昆明市五华区"},
    "link": {"Title": "链接", "Description": "说明", "Url": "http://127.0.0.1/"},
}


class NotFollowingError(Exception):
    """The citizen does not follow the account, and so cannot write to it."""


def send(world: World, openid: str, *, kind: str, fields: Json) -> Json:
    """Let a citizen send a message of any kind."""
    with world.lock:
        citizen = phone(world, openid)
        if not citizen.following:
            raise NotFollowingError(openid)
        world.citizens.spoke(citizen)
        message = head(world, openid, kind) | SAMPLES.get(kind, {}) | fields
        message["MsgId"] = next(world.push_ids)
        shown = str(message.get("Content") or message.get("Label") or "")
        world.journal.said(citizen, {"at": world.options.now(), "kind": kind, "text": shown})
    return world.deliver(citizen, message)


def event(world: World, openid: str, *, name: str, fields: Json) -> Json:
    """Let a citizen follow, leave, tap or scan."""
    with world.lock:
        citizen = phone(world, openid)
        mark(world, citizen, name)
        message = head(world, openid, "event") | {"Event": name} | fields
    return world.deliver(citizen, message)


def push(world: World, fields: Json, manner: Manner, *, copies: Copies) -> Json:
    """Push any message, whole or broken, as a script wants it."""
    with world.lock:
        openid = str(fields.get("FromUserName", "oNobody"))
        citizen = phone(world, openid)
        message = head(world, openid, str(fields.get("MsgType", "text"))) | fields
        if message["MsgType"] != "event" and "MsgId" not in message:
            message["MsgId"] = next(world.push_ids)
    return world.deliver(citizen, message, manner, copies=copies)


def phone(world: World, openid: str) -> Citizen:
    """Find the citizen's phone; a stranger is given one, and follows from the start."""
    citizen = world.citizens.get(openid)
    if citizen is None:
        citizen = world.citizens.add(openid)
        world.citizens.follow(citizen)
    return citizen


def mark(world: World, citizen: Citizen, name: str) -> None:
    """Note what an event changes: who follows, and which window it opens."""
    if name.lower() == "subscribe":
        world.citizens.follow(citizen)
    if name.lower() == "unsubscribe":
        world.citizens.leave(citizen)
    if name.lower() in TOUCHES:
        world.citizens.acted(citizen)


def head(world: World, openid: str, kind: str) -> Json:
    """Write what every push begins with."""
    return {
        "ToUserName": world.options.account,
        "FromUserName": openid,
        "CreateTime": int(world.options.now()),
        "MsgType": kind,
    }
