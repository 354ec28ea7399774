"""The server API that the account calls, as far as it is used."""

from flask import Blueprint, Response, abort, request

from sandbox import codes, custom, drafts, mass, menus, subscriptions, tags, templates
from sandbox.errors import Json, RefusalError
from sandbox.gate import GOOD, Call, Endpoint, admit
from sandbox.world import World

PAGE = 10_000
GRANT = "client_credential"
COMMANDS = ("Typing", "CancelTyping")


def blueprint(world: World) -> Blueprint:
    """Make the door to the server API."""
    api = Blueprint("api", __name__)

    @api.route("/cgi-bin/<path:_rest>", methods=["GET", "POST", "PUT", "DELETE"])
    def call(_rest: str) -> Response:
        endpoint = ENDPOINTS.get(request.path)
        if endpoint is None:
            abort(404)
        return admit(world, request, endpoint)

    return api


def check_account(world: World, given: Json) -> None:
    """Refuse who does not know the appid and its secret."""
    if not given.get("appid"):
        raise RefusalError(41002)
    if given.get("grant_type") != GRANT:
        raise RefusalError(40002)
    if not given.get("secret"):
        raise RefusalError(41004)
    if given["appid"] != world.options.appid:
        raise RefusalError(40013)
    if given["secret"] != world.options.secret:
        raise RefusalError(40125)


def token(world: World, call: Call) -> Json:
    """Issue a legacy token."""
    check_account(world, dict(call.query))
    return world.tokens.fetch_legacy()


def stable_token(world: World, call: Call) -> Json:
    """Issue or repeat the stable token."""
    body = call.body()
    check_account(world, body)
    return world.tokens.fetch_stable(force=body.get("force_refresh") is True)


def jsapi_ticket(_world: World, _call: Call) -> Json:
    """Give the ticket with which pages sign for the JS-SDK."""
    return GOOD | {"ticket": "sandbox-jsapi-ticket", "expires_in": 7200}


def template_send(world: World, call: Call) -> Json:
    """Send one template message; a repeated client_msg_id sends nothing and is answered alike."""
    body = call.body()
    key = body.get("client_msg_id")
    call.note |= {"openid": body.get("touser"), "client_msg_id": key}
    citizen = world.citizens.known(body.get("touser"))
    card = templates.card(body)
    if not citizen.following:
        raise RefusalError(43004)
    msgid = world.remembered(citizen.openid, key)
    call.note["duplicate"] = msgid is not None
    if msgid is None:
        msgid = next(world.msgids)
        world.remember(citizen.openid, key, msgid)
        if world.receipts.script.status == "success":
            about = {"client_msg_id": key, "template_id": body["template_id"], "msgid": msgid}
            world.journal.show(citizen, {"at": world.options.now(), **card, **about})
        world.receipts.owe(citizen.openid, msgid)
    return {**GOOD, "msgid": msgid}


def custom_send(world: World, call: Call) -> Json:
    """Send one customer-service message, if a window is open."""
    body = call.body()
    call.note["openid"] = body.get("touser")
    citizen = world.citizens.known(body.get("touser"))
    bubble = custom.bubble(body)
    world.citizens.spend(citizen)
    world.journal.show(citizen, {"at": world.options.now(), "custom": True, **bubble})
    return GOOD


def typing(world: World, call: Call) -> Json:
    """Show that somebody is typing."""
    body = call.body()
    call.note["openid"] = body.get("touser")
    citizen = world.citizens.known(body.get("touser"))
    if body.get("command") not in COMMANDS:
        raise RefusalError(45072)
    world.citizens.typing(citizen)
    return GOOD


def menu_create(world: World, call: Call) -> Json:
    """Put the account's menu."""
    world.menu = menus.check(call.body())
    return GOOD


def menu_get(world: World, _call: Call) -> Json:
    """Return the account's menu."""
    if world.menu is None:
        raise RefusalError(46003)
    return {"menu": world.menu}


def menu_delete(world: World, _call: Call) -> Json:
    """Take the account's menu away."""
    world.menu = None
    return GOOD


