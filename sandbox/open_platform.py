"""WeChat's open platform: a citizen allows our app to sign them in, and the app gets a code."""

import secrets

from flask import Blueprint, Response, jsonify, render_template, request

from sandbox import visiting
from sandbox.citizens import Citizen, openid_of
from sandbox.errors import Json, RefusalError
from sandbox.gate import Call, Endpoint, admit
from sandbox.world import World

LIFE = 600
GRANT = "authorization_code"


def blueprint(world: World) -> Blueprint:
    """Make the door of the open platform."""
    door = Blueprint("open", __name__)

    @door.post("/open/codes")
    def codes() -> Response | tuple[Response, int]:
        code = allowed(world, request.get_json(force=True).get("citizen"))
        return jsonify(code=code) if code else (jsonify(error="没有这位市民"), 400)

    @door.route("/open", methods=["GET", "POST"])
    def page() -> str:
        chosen = request.form.get("citizen", "")
        code = allowed(world, chosen) if request.method == "POST" else None
        shown = [(citizen.openid, citizen.name) for citizen in world.citizens.shown]
        return render_template("open.html", citizens=shown, chosen=chosen, code=code)

    @door.route("/sns/oauth2/access_token", methods=["GET", "POST"])
    def access_token() -> Response:
        return admit(world, request, Endpoint("GET", exchange, needs_token=False, counted=False))

    return door


def allowed(world: World, citizen: object) -> str | None:
    """Return a code for a citizen, by openid or by name; None for nobody."""
    with world.lock:
        known = world.citizens.get(citizen) or world.citizens.get(openid_of(str(citizen)))
        if known is None:
            return None
        code = secrets.token_urlsafe(24)
        world.logins[code] = (known, world.options.now())
    return code


def exchange(world: World, call: Call) -> Json:
    """Tell the app who somebody is, once for each code."""
    given = dict(call.query)
    if given.get("appid") == world.options.appid:  # a page of the official account, not the app
        about = visiting.exchange(world, given)
        call.note["openid"] = about["openid"]
        return about
    check_app(world, given)
    code = given.get("code")
    if not code:
        raise RefusalError(41008)
    if code in world.spent:
        raise RefusalError(40163)
    citizen, at = world.logins.pop(code, (None, 0.0))
    if citizen is None or world.options.now() - at >= world.options.paced(LIFE):
        raise RefusalError(40029)
    world.spent.add(code)
    openid, unionid = ids(citizen)
    call.note["openid"] = openid
    tokens = {"access_token": secrets.token_urlsafe(32), "refresh_token": secrets.token_urlsafe(32)}
    rest = {"expires_in": 7200, "scope": "snsapi_userinfo", "unionid": unionid}
    return {**tokens, "openid": openid, **rest}


def check_app(world: World, given: Json) -> None:
    """Refuse who does not know the app and its secret."""
    if given.get("appid") != world.options.open_appid:
        raise RefusalError(40013)
    if given.get("secret") != world.options.open_secret:
        raise RefusalError(40125)
    if given.get("grant_type") != GRANT:
        raise RefusalError(40002)


def ids(citizen: Citizen) -> tuple[str, str]:
    """Return what the app, and all apps of one owner, know a citizen as."""
    return f"oAPP_{citizen.openid[4:]}", f"oUNI_{citizen.openid[4:]}"
