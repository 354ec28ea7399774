"""Subscription messages (订阅通知): what citizens have agreed to, and what is sent on it."""

from collections import Counter

from sandbox import actions, templates
from sandbox.errors import Json, RefusalError
from sandbox.gate import GOOD, Call
from sandbox.world import World

Consents = Counter[tuple[str, str]]
LASTING = 1_000_000_000  # one consent for good, as public services may ask for


def send(world: World, call: Call) -> Json:
    """Send one message to somebody who has agreed to it, and owe its receipt."""
    body = call.body()
    call.note["openid"] = body.get("touser")
    citizen = world.citizens.known(body.get("touser"))
    card = templates.card(body, templates.SUBSCRIPTIONS, link_name="page")
    agreed = citizen.openid, body["template_id"]
    if world.consents[agreed] <= 0:
        raise RefusalError(43101)
    if world.consents[agreed] < LASTING:
        world.consents[agreed] -= 1
    msgid = next(world.msgids)
    if world.receipts.script.status == "success":
        about = {"kind": "subscription", "template_id": body["template_id"], "msgid": msgid}
        world.journal.show(citizen, {"at": world.options.now(), **card, **about})
    world.receipts.owe_sent(citizen.openid, body["template_id"], msgid)
    return {**GOOD, "msgid": msgid}


def answer(world: World, order: Json) -> Json:
    """Let a citizen answer a pop-up for some templates: agree, once or for good, or refuse."""
    openid, accepted = order["openid"], bool(order.get("accept", True))
    with world.lock:
        for template_id in order["templates"]:
            held = LASTING if order.get("lasting") else world.consents[openid, template_id] + 1
            world.consents[openid, template_id] = held if accepted else 0
    if order.get("push") is False:  # "always keep my choice" was ticked before: WeChat says nothing
        return {"pushed": False}
    status = "accept" if accepted else "reject"
    rows = [
        {"TemplateId": one, "SubscribeStatusString": status, "PopupScene": 1}
        for one in order["templates"]
    ]
    fields = {"SubscribeMsgPopupEvent": {"List": rows}}
    return actions.event(world, openid, name="subscribe_msg_popup_event", fields=fields)


def consents(world: World, order: Json) -> Json:
    """Let many agree once more to some templates, without a push."""
    with world.lock:
        for template_id in order["templates"]:
            world.consents.update((openid, template_id) for openid in order["openids"])
    return {"agreed": len(order["openids"])}


def revoke(world: World, order: Json) -> Json:
    """Let a citizen switch templates off in the settings of the account."""
    with world.lock:
        for template_id in order["templates"]:
            world.consents[order["openid"], template_id] = 0
    rows = [{"TemplateId": one, "SubscribeStatusString": "reject"} for one in order["templates"]]
    fields = {"SubscribeMsgChangeEvent": {"List": rows}}
    name = "subscribe_msg_change_event"
    return actions.event(world, order["openid"], name=name, fields=fields)
