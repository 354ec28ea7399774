"""The whole state of the sandbox, in one process and behind one lock."""

import threading
from collections import Counter, defaultdict
from itertools import count
from typing import Any

from sandbox.citizens import Citizen, Citizens
from sandbox.errors import Json
from sandbox.faults import Faults
from sandbox.jobs import Mass
from sandbox.journal import Journal
from sandbox.options import Options
from sandbox.pusher import Copies, Manner, Pusher
from sandbox.quotas import Quotas
from sandbox.receipts import Receipts, Script
from sandbox.register import Register
from sandbox.replies import FAULT
from sandbox.tokens import Tokens

MEMORY = 600
IDS_A_SECOND = 1_000_000
# A citizen's message has, as at WeChat, a number that no float can hold.
LARGE = 100
# WeChat shows nothing for these, whatever comes back.
QUIET = (
    *("unsubscribe", "templatesendjobfinish", "masssendjobfinish"),
    *("subscribe_msg_sent_event", "subscribe_msg_popup_event", "subscribe_msg_change_event"),
)


class World:
    """What WeChat knows: hold `lock` while reading or changing it, never while waiting."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.lock = threading.RLock()
        self.stopping = threading.Event()
        self.journal = Journal()
        self.pusher = Pusher(options, self.journal, self.lock)
        self.receipts = Receipts(options, self.pusher)
        self.register = Register(options.register)
        # No number comes twice, in another run of the sandbox neither: whoever we push to may
        # still remember what it answered to the earlier one.
        first = int(options.now()) * IDS_A_SECOND + 1
        self.msgids, self.push_ids = count(first), count(first * LARGE)
        self._begin()

    def reset(self) -> None:
        """Forget everything but the settings."""
        with self.lock:
            self.receipts.postman.drop()
            self.receipts.script = Script()
            self.journal.clear()
            self.register.clear()
            self._begin()

    def rest(self, seconds: float) -> None:
        """Let time pass, unless the sandbox stops."""
        if seconds > 0:
            self.stopping.wait(seconds)

    def remembered(self, openid: str, key: object) -> int | None:
        """Return the msgid of the message that this client_msg_id sent in the last ten minutes."""
        msgid, at = self.memory.get((openid, str(key)), (None, 0.0))
        fresh = self.options.now() - at < self.options.paced(MEMORY)
        return msgid if key and fresh else None

    def remember(self, openid: str, key: object, msgid: int) -> None:
        """Remember a client_msg_id from its first message on."""
        if key:
            self.memory[openid, str(key)] = (msgid, self.options.now())

    def deliver(
        self,
        citizen: Citizen,
        fields: Json,
        manner: Manner = Manner(),  # noqa: B008 - frozen
        *,
        copies: Copies = Copies(),  # noqa: B008 - frozen
    ) -> Json:
        """Push what the citizen did, and show what comes back: of several copies, one reply."""
        records = self.pusher.push_copies(fields, copies, manner)
        reply = next((record["reply"] for record in records if record["reply"]), None)
        failed = all(record["outcome"] == "fault" for record in records)
        if failed:
            reply = {"kind": "fault", "text": FAULT}
        if reply and str(fields.get("Event")).lower() not in QUIET:
            with self.lock:
                self.journal.show(citizen, {"at": self.options.now(), "passive": True, **reply})
        outcome = "fault" if failed else "reply" if reply else "nothing"
        return {"outcome": outcome, "reply": reply, "pushes": records}

    def close(self) -> None:
        """Stop all threads."""
        self.stopping.set()
        self.receipts.postman.close()

    def _begin(self) -> None:
        self._begin_visits()
        self.citizens = Citizens(self.options, self.register)
        self.tokens = Tokens(self.options)
        self.quotas = Quotas(self.options)
        self.faults = Faults()
        self.latency = 0.0
        self.menu: Json | None = None
        self.hints: list[Json] = []
        self.devices: set[str] | None = None  # whom the push provider knows; None: everybody
        self.texts: list[Json] = []
        self.logins: dict[str, tuple[Citizen, float]] = {}
        self.spent: set[str] = set()
        self.pictures: dict[str, int] = {}
        self.materials: dict[str, int] = {}
        self.drafts: dict[str, list[Json]] = {}
        self.tags: dict[int, str] = {}
        self.tagged: defaultdict[str, set[int]] = defaultdict(set)
        self.unhurried = False  # the calls of a minute are not counted
        self.mass = Mass()
        self.memory: dict[tuple[str, str], tuple[int, float]] = {}

    def _begin_visits(self) -> None:
        self.consents: Counter[tuple[str, str]] = Counter()  # to subscription messages
        # The address that a code stands for: its scene, its ticket, until when.
        self.codes: dict[str, tuple[str, str, float]] = {}
        self.visits: dict[str, Any] = {}  # codes of the web authorisation
        self.jars: dict[str, dict[str, str]] = {}  # the cookies of each citizen's phone
