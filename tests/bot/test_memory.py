"""What the bot remembers from one push to the next."""

import json

from bot.memory import Memory


def test_a_talk_of_another_version_of_ours_is_read_as_far_as_it_is_known(redis):
    talk = {"hits": [7], "search": "昆明", "offset": 5, "last": 3}
    redis.set("bot:talk:oA", json.dumps(talk))

    recalled = Memory(redis).claim("digest", "oA")()

    assert recalled.talk.hits == [7]
    assert (recalled.talk.after, recalled.talk.last) == ([], 3)
