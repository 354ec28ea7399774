"""The phone page: a WeChat chat in a browser, and what it asks for every moment."""

from flask import Blueprint, Response, jsonify, render_template, request

from sandbox.citizens import Citizen
from sandbox.errors import Json
from sandbox.world import World

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: http: https:; font-src 'self' data:; frame-src http: https:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


def blueprint(world: World) -> Blueprint:
    """Make the door for people."""
    phone = Blueprint("phone", __name__)

    @phone.get("/")
    def page() -> str:
        return render_template("phone.html", public_url=world.options.public_url)

    @phone.get("/phone/state")
    def state() -> Response:
        openid, after = request.args.get("openid"), request.args.get("after", 0, type=int)
        with world.lock:
            citizen = world.citizens.get(openid) or world.citizens.shown[0]
            return jsonify(shown(world, citizen, after))

    @phone.after_app_request
    def guard(response: Response) -> Response:
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Security-Policy", POLICY)
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return phone


def shown(world: World, citizen: Citizen, after: int) -> Json:
    """Say what one phone shows: who holds it, the menu, and what is new in the chat."""
    citizens = list(world.citizens.shown)
    if citizen not in citizens:
        citizens.append(citizen)
    return {
        "openid": citizen.openid,
        "following": citizen.following,
        "citizens": [{"openid": c.openid, "name": c.name, "last": len(c.chat)} for c in citizens],
        "menu": world.menu["button"] if world.menu else [],
        "last": len(citizen.chat),
        "chat": citizen.chat[after:],
    }
