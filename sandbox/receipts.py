"""The receipts that WeChat pushes after a template message."""

from dataclasses import dataclass
from itertools import count
from typing import Self

from sandbox.errors import Json
from sandbox.options import Options
from sandbox.postman import Postman
from sandbox.pusher import Pusher

MODES = ("normal", "off", "duplicate", "reordered", "delayed", "disorder")
GROUP = 3
HELPER = "oMassHelper0000000000000001"  # whom the end of a mass message comes from


@dataclass(frozen=True)
class Script:
    """How receipts go out, and what they say."""

    mode: str = "normal"
    seconds: float = 1.0
    status: str = "success"

    @classmethod
    def ordered(cls, order: Json) -> Self:
        """Read an order."""
        script = cls(**order)
        if script.mode not in MODES:
            raise ValueError(f"receipts {script.mode!r} are none of {', '.join(MODES)}")
        return script


class Receipts:
    """Owes each accepted template message its TEMPLATESENDJOBFINISH."""

    def __init__(self, options: Options, pusher: Pusher) -> None:
        self.options = options
        self.pusher = pusher
        self.script = Script()
        self.number = count()
        self.postman = Postman(self._push)

    def owe(self, openid: str, msgid: int) -> None:
        """Post the receipt of one message as the script says."""
        said = {"MsgID": msgid, "Status": self.script.status}
        self._post(openid, "TEMPLATESENDJOBFINISH", said)

    def owe_job(self, msgid: int, status: str, counts: Json) -> None:
        """Post the end of a mass message as the script says."""
        said = {"MsgID": msgid, "Status": status, **counts}
        self._post(HELPER, "MASSSENDJOBFINISH", said)

    def owe_sent(self, openid: str, template_id: str, msgid: int) -> None:
        """Post the receipt of one subscription message as the script says."""
        code = 0 if self.script.status == "success" else 43101
        row = {"TemplateId": template_id, "MsgID": msgid, "ErrorCode": code}
        said = {"SubscribeMsgSentEvent": {"List": row | {"ErrorStatus": self.script.status}}}
        self._post(openid, "subscribe_msg_sent_event", said)

    def _post(self, sender: str, event: str, said: Json) -> None:
        receipt = {
            "ToUserName": self.options.account,
            "FromUserName": sender,
            "CreateTime": int(self.options.now()),
            "MsgType": "event",
            "Event": event,
            **said,
        }
        for delay in self._delays():
            self.postman.post(receipt, delay=delay)

    def _delays(self) -> list[float]:
        seconds = self.script.seconds
        # Within a group of three the last falls due first.
        back = GROUP - 1 - next(self.number) % GROUP
        return {
            "normal": [0.0],
            "off": [],
            "duplicate": [0.0, 0.0],
            "reordered": [seconds * back],
            "delayed": [seconds],
            # Each comes twice, both times out of order.
            "disorder": [seconds * back, seconds * (back + GROUP)],
        }[self.script.mode]

    def _push(self, receipt: object) -> None:
        if isinstance(receipt, dict):
            self.pusher.push(receipt)