def user_get(world: World, call: Call) -> Json:
    """List followers, ten thousand a page."""
    followers = [citizen.openid for citizen in world.citizens if citizen.following]
    after = call.query.get("next_openid", "")
    if after and after not in followers:
        raise RefusalError(40003)
    begin = followers.index(after) + 1 if after else 0
    page = followers[begin : begin + PAGE]
    answer: Json = {"total": len(followers), "count": len(page)}
    if page:
        answer["data"] = {"openid": page}
    return {**answer, "next_openid": page[-1] if page else ""}


def user_info(world: World, call: Call) -> Json:
    """Say whether a citizen follows; since 2021 no name and no picture."""
    call.note["openid"] = call.query.get("openid")
    citizen = world.citizens.known(call.query.get("openid"))
    if not citizen.following:
        return {"subscribe": 0, "openid": citizen.openid}
    about = {"nickname": "", "sex": 0, "language": "zh_CN", "headimgurl": "", "remark": ""}
    since = {"subscribe_time": citizen.followed_at, "subscribe_scene": "ADD_SCENE_SEARCH"}
    return {"subscribe": 1, "openid": citizen.openid, **about, **since}


def clear_quota(world: World, call: Call) -> Json:
    """Give back the calls of the day."""
    if call.body().get("appid") != world.options.appid:
        raise RefusalError(40013)
    world.quotas.clear()
    return GOOD


def quota_get(world: World, call: Call) -> Json:
    """Say how many calls of the day are left."""
    path = call.body().get("cgi_path")
    return {**GOOD, "quota": world.quotas.state(path if isinstance(path, str) else "")}


def addresses(_world: World, _call: Call) -> Json:
    """List the addresses that WeChat calls from, or is called at."""
    return {"ip_list": ["127.0.0.1"]}


ENDPOINTS = {
    "/cgi-bin/ticket/getticket": Endpoint("GET", jsapi_ticket),
    "/cgi-bin/token": Endpoint("GET", token, needs_token=False),
    "/cgi-bin/stable_token": Endpoint("POST", stable_token, needs_token=False),
    "/cgi-bin/message/template/send": Endpoint("POST", template_send),
    "/cgi-bin/message/subscribe/bizsend": Endpoint("POST", subscriptions.send),
    "/cgi-bin/message/custom/send": Endpoint("POST", custom_send),
    "/cgi-bin/message/custom/typing": Endpoint("POST", typing),
    "/cgi-bin/message/mass/send": Endpoint("POST", mass.send),
    "/cgi-bin/message/mass/sendall": Endpoint("POST", mass.sendall),
    "/cgi-bin/message/mass/preview": Endpoint("POST", mass.preview),
    "/cgi-bin/message/mass/get": Endpoint("POST", mass.get),
    "/cgi-bin/message/mass/delete": Endpoint("POST", mass.delete),
    "/cgi-bin/media/uploadimg": Endpoint("POST", drafts.uploadimg),
    "/cgi-bin/material/add_material": Endpoint("POST", drafts.add_material),
    "/cgi-bin/draft/add": Endpoint("POST", drafts.draft_add),
    "/cgi-bin/draft/get": Endpoint("POST", drafts.draft_get),
    "/cgi-bin/draft/delete": Endpoint("POST", drafts.draft_delete),
    "/cgi-bin/tags/create": Endpoint("POST", tags.create),
    "/cgi-bin/tags/get": Endpoint("GET", tags.listing),
    "/cgi-bin/tags/members/batchtagging": Endpoint("POST", tags.tagging),
    "/cgi-bin/tags/members/batchuntagging": Endpoint("POST", tags.untagging),
    "/cgi-bin/user/tag/get": Endpoint("POST", tags.members),
    "/cgi-bin/menu/create": Endpoint("POST", menu_create),
    "/cgi-bin/menu/get": Endpoint("GET", menu_get),
    "/cgi-bin/menu/delete": Endpoint("GET", menu_delete),
    "/cgi-bin/qrcode/create": Endpoint("POST", codes.create),
    "/cgi-bin/user/get": Endpoint("GET", user_get),
    "/cgi-bin/user/info": Endpoint("GET", user_info),
    "/cgi-bin/clear_quota": Endpoint("POST", clear_quota, counted=False),
    "/cgi-bin/openapi/quota/get": Endpoint("POST", quota_get, counted=False),
    "/cgi-bin/getcallbackip": Endpoint("GET", addresses),
    "/cgi-bin/get_api_domain_ip": Endpoint("GET", addresses),
}
