"""Mass messages: to all, to a tag, to a list of openids; each at most four a month.

A job is known by its clientmsgid for a day: repeated it sends nothing and is answered 45065
with the number of the job that is there, or 45066 if that comes too soon.
"""

import hashlib
import json
from collections.abc import Iterable

from sandbox import drafts
from sandbox.citizens import Citizen
from sandbox.days import day, month
from sandbox.errors import Json, RefusalError
from sandbox.gate import GOOD, Call
from sandbox.jobs import Job
from sandbox.world import World

LEAST, MOST = 2, 10_000
LONGEST_KEY = 64
REMEMBERED, TOO_SOON, MINUTE = 24 * 3600, 60, 60
A_MINUTE, A_MONTH, TO_ALL_A_DAY = 60, 4, 1
SUBMITTED = {**GOOD, "errmsg": "send job submission success"}


def send(world: World, call: Call) -> Json:
    """Send to a list of openids."""
    body = call.body()
    openids = body.get("touser")
    if not isinstance(openids, list) or len(openids) < LEAST:
        raise RefusalError(40130)
    if len(openids) > MOST:
        raise RefusalError(40032)
    call.note["body"] = body | {"touser": len(openids)}  # ten thousand names are no help in a log
    scope = hashlib.sha256(json.dumps(sorted(map(str, openids))).encode()).hexdigest()
    whom = (world.citizens.get(openid) for openid in dict.fromkeys(openids))
    return submit(world, call, scope, whom=list(whom))


def sendall(world: World, call: Call) -> Json:
    """Send to all who follow, or to those of them who bear a tag."""
    given = call.body().get("filter")
    if not isinstance(given, dict):
        raise RefusalError(47001)
    if not isinstance(given.get("is_to_all"), bool):
        raise RefusalError(47001)
    if given["is_to_all"]:
        key = key_of(call.body(), "all")
        if fresh(world, key) is None:
            spend_to_all(world)
        everybody = [one for one in world.citizens if one.following]
        return submit(world, call, "all", whom=everybody)
    tag = given.get("tag_id")
    if type(tag) is not int or tag not in world.tags:
        raise RefusalError(45159)
    tagged = [one for one in world.citizens if one.following and tag in world.tagged[one.openid]]
    return submit(world, call, f"tag {tag}", whom=tagged)


def spend_to_all(world: World) -> None:
    """Count a message to all: one a day, four a month."""
    spent = world.mass.to_all
    today, this_month = ("day", day(world.options)), ("month", month(world.options))
    if spent[today] >= TO_ALL_A_DAY or spent[this_month] >= A_MONTH:
        raise RefusalError(45028)
    spent[today] += 1
    spent[this_month] += 1


def submit(world: World, call: Call, scope: str, *, whom: Iterable[Citizen | None]) -> Json:
    """Take a job, or say that it is there already."""
    body, now = call.body(), world.options.now()
    said = content(world, body)
    key = key_of(body, scope)
    call.note |= {"client_msg_id": key}
    if known := fresh(world, key):
        call.note["duplicate"] = True
        too_soon = now - known.asked_at < world.options.paced(TOO_SOON)
        known.asked_at = now
        if too_soon:
            raise RefusalError(45066)
        return RefusalError(45065).answer(now) | {"msg_id": known.msg_id}
    hold_minute(world)
    msg_id = next(world.msgids)
    world.mass.jobs[key] = Job(msg_id, now, now)
    call.note["msgid"] = msg_id
    deliver(world, list(whom), said | {"client_msg_id": key, "msgid": msg_id})
    return {**SUBMITTED, "msg_id": msg_id, "msg_data_id": msg_id + 1}


def key_of(body: Json, scope: str) -> str:
    """Read the clientmsgid; without one WeChat makes its own of whom and what."""
    key = body.get("clientmsgid")
    if key is None:
        what = json.dumps([scope, body.get("msgtype"), body.get(str(body.get("msgtype")))])
        return hashlib.md5(what.encode(), usedforsecurity=False).hexdigest()
    if not isinstance(key, str) or not 0 < len(key.encode()) <= LONGEST_KEY:
        raise RefusalError(45067)
    return key


def fresh(world: World, key: str) -> Job | None:
    """Return the job of this key that is not forgotten."""
    job = world.mass.jobs.get(key)
    now = world.options.now()
    return job if job and now - job.at < world.options.paced(REMEMBERED) else None


def hold_minute(world: World) -> None:
    """Refuse the sixty-first call of a minute."""
    now, calls = world.options.now(), world.mass.calls
    while calls and now - calls[0] >= world.options.paced(MINUTE):
        calls.popleft()
    if len(calls) >= A_MINUTE and not world.unhurried:
        raise RefusalError(45011)
    calls.append(now)


def content(world: World, body: Json) -> Json:
    """Read what is sent: a draft, or a text."""
    kind = body.get("msgtype")
    part = body.get(str(kind))
    if not isinstance(part, dict):
        raise RefusalError(40008 if kind not in ("mpnews", "text") else 47001)
    if kind == "text":
        if not part.get("content"):
            raise RefusalError(44004)
        return {"kind": "text", "text": part["content"]}
    articles = drafts.draft(world, part.get("media_id"))
    return {"kind": "mpnews", "articles": [{"title": one["title"]} for one in articles]}


def deliver(world: World, whom: list[Citizen | None], said: Json) -> None:
    """Show it to whoever follows and has not had four this month; owe the end of the job."""
    this_month, at = month(world.options), world.options.now()
    good = world.receipts.script.status == "success"
    got = world.mass.got
    right = [one for one in whom if one and one.following and got[one.openid, this_month] < A_MONTH]
    for citizen in right if good else ():
        got[citizen.openid, this_month] += 1
        world.journal.show(citizen, {"at": at, "mass": True, **said})
    sent = len(right) if good else 0
    counts = {"TotalCount": len(whom), "FilterCount": len(right), "SentCount": sent}
    counts["ErrorCount"] = len(right) - sent
    world.mass.status[said["msgid"]] = "SEND_SUCCESS" if good else "SEND_FAIL"
    status = "send success" if good else "err(30003)"
    world.receipts.owe_job(said["msgid"], status, counts)


def preview(world: World, call: Call) -> Json:
    """Show a message to one tester, who must follow."""
    body = call.body()
    call.note["openid"] = body.get("touser")
    citizen = world.citizens.known(body.get("touser"))
    said = content(world, body)
    if not citizen.following:
        raise RefusalError(43004)
    world.journal.show(citizen, {"at": world.options.now(), "preview": True, **said})
    return {**GOOD, "errmsg": "preview success", "msg_id": next(world.msgids)}


def get(world: World, call: Call) -> Json:
    """Say how a job stands."""
    msg_id = call.body().get("msg_id")
    status = world.mass.status.get(int(msg_id)) if str(msg_id).isdigit() and msg_id else None
    if status is None:
        raise RefusalError(40059)
    return {"msg_id": int(str(msg_id)), "msg_status": status}


def delete(world: World, call: Call) -> Json:
    """Take an article away again that was sent; its card stays on the phones."""
    msg_id = call.body().get("msg_id")
    if type(msg_id) is not int or world.mass.status.get(msg_id) not in ("SEND_SUCCESS", "DELETE"):
        raise RefusalError(40059)
    call.note["msgid"] = msg_id
    world.mass.status[msg_id] = "DELETE"
    world.journal.delete(world.citizens, msg_id)
    return GOOD
