"""Where WeChat calls us: check, remember, answer, and never twice."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

import structlog
from flask import Blueprint, Response, request
from redis.exceptions import RedisError

from bot import envelope, events, finding, replies
from bot.answer import Answer, Heard, fitting
from bot.desk import Desk
from bot.envelope import MessageMode, Push
from bot.errors import BadPushError, forged
from bot.memory import Memory
from bot.seal import Seal
from core import accounts
from core.accounts import Channel
from core.calendar import day
from core.db import DatabaseError, Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe

log = structlog.get_logger()

LARGEST = 64 * 1024
# WeChat hangs up after five seconds: what is finished later goes out as a message of its own.
LATE_SECONDS = 4.5
_TRIES = 3  # that WeChat makes of one push
NOTHING = "success"


@dataclass(frozen=True)
class Account:
    """One official account, and what answering it needs."""

    seal: Seal
    memory: Memory
    mode: MessageMode
    window: int
    digest_key: bytes
    clock: Callable[[], float]
    desk: Desk


def create_blueprint(account: Account) -> Blueprint:
    """Build the door for one official account."""
    blueprint = Blueprint("wechat", __name__, url_prefix="/wechat")

    @blueprint.get("")
    def greet() -> Response:
        return _plain(_greeting(account))

    @blueprint.post("")
    def receive() -> Response:
        return _received(account)

    @blueprint.errorhandler(BadPushError)
    def refuse(error: BadPushError) -> Response:
        log.info("push_refused", why=str(error), status=error.status)
        return _plain(str(error), error.status)

    return blueprint


def _plain(text: str, status: int = 200) -> Response:
    return Response(text, status, mimetype="text/plain")


def _greeting(account: Account) -> str:
    args = request.args
    account.seal.check(args.get("signature", ""), args.get("timestamp", ""), args.get("nonce", ""))
    _demand_fresh(account, args.get("timestamp", ""))
    return args.get("echostr", "")


def _received(account: Account) -> Response:
    started = account.clock()
    push, nonce = _taken_in(account)
    digest = push.digest(account.digest_key)
    now = datetime.fromtimestamp(started, UTC)
    try:
        recalled = account.memory.claim(digest, push.sender)
        # While Redis answers. It only reads: for a push of somebody else it is thrown away.
        ahead = finding.ahead(push.text, now) if push.kind == "text" else None
        seen = recalled()
    except RedisError:
        log.warning("memory_away")
        return _plain("memory away", 503)
    if not seen.is_new:
        # Done: the same reply again. In progress: whoever has it will answer.
        return _reply(account, seen.reply or NOTHING, nonce)
    heard = Heard(push.sender, push.text, seen.talk, now, account.desk, ahead, seen.wish)
    is_flood = push.kind != "event" and seen.count > account.desk.per_minute
    reply = _made(account, push, heard, digest=digest, started=started, is_flood=is_flood)
    return _reply(account, reply, nonce)


def _made(
    account: Account, push: Push, heard: Heard, *, digest: str, started: float, is_flood: bool
) -> str:
    """Make the reply. What fails is given back for WeChat's next try; at the last one say so."""
    answering = _slowed if is_flood else _answered
    try:
        return answering(account, push, heard, digest=digest, started=started)
    except BaseException as error:
        with suppress(RedisError):
            account.memory.release(digest)
        if not isinstance(error, DatabaseError) or not _is_last(account, push, digest):
            raise
        log.warning("database_away", error=type(error).__name__, told=True)
        return _text(push, heard.said.AWAY, started)


def _is_last(account: Account, push: Push, digest: str) -> bool:
    """Say whether WeChat tries no more: then whoever wrote is told, and not by WeChat's fault."""
    if push.kind == "event" and push.event != "click":  # nobody waits for an answer
        return False
    try:
        return account.memory.failed(digest) >= _TRIES
    except RedisError:
        return False


def _text(push: Push, text: str, started: float) -> str:
    return replies.render(replies.Text(text), to=push.sender, sender=push.account, at=int(started))


