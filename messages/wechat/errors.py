"""What can go wrong between WeChat and us. No text holds a secret, a token, or a body."""

import re
from datetime import datetime

from messages.wechat.errcodes import Action, action

SPENT = 45009  # api freq out of limit: of the day
_RID = re.compile(r"\s*rid: ([0-9a-f-]+)")


class WeChatError(Exception):
    """WeChat refused a call, or could not be reached."""

    def __init__(self, doing: Action, text: str) -> None:
        super().__init__(text)
        self.action = doing


class RefusedError(WeChatError):
    """WeChat answered with an error code; `rid` finds the call in WeChat's own log.

    `msg_id` is the job that is there already, of a mass message that was repeated.
    """

    def __init__(self, errcode: int, errmsg: str, msg_id: object = None) -> None:
        found = _RID.search(errmsg)
        self.errcode = errcode
        self.msg_id = str(msg_id) if msg_id else None
        self.rid = found[1] if found else None
        super().__init__(action(errcode), f"{errcode} {_RID.sub('', errmsg)} rid={self.rid}")


class UnreachableError(WeChatError):
    """No answer. `arrived` says whether the call may have reached WeChat all the same."""

    def __init__(self, cause: str, *, arrived: bool) -> None:
        self.arrived = arrived
        super().__init__(Action.BUSY if arrived else Action.PAUSE, f"WeChat: {cause}")


class SpentError(WeChatError):
    """The day's calls of an interface are used up, by WeChat's count or by ours."""

    def __init__(self, interface: str, until: datetime) -> None:
        self.until = until
        super().__init__(Action.REST, f"{SPENT} {interface}: the calls of the day are used up")
