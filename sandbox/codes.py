"""QR codes with a scene: for thirty days at most, or a hundred thousand lasting ones."""

import secrets

from sandbox import actions
from sandbox.errors import Json, RefusalError
from sandbox.gate import Call
from sandbox.world import World

TEMPORARY, LASTING = ("QR_SCENE", "QR_STR_SCENE"), ("QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE")
LONGEST, SHORTEST = 2_592_000, 60
MOST, IDS, LETTERS = 100_000, 100_000, 64
EVER = float("inf")


def create(world: World, call: Call) -> Json:
    """Make a code; a lasting one of the same scene is the same code."""
    body = call.body()
    name = body.get("action_name")
    if name not in (*TEMPORARY, *LASTING):
        raise RefusalError(40052)
    scene = scene_of(body, is_text="STR" in name, is_lasting=name in LASTING)
    if name in LASTING:
        return lasting(world, scene)
    seconds = lasts(body)
    until = world.options.now() + world.options.paced(seconds)
    return {**made(world, scene, until), "expire_seconds": seconds}


def lasting(world: World, scene: str) -> Json:
    """Make a lasting code, or give the one that there is."""
    held = [url for url, (of, _, until) in world.codes.items() if until == EVER and of == scene]
    if held:
        return {"ticket": world.codes[held[0]][1], "url": held[0]}
    if sum(until == EVER for _, _, until in world.codes.values()) >= MOST:
        raise RefusalError(45029)
    return made(world, scene, EVER)


def made(world: World, scene: str, until: float) -> Json:
    """Make a code: its ticket, and the address that it stands for."""
    url = f"http://weixin.qq.com/q/{secrets.token_urlsafe(12)}"
    ticket = secrets.token_urlsafe(48)
    world.codes[url] = scene, ticket, until
    return {"ticket": ticket, "url": url}


def lasts(body: Json) -> int:
    """Read how long a temporary code lasts, or refuse."""
    seconds = body.get("expire_seconds", SHORTEST)
    if not isinstance(seconds, int) or not 0 < seconds <= LONGEST:
        raise RefusalError(40053)
    return seconds


def scene_of(body: Json, *, is_text: bool, is_lasting: bool) -> str:
    """Read the scene, or refuse it."""
    info = body.get("action_info")
    scene = info.get("scene") if isinstance(info, dict) else None
    if not isinstance(scene, dict):
        raise RefusalError(40053)
    text, number = scene.get("scene_str"), scene.get("scene_id")
    if is_text and isinstance(text, str) and 0 < len(text) <= LETTERS:
        return text
    if is_text or not isinstance(number, int) or number <= 0 or (is_lasting and number > IDS):
        raise RefusalError(40053)
    return str(number)


def code(world: World, content: str) -> tuple[str, str, float]:
    """Find a code: its scene, its ticket, until when. Raises KeyError."""
    tickets = {held[1]: held for held in world.codes.values()}
    return (world.codes | tickets)[content]


def scan(world: World, order: Json) -> Json:
    """Let a citizen scan a code, named by its address or its ticket.

    Who does not follow yet follows by it.
    """
    with world.lock:
        scene, ticket, until = code(world, order["url"])
        if world.options.now() >= until:
            raise ValueError("the code is over")
        citizen = world.citizens.add(order["openid"])
        follows = citizen.following
    name, key = ("SCAN", scene) if follows else ("subscribe", f"qrscene_{scene}")
    fields = {"EventKey": key, "Ticket": ticket}
    return actions.event(world, order["openid"], name=name, fields=fields)
