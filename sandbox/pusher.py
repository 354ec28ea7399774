"""The pusher: sign, encrypt, post, wait five seconds, try three times."""

import http.client
import secrets
import threading
import time
from dataclasses import dataclass, field

from sandbox import xml
from sandbox.crypto import BadEnvelopeError, Seal
from sandbox.errors import Json
from sandbox.journal import Journal
from sandbox.letters import Answer, Letter
from sandbox.options import Options
from sandbox.replies import understand

TRIES = 3
OK = 200
BROKEN = 500
KEPT = 8192


@dataclass(frozen=True)
class Manner:
    """How one push goes out; a script may change all of it."""

    mode: str | None = None
    tries: int = TRIES
    timeout: float | None = None
    age: float = 0
    query: Json = field(default_factory=dict)
    raw: bytes | None = None
    content_type: str = "text/xml"


@dataclass(frozen=True)
class Copies:
    """How often the same message is pushed."""

    number: int = 1
    at_once: bool = False


class Pusher:
    """Posts to the account's address, and writes down every try."""

    def __init__(self, options: Options, journal: Journal, lock: threading.RLock) -> None:
        self.options = options
        self.journal = journal
        self.lock = lock
        self.seal = Seal(options.token, options.aes_key, options.appid)

    def push(self, fields: Json, manner: Manner | None = None) -> Json:
        """Push once, with its tries: the same message, each time signed and sealed anew."""
        manner = manner or Manner()
        mode = manner.mode or self.options.mode
        start = {"at": self.options.now(), "openid": fields.get("FromUserName"), "mode": mode}
        with self.lock:
            record = self.journal.push(
                {**start, "fields": fields, "tries": [], "outcome": "running", "reply": None}
            )
        for _ in range(manner.tries):
            attempt = self._try(fields, mode, manner)
            reply = attempt.pop("reply", None)
            with self.lock:
                record["tries"].append(attempt)
                record.update(outcome=attempt["outcome"], reply=reply)
            if attempt["status"] is not None and attempt["status"] < BROKEN:
                break
        return record

    def push_copies(self, fields: Json, copies: Copies, manner: Manner) -> list[Json]:
        """Push the same message several times, in a row or at the same moment."""
        if not copies.at_once:
            return [self.push(fields, manner) for _ in range(copies.number)]
        start = threading.Barrier(copies.number)
        records: list[Json] = []

        def one() -> None:
            start.wait()
            records.append(self.push(fields, manner))

        threads = [threading.Thread(target=one) for _ in range(copies.number)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(records, key=lambda record: int(record["seq"]))

    def _try(self, fields: Json, mode: str, manner: Manner) -> Json:
        limit = self.options.push_timeout if manner.timeout is None else manner.timeout
        attempt: Json = {"at": self.options.now(), "status": None, "outcome": "fault", "error": ""}
        letter = self._letter(fields, mode, manner)
        began = time.monotonic()
        try:
            answer = letter.post(limit)
        except (OSError, http.client.HTTPException) as error:
            return attempt | {"error": type(error).__name__, "seconds": time.monotonic() - began}
        attempt["seconds"] = time.monotonic() - began
        if attempt["seconds"] > limit:
            return attempt | {"error": "too late"}
        body = answer.body.decode(errors="replace")[:KEPT]
        return attempt | {"status": answer.status, "body": body} | self._verdict(answer, fields)

    def _verdict(self, answer: Answer, fields: Json) -> Json:
        if answer.status != OK:
            return {"error": f"HTTP {answer.status}"}
        try:
            reply = understand(answer.body.decode(), fields, self.options)
        except (BadEnvelopeError, UnicodeDecodeError) as error:
            return {"error": str(error)}
        return {"outcome": "reply" if reply else "nothing", "reply": reply}

    def _letter(self, fields: Json, mode: str, manner: Manner) -> Letter:
        timestamp, nonce = str(int(self.options.now() - manner.age)), str(secrets.randbelow(10**10))
        query = {
            "signature": self.seal.signature(timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": fields.get("FromUserName"),
        }
        text = xml.write(fields)
        if mode != "plain":
            sealed = self.seal.encrypt(text)
            shown = fields if mode == "compatible" else {"ToUserName": fields.get("ToUserName", "")}
            text = xml.write({**shown, "Encrypt": sealed})
            msg_signature = self.seal.signature(timestamp, nonce, sealed)
            query |= {"encrypt_type": "aes", "msg_signature": msg_signature}
        body = text.encode() if manner.raw is None else manner.raw
        return Letter(self.options.push_url, query | manner.query, body, manner.content_type)
