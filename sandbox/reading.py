"""What scripts may read: the log, the phones, the counts."""

from dataclasses import asdict

from flask import request

from sandbox.errors import Json
from sandbox.world import World


def log(world: World) -> Json:
    """Return the calls of the server API after a number, of one path or of all."""
    after, path = request.args.get("after", 0, type=int), request.args.get("path")
    calls = world.journal.calls[after:]
    return {"calls": [call for call in calls if path in (None, call["path"])]}


def messages(world: World) -> Json:
    """Return what citizens got; with `all` also what they sent."""
    openid, whole = request.args.get("openid"), "all" in request.args
    got = [
        {"openid": citizen.openid, **entry}
        for citizen in world.citizens
        if openid in (None, citizen.openid)
        for entry in citizen.chat
        if whole or entry["from"] == "account"
    ]
    return {"messages": got}


def counts(world: World) -> Json:
    """Return how many messages each citizen got, and how many receipts are still under way."""
    pending = world.receipts.postman.waiting()
    calls = len(world.journal.calls)
    return {**world.journal.counts(), "calls": calls, "pending_receipts": pending}


def hints(world: World) -> Json:
    """Return what the push provider was asked to show, by device; refused ones, too."""
    return {"hints": world.hints}


def pushes(world: World) -> Json:
    """Return the pushes after a number, with their tries and outcomes."""
    after = request.args.get("after", 0, type=int)
    return {"pushes": world.journal.pushes[after:]}


def citizens(world: World) -> Json:
    """Return who has a phone, and who follows."""
    shown = [
        {"openid": citizen.openid, "name": citizen.name, "following": citizen.following}
        for citizen in world.citizens
    ]
    return {"citizens": shown}


def faults(world: World) -> Json:
    """Return the faults that are still ordered."""
    return {"faults": [asdict(fault) for fault in world.faults.orders]}
