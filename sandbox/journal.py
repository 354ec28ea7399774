"""All that the sandbox saw: calls, pushes, and what each citizen got."""

from collections import Counter
from collections.abc import Iterable

from sandbox.citizens import Citizen
from sandbox.errors import Json


class Journal:
    """Append-only lists; a sequence number is a place in its list, counted from 1."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Begin a new journal."""
        self.calls: list[Json] = []
        self.pushes: list[Json] = []
        self.got: Counter[str] = Counter()
        self.got_by_key: Counter[tuple[str, str]] = Counter()

    def call(self, entry: Json) -> Json:
        """Write down one call of the server API."""
        entry = {"seq": len(self.calls) + 1, **entry}
        self.calls.append(entry)
        return entry

    def push(self, entry: Json) -> Json:
        """Write down one push; its tries are added while they happen."""
        entry = {"seq": len(self.pushes) + 1, **entry}
        self.pushes.append(entry)
        return entry

    def show(self, citizen: Citizen, entry: Json) -> None:
        """Put a message of the account on the citizen's phone."""
        self._append(citizen, {"from": "account", **entry})
        self.got[citizen.openid] += 1
        if key := entry.get("client_msg_id"):
            self.got_by_key[citizen.openid, key] += 1

    def delete(self, citizens: Iterable[Citizen], msgid: int) -> None:
        """Take what a message of the account leads to away from all who got it."""
        for citizen in citizens:
            for entry in citizen.chat:
                if entry.get("msgid") == msgid:
                    entry["deleted"] = True

    def said(self, citizen: Citizen, entry: Json) -> None:
        """Put what the citizen did on the citizen's own phone."""
        self._append(citizen, {"from": "citizen", **entry})

    def counts(self) -> Json:
        """Say how many messages each citizen got, in all and by client_msg_id."""
        pairs = self.got_by_key.items()
        return {
            "by_openid": dict(self.got),
            "by_client_msg_id": [
                {"openid": openid, "client_msg_id": key, "messages": n}
                for (openid, key), n in pairs
            ],
            "messages": self.got.total(),
            "most_by_client_msg_id": max(self.got_by_key.values(), default=0),
        }

    @staticmethod
    def _append(citizen: Citizen, entry: Json) -> None:
        citizen.chat.append({"seq": len(citizen.chat) + 1, **entry})
