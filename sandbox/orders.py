"""What scripts may order: citizens' hands, faults, quotas, receipts."""

import base64

from sandbox import actions
from sandbox.errors import Json
from sandbox.faults import Fault
from sandbox.pusher import Copies, Manner
from sandbox.receipts import Script
from sandbox.world import World

MANNERS = ("mode", "tries", "timeout", "age", "query", "content_type")


def say(world: World, order: Json) -> Json:
    """Let a citizen write, and return what came back."""
    return actions.send(world, order["openid"], kind="text", fields={"Content": order["text"]})


def send(world: World, order: Json) -> Json:
    """Let a citizen send a picture, a place or another kind of message."""
    return actions.send(world, order["openid"], kind=order["kind"], fields=order.get("fields", {}))


def event(world: World, order: Json) -> Json:
    """Let a citizen follow, leave, tap or scan."""
    key = {"EventKey": order["key"]} if "key" in order else {}
    fields = {**key, **order.get("fields", {})}
    return actions.event(world, order["openid"], name=order["event"], fields=fields)


def push(world: World, order: Json) -> Json:
    """Push as ordered: once, several times in a row, or several times at the same moment."""
    manner = Manner(raw=raw(order), **{k: order[k] for k in MANNERS if k in order})
    fields = {"FromUserName": order.get("openid", "oNobody"), **order.get("fields", {})}
    copies = Copies(max(1, int(order.get("copies", 1))), at_once=bool(order.get("concurrent")))
    return actions.push(world, fields, manner, copies=copies)


def citizens(world: World, order: Json) -> Json:
    """Give a new citizen a phone."""
    with world.lock:
        name, born = order.get("name", ""), order.get("born")
        citizen = world.citizens.add(order["openid"], name=name, born=born)
    return {"openid": citizen.openid, "name": citizen.name, "following": citizen.following}


def followers(world: World, order: Json) -> Json:
    """Let many citizens follow at once, without a push."""
    with world.lock:
        for openid in order["openids"]:
            world.citizens.follow(world.citizens.add(openid))
    return {"followers": len(order["openids"])}


def unhurried(world: World, order: Json) -> Json:
    """Lift the limit of mass messages a minute, or put it back."""
    with world.lock:
        world.unhurried = bool(order.get("on", True))
    return {"unhurried": world.unhurried}


def devices(world: World, order: Json) -> Json:
    """Say which devices the push provider knows; null for whatever anybody names."""
    with world.lock:
        known = order.get("known")
        world.devices = None if known is None else set(known)
    return {"known": known}


def faults(world: World, order: Json) -> Json:
    """Order a fault."""
    with world.lock:
        world.faults.orders.append(Fault.ordered(order))
    return {"ordered": order}


def no_faults(world: World, _order: Json) -> Json:
    """Take all ordered faults back."""
    with world.lock:
        world.faults.orders.clear()
    return {"faults": []}


def quota(world: World, order: Json) -> Json:
    """Set how often an interface may be called in a day."""
    with world.lock:
        world.quotas.daily[order["path"]] = int(order["daily"])
        world.quotas.used[order["path"]] = int(order.get("used", 0))
        return world.quotas.state(order["path"])


def latency(world: World, order: Json) -> Json:
    """Make every call take its time."""
    world.latency = float(order["seconds"])
    return {"seconds": world.latency}


def steal(world: World, order: Json) -> Json:
    """Refresh the token as another program with the same secret would."""
    pool = order.get("pool", "stable")
    with world.lock:
        world.tokens.steal(pool)
    return {"stolen": pool}


def receipts(world: World, order: Json) -> Json:
    """Say how receipts go out."""
    world.receipts.script = Script.ordered(order)
    return {"mode": world.receipts.script.mode}


def reset(world: World, _order: Json) -> Json:
    """Begin anew."""
    world.reset()
    return {"reset": True}


def raw(order: Json) -> bytes | None:
    """Read the bytes that a script wants on the wire instead of a proper push."""
    if "raw_base64" in order:
        return base64.b64decode(order["raw_base64"])
    return order["raw"].encode() if "raw" in order else None
