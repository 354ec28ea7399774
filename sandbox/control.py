"""The door for scripts: read what happened, order what shall happen."""

from collections.abc import Callable

from flask import Blueprint, Response, json, jsonify, request

from sandbox import codes, orders, reading, subscriptions, texts
from sandbox.actions import NotFollowingError
from sandbox.errors import Json
from sandbox.world import World

READ: dict[str, Callable[[World], Json]] = {
    "/log": reading.log,
    "/messages": reading.messages,
    "/counts": reading.counts,
    "/pushes": reading.pushes,
    "/hints": reading.hints,
    "/citizens": reading.citizens,
    "/faults": reading.faults,
    "/texts": texts.read,
}
ORDER: dict[str, Callable[[World, Json], Json]] = {
    "/say": orders.say,
    "/send": orders.send,
    "/event": orders.event,
    "/scan": codes.scan,
    "/push": orders.push,
    "/citizens": orders.citizens,
    "/followers": orders.followers,
    "/consents": subscriptions.consents,
    "/faults": orders.faults,
    "/quota": orders.quota,
    "/latency": orders.latency,
    "/devices": orders.devices,
    "/unhurried": orders.unhurried,
    "/token/steal": orders.steal,
    "/receipts": orders.receipts,
    "/subscribe": subscriptions.answer,
    "/unsubscribe": subscriptions.revoke,
    "/reset": orders.reset,
}
MISREAD = (ValueError, TypeError, KeyError)


def blueprint(world: World) -> Blueprint:
    """Make the door for scripts."""
    control = Blueprint("control", __name__, url_prefix="/_control")

    @control.get("/<path:name>")
    def read(name: str) -> Response:
        with world.lock:
            return jsonify(READ[f"/{name}"](world))

    @control.post("/<path:name>")
    def order(name: str) -> Response:
        return jsonify(ORDER[f"/{name}"](world, json.loads(request.get_data() or "{}")))

    @control.delete("/faults")
    def no_faults() -> Response:
        return jsonify(orders.no_faults(world, {}))

    control.register_error_handler(NotFollowingError, not_following)
    for kind in MISREAD:
        control.register_error_handler(kind, misread)
    return control


def not_following(error: Exception) -> tuple[Response, int]:
    """Refuse a message from somebody who does not follow."""
    return jsonify(error=f"{error} does not follow the account"), 409


def misread(error: Exception) -> tuple[Response, int]:
    """Refuse an order that cannot be read."""
    return jsonify(error=f"{type(error).__name__}: {error}"), 400
