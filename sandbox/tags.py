"""Tags of followers: a hundred at most, twenty on each, fifty openids a call."""

from sandbox.errors import Json, RefusalError
from sandbox.gate import GOOD, Call
from sandbox.world import World

TAGS, EACH, A_CALL, NAME, PAGE = 100, 20, 50, 30, 10_000


def create(world: World, call: Call) -> Json:
    """Make a tag."""
    given = call.body().get("tag")
    name = given.get("name") if isinstance(given, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= NAME:
        raise RefusalError(45158)
    if name in world.tags.values():
        raise RefusalError(45157)
    if len(world.tags) >= TAGS:
        raise RefusalError(45056)
    number = max(world.tags, default=99) + 1
    world.tags[number] = name
    return {"tag": {"id": number, "name": name}}


def listing(world: World, _call: Call) -> Json:
    """List the tags, and how many bear each."""
    bearing = {number: len(bearers(world, number)) for number in world.tags}
    named = world.tags.items()
    return {"tags": [{"id": one, "name": name, "count": bearing[one]} for one, name in named]}


def tagging(world: World, call: Call) -> Json:
    """Put a tag on some."""
    openids, tag = given(world, call)
    for openid in openids:
        held = world.tagged[openid]
        if len(held | {tag}) > EACH:
            raise RefusalError(45059)
        held.add(tag)
    return GOOD


def untagging(world: World, call: Call) -> Json:
    """Take a tag off some."""
    openids, tag = given(world, call)
    for openid in openids:
        world.tagged[openid].discard(tag)
    return GOOD


def members(world: World, call: Call) -> Json:
    """List who bears a tag, ten thousand a page."""
    body = call.body()
    if body.get("tagid") not in world.tags:
        raise RefusalError(45159)
    held = bearers(world, body["tagid"])
    after = body.get("next_openid", "")
    begin = held.index(after) + 1 if after in held else 0
    page = held[begin : begin + PAGE]
    answer: Json = {"count": len(page)}
    if page:
        answer["data"] = {"openid": page}
    return {**answer, "next_openid": page[-1] if page else ""}


def bearers(world: World, tag: int) -> list[str]:
    """Return who bears a tag."""
    return [
        one.openid for one in world.citizens if one.following and tag in world.tagged[one.openid]
    ]


def given(world: World, call: Call) -> tuple[list[str], int]:
    """Read openids and a tag, or refuse them."""
    body = call.body()
    openids, tag = body.get("openid_list"), body.get("tagid")
    if not isinstance(tag, int) or tag not in world.tags:
        raise RefusalError(45159)
    if not isinstance(openids, list) or not openids or len(openids) > A_CALL:
        raise RefusalError(40032)
    for openid in openids:
        if not world.citizens.known(openid).following:
            raise RefusalError(49003)
    return openids, tag
