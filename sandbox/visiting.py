"""WeChat's web authorisation: a page opened in WeChat learns by a code who opened it.

`snsapi_base` asks nobody; `snsapi_userinfo`, or a browser that is nobody's phone, shows the screen.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Request,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_from_directory,
)
from flask.typing import ResponseReturnValue

from sandbox.citizens import Citizen, openid_of
from sandbox.errors import Json, RefusalError
from sandbox.world import World

STATIC = Path(__file__).parent / "static"
LIFE = 300
BASE, ASKED = "snsapi_base", "snsapi_userinfo"
HOLDER = "sandbox-phone"
# A page's cookies stay with the phone on which it was opened; all phones share this one browser.
OURS = ("h5", "__Host-h5")


@dataclass(frozen=True)
class Visit:
    """Who opened a page, when, and how WeChat asked; a snapshot's reader is nobody real."""

    citizen: Citizen
    at: float
    scope: str
    snapshot: bool


class WrongVisitError(Exception):
    """The address of the screen is not one that WeChat would show."""


def blueprint(world: World) -> Blueprint:
    """Make the door of the web authorisation."""
    door = Blueprint("visiting", __name__)

    @door.route("/connect/oauth2/authorize", methods=["GET", "POST"])
    def authorize() -> ResponseReturnValue:
        with world.lock:
            return asked(world, request)

    @door.post("/phone/hold")
    def hold() -> ResponseReturnValue:
        openid = str(request.get_json(force=True).get("openid"))
        with world.lock:
            return held(world, world.citizens.known(openid), request)

    @door.get("/open/js/jweixin-1.6.0.js")
    def sdk() -> ResponseReturnValue:
        return send_from_directory(STATIC, "jweixin.js")

    @door.errorhandler(WrongVisitError)
    def wrong(error: Exception) -> ResponseReturnValue:
        return render_template("visit.html", fault=str(error), citizens=[], holder=""), 400

    return door


def asked(world: World, request: Request) -> ResponseReturnValue:
    """Send the browser back with a code, after asking whoever holds the phone if need be."""
    scope, back, state = checked(world, request.args.to_dict())
    holder = world.citizens.get(request.cookies.get(HOLDER))
    if request.method == "POST":
        chosen = request.form.get("citizen", "")
        citizen = world.citizens.get(chosen) or world.citizens.get(openid_of(chosen))
        if citizen is None or "cancel" in request.form:
            return redirect(with_answer(back, {"state": state}))
        visit = Visit(citizen, world.options.now(), scope, snapshot="snapshot" in request.form)
        return sent_back(world, visit, back, state=state)
    if holder and scope == BASE:
        visit = Visit(holder, world.options.now(), scope, snapshot=False)
        return sent_back(world, visit, back, state=state)
    return screen(world, holder, back)


def checked(world: World, given: Json) -> tuple[str, str, str]:
    """Read what is asked. Raises WrongVisitError."""
    if given.get("appid") != world.options.appid:
        raise WrongVisitError("没有这个公众号（appid）")
    back = given.get("redirect_uri", "")
    if not back.startswith(f"{world.options.public_url}/"):
        raise WrongVisitError("10003 redirect_uri 域名与后台配置不一致")
    scope = given.get("scope", "")
    if given.get("response_type") != "code" or scope not in (BASE, ASKED):
        raise WrongVisitError("Scope 参数错误或没有 Scope 权限")
    return scope, back, given.get("state", "")[:128]


def screen(world: World, holder: Citizen | None, back: str) -> ResponseReturnValue:
    """Show WeChat's question."""
    citizens = [holder] if holder else list(world.citizens.shown)
    response = make_response(
        render_template("visit.html", fault="", citizens=citizens, holder=holder)
    )
    site = "/".join(back.split("/", 3)[:3])
    policy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
    policy += f"frame-ancestors 'self'; form-action 'self' {site}"
    response.headers["Content-Security-Policy"] = policy
    return response


def sent_back(world: World, visit: Visit, back: str, *, state: str) -> ResponseReturnValue:
    """Give a code, good once and for five minutes."""
    code = secrets.token_urlsafe(24)
    world.visits[code] = visit
    return redirect(with_answer(back, {"code": code, "state": state}))


def with_answer(back: str, answer: Json) -> str:
    """Write an answer behind an address."""
    return f"{back}{'&' if '?' in back else '?'}{urlencode(answer)}"


def exchange(world: World, given: Json) -> Json:
    """Tell the account who opened the page, once for each code."""
    if given.get("secret") != world.options.secret:
        raise RefusalError(40125)
    if given.get("grant_type") != "authorization_code":
        raise RefusalError(40002)
    code = str(given.get("code") or "")
    if not code:
        raise RefusalError(41008)
    if code in world.spent:
        raise RefusalError(40163)
    visit = world.visits.pop(code, None)
    if visit is None or world.options.now() - visit.at >= world.options.paced(LIFE):
        raise RefusalError(40029)
    world.spent.add(code)
    return told(visit)


def told(visit: Visit) -> Json:
    """Say who it is, as WeChat does."""
    tokens = {"access_token": secrets.token_urlsafe(32), "refresh_token": secrets.token_urlsafe(32)}
    openid = f"oSNAP_{secrets.token_hex(11)}" if visit.snapshot else visit.citizen.openid
    about: Json = {"expires_in": 7200, "openid": openid, "scope": visit.scope}
    if visit.scope == ASKED and not visit.snapshot:
        about["unionid"] = f"oUNI_{openid[4:]}"
    return tokens | about | ({"is_snapshotuser": 1} if visit.snapshot else {})


def held(world: World, citizen: Citizen, request: Request) -> ResponseReturnValue:
    """Give the browser to a citizen: the pages' cookies of whoever held it go, this one's come."""
    here = {name: value for name, value in request.cookies.items() if name.startswith(OURS)}
    former = request.cookies.get(HOLDER)
    response = make_response(jsonify(openid=citizen.openid))
    if former == citizen.openid:
        return response
    if former:
        world.jars[former] = here
    for name in here:
        response.delete_cookie(name, path="/")
    for name, value in world.jars.get(citizen.openid, {}).items():
        response.set_cookie(name, value, path="/", httponly=True, samesite="Lax")
    response.set_cookie(HOLDER, citizen.openid, path="/", httponly=True, samesite="Lax")
    return response
