"""The provider of text messages, and the page on which whoever waits for a code reads it."""

from flask import Blueprint, Response, jsonify, render_template, request

from sandbox.errors import Json
from sandbox.gate import disturbed
from sandbox.world import World

PATH = "/sms/messages"
_SHOWN = 50


def blueprint(world: World) -> Blueprint:
    """Make the door of the provider."""
    texts = Blueprint("texts", __name__, url_prefix="/sms")

    @texts.post("/messages")
    def send() -> tuple[Response, int] | Response:
        if request.headers.get("Authorization") != f"Bearer {world.options.sms_key}":
            return jsonify(error="invalid_key"), 401
        order = request.get_json(force=True)
        if not str(order.get("to", "")).startswith("+861") or not order.get("text"):
            return jsonify(error="invalid_number"), 400
        with world.lock:
            fault = world.faults.take(PATH)
            if fault is None or fault.sent:
                keep(world, order)
        return disturbed(world, {"status": "accepted"}, fault)

    @texts.get("")
    def page() -> str:
        number = request.args.get("to", "").strip()
        return render_template("texts.html", texts=got(world, number)[-_SHOWN:][::-1], to=number)

    return texts


def keep(world: World, order: Json) -> None:
    """Deliver a message; one that comes again with the same id is delivered once."""
    if any(text["id"] == order["id"] for text in world.texts):
        return
    about = {"seq": len(world.texts) + 1, "at": world.options.now()}
    world.texts.append({**about, **{name: order[name] for name in ("id", "to", "text")}})


def got(world: World, number: str) -> list[Json]:
    """List what was delivered, oldest first: to everybody, or to one number."""
    with world.lock:
        return [text for text in world.texts if text["to"].endswith(number)]


def read(world: World) -> Json:
    """Return the messages to a number, for a script."""
    return {"texts": got(world, request.args.get("to", "").strip())}
