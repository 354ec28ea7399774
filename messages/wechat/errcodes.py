"""WeChat's error codes, and what each demands of us: one table for every call."""

from enum import StrEnum


class Action(StrEnum):
    """What to do after an error code."""

    DONE = "done"  # it was already sent: count it as sent
    RENEW = "renew"  # the token is not good: renew it and try once more
    BUSY = "busy"  # the outcome is not known: repeat only what WeChat can recognise
    LATER = "later"  # not sent: wait and try again
    PAUSE = "pause"  # nothing can be sent to anybody just now: wait a little
    REST = "rest"  # the day's quota is used up: leave this interface alone
    GONE = "gone"  # the recipient has left
    NEVER = "never"  # this recipient can never get this message
    OTHER_WAY = "other_way"  # outside the window: another channel may reach
    TEMPLATE = "template"  # the template is unknown or banned: stop it, tell the operator
    SETUP = "setup"  # our account or settings are wrong: stop, tell the operator
    FAULT = "fault"  # we sent something malformed: our own fault
    NOTHING = "nothing"  # there is nothing there (an empty menu)


ACTIONS: dict[int, Action] = {
    -1: Action.BUSY,
    40001: Action.RENEW,
    40003: Action.NEVER,
    40004: Action.FAULT,
    40005: Action.FAULT,
    40009: Action.FAULT,
    40013: Action.SETUP,
    40014: Action.RENEW,
    40032: Action.FAULT,
    40036: Action.TEMPLATE,
    40037: Action.TEMPLATE,
    40052: Action.FAULT,
    40053: Action.FAULT,
    40059: Action.FAULT,
    40125: Action.SETUP,
    40130: Action.FAULT,
    40164: Action.SETUP,
    40243: Action.SETUP,
    41005: Action.FAULT,
    42001: Action.RENEW,
    43004: Action.GONE,
    43019: Action.NEVER,
    43101: Action.NEVER,
    43107: Action.SETUP,
    43108: Action.LATER,
    43116: Action.TEMPLATE,
    43117: Action.LATER,
    45002: Action.FAULT,
    45003: Action.FAULT,
    45004: Action.FAULT,
    45008: Action.FAULT,
    45009: Action.REST,
    45011: Action.PAUSE,
    45015: Action.OTHER_WAY,
    45028: Action.REST,
    45029: Action.FAULT,
    45047: Action.OTHER_WAY,
    45056: Action.FAULT,
    45059: Action.FAULT,
    45065: Action.DONE,
    45066: Action.LATER,
    45067: Action.FAULT,
    45110: Action.FAULT,
    45157: Action.FAULT,
    45158: Action.FAULT,
    45159: Action.FAULT,
    45168: Action.FAULT,
    46003: Action.NOTHING,
    47001: Action.FAULT,
    47003: Action.FAULT,
    48001: Action.SETUP,
    48002: Action.NEVER,
    48004: Action.SETUP,
    48006: Action.REST,
    48008: Action.SETUP,
    49003: Action.NEVER,
    50002: Action.SETUP,
    50005: Action.GONE,
    61004: Action.SETUP,
    61007: Action.SETUP,
}


def action(errcode: int) -> Action:
    """Return what an error code demands; an unknown one is taken for our own fault."""
    return ACTIONS.get(errcode, Action.FAULT)
