"""The words of conversations: the same in both languages, and short enough for one message."""

import pytest

from bot.replies import LONGEST
from messages.wording import bot_en, bot_zh, talk_en, talk_zh
from tests.messages.test_wording import words


@pytest.mark.parametrize(("chinese", "english"), [(bot_zh, bot_en), (talk_zh, talk_en)])
def test_both_languages_say_the_same_things(chinese, english):
    assert words(chinese) == words(english)


@pytest.mark.parametrize("module", [bot_zh, bot_en, talk_zh, talk_en])
def test_each_fixed_answer_fits_into_one_message(module):
    texts = [value for value in vars(module).values() if isinstance(value, str)]

    assert max(len(text.encode()) for text in texts) <= LONGEST
