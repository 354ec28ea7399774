"""Idempotency-Key: whoever asks twice under one key has it done once, and gets the same answer.

The work and its answer are one transaction: a process that dies has done both or neither. Only an
answer by which something was made is kept. A refusal made nothing: its key is free again at once,
so that what is asked anew is decided anew.
"""

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial, wraps
from typing import Any

from flask import Response, make_response, request

from core import idempotency, identifiers
from core.db import Together, Writing
from core.idempotency import Answer, Asked, Claim, IdempotencyRunningError
from mobile_api import asking, callers, documented
from mobile_api.problems import DoorError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
REFUSALS = (
    *("idempotency_key_missing", "idempotency_key_invalid"),
    *("idempotency_running", "idempotency_reused"),
)
_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "由客户端为每次提交随机生成（如 UUID），重试同一次提交时不变；24 小时内同一个键"
    "只办理一次，重试得到同样的回答。被拒绝的提交不占用键。",
    "schema": {"type": "string", "pattern": '^"?[A-Za-z0-9_-]{8,64}"?$'},
    "example": "6f0ebd8c-43cf-4199-9311-954b86ba5110",
}
_REPLAYED = {
    "description": "这是以前给过的回答",
    "schema": {"type": "string", "enum": ["true"]},
}
_KEY = re.compile(r'("?)([A-Za-z0-9_-]{8,64})\1')  # the draft quotes it, most clients do not
_SOON = {"Retry-After": "1"}
_MADE = range(200, 300)
_FORM = "multipart/form-data"

_View = Callable[..., Any]


def once(view: _View) -> _View:
    """Demand a key and keep the answer under it; right below what says who asks."""
    return _once(view, lambda *_, **__: None)


def once_while(judge: _View) -> Callable[[_View], _View]:
    """As `once`, where the right to the answer can end before we forget it.

    Before an answer is given again `judge` is called with it and with what the view would be; it
    raises what the view would raise, and writes down that personal data are read again.
    """
    return partial(_once, judge=judge)


def _once(view: _View, judge: _View) -> _View:
    @wraps(view)
    def answered(*arguments: Any, **named: Any) -> Response:  # noqa: ANN401 - any view's
        whose = callers.name(arguments[0] if arguments else None)
        claimed = _claimed(Asked(whose, _route(), _key(), _content()))
        if isinstance(claimed, Answer):
            judge(claimed, *arguments, **named)
            return _again(claimed)
        return _done(claimed, partial(view, *arguments, **named))

    return documented.note(
        answered, refusals=REFUSALS, parameters=[_PARAMETER], headers={REPLAYED: _REPLAYED}
    )


def _done(claim: Claim, work: Callable[[], Any]) -> Response:
    kept = False
    try:
        with Together() as session:
            response = make_response(work())
            if response.status_code in _MADE:
                vault = asking.current().parts.vault
                idempotency.keep(session, claim, _to_keep(response), vault=vault)
                kept = True
    except IdempotencyRunningError:  # we were so slow that somebody else took over
        raise DoorError("idempotency_running", _SOON) from None
    finally:
        if not kept:
            _let_go(claim)
    return response


def _claimed(asked: Asked) -> Claim | Answer:
    now, parts = asking.current().now, asking.current().parts
    try:
        with Writing() as session:
            return idempotency.claim(session, asked, vault=parts.vault, now=now, pace=parts.pace)
    except IdempotencyRunningError:
        raise DoorError("idempotency_running", _SOON) from None


def _let_go(claim: Claim) -> None:
    # A database that is away forgives nothing: then the claim ends by itself, in a minute.
    with suppress(*asking.current().parts.away), Writing() as session:
        idempotency.release(session, claim)


def _to_keep(response: Response) -> Answer:
    headers = [(name, value) for name, value in response.headers if name != "Content-Length"]
    return Answer(response.status_code, headers, response.get_data(as_text=True))


def _again(answer: Answer) -> Response:
    response = Response(answer.body, answer.status)
    del response.headers["Content-Type"]
    response.headers.extend(answer.headers)
    response.headers[REPLAYED] = "true"
    return response


def _key() -> str:
    given = request.headers.get(HEADER)
    if given is None:
        raise DoorError("idempotency_key_missing")
    found = _KEY.fullmatch(given.strip())
    key = found[2] if found else ""
    if not key or (identifiers.holds_citizen_id(key) and not identifiers.is_uuid(key)):
        raise DoorError("idempotency_key_invalid")
    return key


def _route() -> str:
    return f"{request.method} {request.url_rule}"


def _content() -> str:
    """Return what must be the same when it is asked again; a form has another boundary then."""
    told: Any = request.get_data(cache=True).hex() if request.mimetype != _FORM else _form()
    if request.is_json:
        with suppress(ValueError, RecursionError):
            told = json.loads(request.get_data(cache=True))
    return json.dumps([request.path, request.query_string.hex(), told], sort_keys=True)


def _form() -> list[Any]:
    # A part may bear no name at all.
    fields = sorted(request.form.items(multi=True), key=str)
    files = [(name, one.filename, _digest(one)) for name, one in request.files.items(multi=True)]
    return [fields, sorted(files, key=str)]


def _digest(file: Any) -> str:  # noqa: ANN401 - werkzeug's FileStorage
    digest = hashlib.file_digest(file.stream, "sha256").hexdigest()
    file.stream.seek(0)
    return digest
