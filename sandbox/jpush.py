"""The push provider: JPush's REST API v3, as far as it is used."""

import hmac

from flask import Blueprint, Response, jsonify, request

from sandbox.errors import Json
from sandbox.faults import Fault
from sandbox.gate import BAD_GATEWAY, DROP
from sandbox.world import World

PATH = "/v3/push"
MOST = 1000
BAD, DENIED, TOO_MANY = 400, 401, 429
MISSING, WRONG, DENIAL, NOBODY, RATE = 1002, 1003, 1004, 1011, 2002


class RefusedError(Exception):
    """The provider refuses a push: HTTP status, its own code, and words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def blueprint(world: World) -> Blueprint:
    """Make the door of the push provider."""
    provider = Blueprint("jpush", __name__)

    @provider.post(PATH)
    def push() -> Response:
        with world.lock:
            fault = world.faults.take(PATH, only_named=True)
        if fault and not fault.sent:
            return broken(world, fault)
        answer = answered(world)
        return broken(world, fault, answer) if fault else answer

    return provider


def answered(world: World) -> Response:
    """Carry a push out, or refuse it; either way it is written down."""
    try:
        with world.lock:
            note = noted(request.get_json(silent=True) or {})
            world.hints.append(note)
            check(world, note)
            msg_id = str(next(world.msgids))
            note |= {"status": 200, "msg_id": msg_id}
    except RefusedError as refused:
        note |= {"status": refused.status, "code": refused.code}
        return refusal(refused.status, refused.code, refused.message)
    return jsonify(sendno="0", msg_id=msg_id)


def noted(body: Json) -> Json:
    """Return what is shown on whose device."""
    android = (body.get("notification") or {}).get("android") or {}
    audience = body.get("audience")
    tokens = audience.get("registration_id") if isinstance(audience, dict) else None
    return {
        "tokens": tokens or [],
        "title": android.get("title"),
        "text": android.get("alert"),
        "extras": android.get("extras"),
        "options": body.get("options"),
        "platform": body.get("platform"),
    }


def check(world: World, note: Json) -> None:
    """Refuse whom we do not know, and what cannot be shown. Raises RefusedError."""
    who = request.authorization
    given = f"{who.username}:{who.password}" if who else ""
    ours = f"{world.options.jpush_key}:{world.options.jpush_secret}"
    if not hmac.compare_digest(given.encode(), ours.encode()):
        raise RefusedError(DENIED, DENIAL, "basic authentication failed")
    tokens = note["tokens"]
    if not tokens or len(tokens) > MOST or not note["text"] or not note["platform"]:
        raise RefusedError(BAD, MISSING, "Missing parameter")
    known = tokens if world.devices is None else [one for one in tokens if one in world.devices]
    if not known:
        raise RefusedError(BAD, NOBODY, "cannot find user by this audience")
    if lost := next((one for one in tokens if one not in known), None):
        raise RefusedError(BAD, WRONG, f"The registration_id {lost} is invalid!")


def broken(world: World, fault: Fault, answer: Response | None = None) -> Response:
    """Answer as a fault says, having carried the push out or not."""
    if fault.kind in ("delay", "timeout"):
        world.rest(fault.seconds)
    if fault.kind == "timeout":
        return Response(status=504, headers={DROP: "1"})
    if fault.kind == "delay" and answer is not None:
        return answer
    if fault.kind == "quota":
        return refusal(TOO_MANY, RATE, "The rate limit is exceeded")
    if fault.kind == "errcode":
        return refusal(BAD, fault.errcode, "refused by order")
    return Response(BAD_GATEWAY, status=502, content_type="text/html")


def refusal(status: int, code: int, message: str) -> Response:
    """Word a refusal as the provider does."""
    answer = jsonify(error={"code": code, "message": message})
    answer.status_code = status
    return answer
