"""Of what cannot be repeated little begins at once: so much is unknown if its worker is killed."""

import threading
import time
from collections import Counter
from dataclasses import replace

from core.outbox.deliveries import Way
from messages.letters import Letter
from messages.portions import portions
from messages.wechat.endpoints import SUBSCRIBE
from tests.core.given import state
from tests.messages.reaching import full, reachable

__all__ = ["full", "reachable"]  # fixtures


def test_what_has_a_key_begins_at_once_and_the_rest_a_few_at_a_time():
    keyed = [(number, Letter("oA", template={})) for number in range(3)]
    keyless = [(number, Letter("oA", template={}, way=Way.SUBSCRIPTION)) for number in range(5)]

    found = list(portions([keyless[0], *keyed, *keyless[1:]], 2))

    assert found == [keyed, keyless[:2], keyless[2:4], keyless[4:]]


def test_while_wechat_is_slow_most_of_a_batch_has_not_begun(reachable, full, lines, referee):
    keys = [reachable(f"oA{number}") for number in range(8)]
    full.post = replace(full.post, lines=lines(most=1))
    referee.order("faults", kind="delay", seconds=3, path=f"/cgi-bin/{SUBSCRIBE}", count=1)
    working = threading.Thread(target=full.work)
    working.start()

    seen = Counter()
    while not seen["sending"] and working.is_alive():
        time.sleep(0.02)
        seen = Counter(map(state, keys))
    working.join()

    assert 1 <= seen["sending"] <= 2
    assert seen["leased"] == 8 - seen["sending"]
    assert Counter(map(state, keys)) == {"accepted": 8}
