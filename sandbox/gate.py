"""What happens to every call of the server API: faults, token, quota, answer, log."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Request, Response
from werkzeug.datastructures import FileStorage

from sandbox.errors import Json, RefusalError
from sandbox.faults import Fault
from sandbox.world import World

GOOD: Json = {"errcode": 0, "errmsg": "ok"}
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"
)
DROP = "X-Sandbox-Drop"  # the server closes the connection instead of sending such an answer
METHODS = {"GET": 43001, "POST": 43002}
# WeChat shows escapes of these interfaces as they were written.
LITERAL = ("/cgi-bin/message/custom/send", "/cgi-bin/menu/create")
ESCAPE = re.compile(rb"(?<!\\)\\u")


@dataclass
class Call:
    """One call: what came in, and what the log shall say of it."""

    path: str
    method: str
    query: dict[str, str]
    raw: bytes
    files: dict[str, FileStorage] = field(default_factory=dict)
    note: Json = field(default_factory=dict)
    fault: Fault | None = None

    def body(self) -> Json:
        """Read the JSON body, or refuse it."""
        if not self.raw:
            raise RefusalError(44002)
        raw = ESCAPE.sub(rb"\\\\u", self.raw) if self.path in LITERAL else self.raw
        try:
            body = json.loads(raw.decode())
        except ValueError as error:
            raise RefusalError(47001) from error
        if not isinstance(body, dict):
            raise RefusalError(47001)
        return body

    def shown(self) -> object:
        """Return the body for the log, without the secret."""
        if self.files:
            return {"files": sorted(self.files)}
        try:
            body = json.loads(self.raw or b"null")
        except ValueError:
            return self.raw.decode(errors="replace")
        return public(body) if isinstance(body, dict) else body


@dataclass(frozen=True)
class Endpoint:
    """One interface: how it is called, and what answers."""

    method: str
    answer: Callable[[World, Call], Json]
    needs_token: bool = True
    counted: bool = True


def public(values: Json) -> Json:
    """Leave out what must not stand in a log."""
    return {k: v for k, v in values.items() if k not in ("secret", "access_token")}


def admit(world: World, request: Request, endpoint: Endpoint) -> Response:
    """Answer one call, and write it down."""
    world.rest(world.latency)
    raw, files = request.get_data(), request.files.to_dict()
    call = Call(request.path, request.method, request.args.to_dict(), raw, files)
    with world.lock:
        call.fault = world.faults.take(call.path)
        answer = perform(world, call, endpoint)
        write_down(world, call, answer)
    for file in files.values():
        file.close()
    return disturbed(world, answer, call.fault)


def perform(world: World, call: Call, endpoint: Endpoint) -> Json:
    """Do what the call asks; a fault hides it, or keeps it from being done."""
    fault = call.fault
    if fault and not fault.sent:
        return RefusalError(fault.errcode).answer(world.options.now())
    answer = done(world, call, endpoint)
    if fault and fault.kind not in ("delay", "timeout"):
        call.note["sent"] = answer.get("errcode", 0) == 0
        return RefusalError(fault.errcode).answer(world.options.now())
    return answer


def done(world: World, call: Call, endpoint: Endpoint) -> Json:
    """Answer as WeChat does when nothing is in the way."""
    try:
        check(world, call, endpoint)
        return endpoint.answer(world, call)
    except RefusalError as refusal:
        return refusal.answer(world.options.now())


def check(world: World, call: Call, endpoint: Endpoint) -> None:
    """Refuse a wrong method, a bad token, or a call too many."""
    if endpoint.method != call.method:
        raise RefusalError(METHODS[endpoint.method])
    if endpoint.needs_token:
        world.tokens.check(call.query.get("access_token", ""))
    if endpoint.counted:
        world.quotas.spend(call.path)


def write_down(world: World, call: Call, answer: Json) -> None:
    """Log the call with the answer that the caller got, or would have got."""
    entry: Json = {
        "at": world.options.now(),
        "method": call.method,
        "path": call.path,
        "query": public(call.query),
        "body": call.shown(),
        "errcode": answer.get("errcode", 0),
        "errmsg": answer.get("errmsg", "ok"),
        "openid": None,
        "client_msg_id": None,
        "duplicate": False,
        "msgid": answer.get("msgid"),
        "fault": call.fault.kind if call.fault else None,
        **call.note,
    }
    world.journal.call(entry)


def disturbed(world: World, answer: Json, fault: Fault | None) -> Response:
    """Send the answer late, broken or never, if a fault says so."""
    if fault and fault.kind in ("delay", "timeout"):
        world.rest(fault.seconds)
    if fault and fault.kind == "timeout":
        return Response(status=504, headers={DROP: "1"})
    if fault and fault.kind == "html502":
        return Response(BAD_GATEWAY, status=502, content_type="text/html")
    body = json.dumps(answer, ensure_ascii=False)
    return Response(body, content_type="application/json; encoding=utf-8")