def _taken_in(account: Account) -> tuple[Push, str | None]:
    """Return the push, and of a sealed one the nonce with which its reply is sealed too."""
    args, body = _read()
    timestamp, nonce = args.get("timestamp", ""), args.get("nonce", "")
    outer = envelope.fields(body)
    encrypted = outer.get("Encrypt")
    if encrypted is not None:
        if account.mode is MessageMode.SAFE and "FromUserName" in outer:
            raise forged("compatible pushes are not taken")
        account.seal.check(args.get("msg_signature", ""), timestamp, nonce, encrypted)
        _demand_fresh(account, timestamp)
        # Of a compatible body, too, only what was encrypted is ever trusted.
        return envelope.read(account.seal.open(encrypted)), nonce
    if account.mode is not MessageMode.PLAIN:
        raise forged("plain pushes are not taken")
    account.seal.check(args.get("signature", ""), timestamp, nonce)
    _demand_fresh(account, timestamp)
    return envelope.read(body), None


def _read() -> tuple[dict[str, str], bytes]:
    """Read the query and the body by hand: the framework's own way costs as much as the AES."""
    length = request.content_length or 0
    if length > LARGEST:
        raise BadPushError("the body is too large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _arguments(request.environ["QUERY_STRING"]), request.environ["wsgi.input"].read(length)


def _arguments(query: str) -> dict[str, str]:
    if "%" in query or "+" in query:
        return dict(parse_qsl(query, keep_blank_values=True))
    # What WeChat sends has nothing to decode.
    return dict(part.partition("=")[::2] for part in query.split("&"))


def _demand_fresh(account: Account, timestamp: str) -> None:
    if not envelope.is_fresh(timestamp, now=account.clock(), window=account.window):
        raise forged("the timestamp is too old or too new")


def _slowed(account: Account, push: Push, heard: Heard, *, digest: str, started: float) -> str:
    """Ask whoever sends too much for a minute's patience, without any work."""
    reply = _text(push, heard.said.SLOW_DOWN, started)
    with suppress(RedisError):
        account.memory.done((digest, push.sender), reply, None)
    return reply


def _answered(account: Account, push: Push, heard: Heard, *, digest: str, started: float) -> str:
    answer = events.answer(push, heard)
    reply = NOTHING
    if answer is not None and (answer.text or answer.reply):
        answer = fitting(answer, heard)
        said = answer.reply or replies.Text(answer.text)
        reply = replies.render(said, to=push.sender, sender=push.account, at=int(started))
        if account.clock() - started > LATE_SECONDS:
            _answer_later(answer, heard, digest)
            reply = NOTHING
    # It is done, whether or not we can note it.
    with suppress(RedisError):
        _noted(account.memory, answer, heard)
        kept, wrote = answer.talk if answer else None, push.kind != "event"
        account.memory.done((digest, push.sender), reply, kept, wrote=wrote)
    return reply


def _noted(memory: Memory, answer: Answer | None, heard: Heard) -> None:
    if answer is not None and answer.wish is not None:
        memory.wishes(heard.openid, answer.wish)
    if answer is not None and answer.forget:
        memory.forget(answer.forget)


def _answer_later(answer: Answer, heard: Heard, digest: str) -> None:
    with Writing() as session:
        account = accounts.at(session, Channel.WECHAT, heard.openid, now=heard.now)
        late = Owed(
            kind=EventKind.LATE_REPLY,
            key=f"{EventKind.LATE_REPLY}:{digest}",
            audience=Audience.ACCOUNT,
            audience_id=account,
            event_date=day(heard.now),
            facts={"text": answer.text},
        )
        owe(session, late, now=heard.now)


def _reply(account: Account, reply: str, nonce: str | None) -> Response:
    if reply == NOTHING:
        return _plain(NOTHING)
    if nonce is not None:
        timestamp = str(int(account.clock()))
        reply = account.seal.close(reply, timestamp=timestamp, nonce=nonce)
    return Response(reply, mimetype="application/xml")
