"""Every error code of WeChat leads to the action that the table names."""

from core import accounts, alarms
from core.accounts import Channel
from core.db import Reading, Writing
from core.outbox.deliveries import Way
from messages.wechat.endpoints import SUBSCRIBE, TEMPLATE
from messages.wechat.errcodes import ACTIONS, Action
from tests.core.given import row, state
from tests.messages.reaching import done, full, reachable

__all__ = ["full", "reachable"]  # fixtures


_WHAT_FOLLOWS = {
    Action.DONE: ("accepted", "wechat"),
    Action.RENEW: ("accepted", "wechat"),
    Action.BUSY: ("accepted", "wechat"),
    Action.LATER: ("accepted", "wechat"),
    Action.PAUSE: ("accepted", "wechat"),
    Action.REST: ("delivered", "push"),
    Action.GONE: ("delivered", "push"),
    Action.NEVER: ("delivered", "push"),
    Action.OTHER_WAY: ("delivered", "push"),
    Action.TEMPLATE: ("delivered", "push"),
    Action.SETUP: ("delivered", "push"),
    Action.FAULT: ("delivered", "push"),
    Action.NOTHING: ("delivered", "push"),
}


# What the contract with WeChat demands of each code, written down a second time.
_DEMANDED = {
    Action.BUSY: (-1,),
    Action.RENEW: (40001, 40014, 42001),
    Action.NEVER: (40003, 43019, 43101, 48002),
    Action.SETUP: (
        *(40013, 40125, 40164, 40243, 43107),
        *(48001, 48004, 48008, 50002, 61004, 61007),
    ),
    Action.FAULT: (40032, 40130, 45002, 45008, 45067, 45168, 47001, 47003),
    Action.TEMPLATE: (40036, 40037, 43116),
    Action.GONE: (43004, 50005),
    Action.LATER: (43108, 43117, 45066),
    Action.REST: (45009, 45028, 48006),
    Action.PAUSE: (45011,),
    Action.OTHER_WAY: (45015, 45047),
    Action.DONE: (45065,),
    Action.NOTHING: (46003,),
}


def test_the_table_says_what_the_contract_demands():
    demanded = {code: action for action, codes in _DEMANDED.items() for code in codes}

    assert demanded.items() <= ACTIONS.items()


def test_every_error_code_leads_to_what_its_action_demands(tell, install, full, referee):
    """Once refused, then WeChat answers well: who was told, by what, and never twice."""
    found, alarm_codes = {}, set()
    for code, action in sorted(ACTIONS.items()):
        _, key = tell(f"o{abs(code)}")
        install(key[1], f"token-{code}", device=f"phone-{abs(code):05}")
        full.post.ledger.redis.flushall()
        referee.no_faults()
        times = 2 if action is Action.RENEW else 1
        path = f"/cgi-bin/{TEMPLATE}"
        referee.order("faults", kind="errcode", errcode=code, path=path, count=times)
        done(full, times=5)
        found[code] = state(key), row(key).way.value
        told = len(referee.got(f"o{abs(code)}")) + sum(
            one["tokens"] == [f"token-{code}"] for one in referee.read("hints")["hints"]
        )
        assert told == (0 if action is Action.DONE else 1), code
        with Writing() as session:
            for alarm in alarms.still(session):
                alarm_codes.add(int(alarm.reason))
                alarms.lift(session, alarm.kind, alarm.about, by="operator", now=full.now)

    assert found == {code: _WHAT_FOLLOWS[action] for code, action in ACTIONS.items()}
    assert alarm_codes == {
        code for code, action in ACTIONS.items() if action in (Action.TEMPLATE, Action.SETUP)
    }


def test_who_left_is_noted_whatever_else_brings_it(reachable, full, referee):
    key = reachable()
    referee.order("faults", kind="errcode", errcode=43004, path=f"/cgi-bin/{SUBSCRIBE}", count=1)

    done(full)

    with Reading() as session:
        assert accounts.openid_of(session, key[1]) is None
        assert accounts.known_at(session, Channel.WECHAT, "oA") == key[1]
    assert row(key).way is Way.PUSH
