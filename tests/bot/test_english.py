"""Whoever reads English need not write Chinese: each word that we tell them is understood."""

import re

import pytest

from messages.wording import bot_en, en, led_en, talk_en
from tests.bot.conftest import TRAVEL
from tests.fixtures.service import desk_for

MEANT = {
    "unpaid wages": "wages",
    "travel agency": "travel",
    "black list": "lists",
    "red list": "lists",
    "counter": "window",
    "my credit": "mine",
    "my cases": "cases",
    "who viewed my data": "viewers",
    "repair": "repair",
    "object": "object",
    "report": "report",
    "complain": "complain",
    "verify report": "verify",
    "check message": "authentic",
    "follow": "follow",
    "unfollow": "unfollow",
    "my follows": "follows",
    "news": "policy",
    "subscribe": "subscribe",
    "unsubscribe": "unsubscribe",
    "back": "back",
    "cancel": "cancel",
    "menu": "menu",
    "human": "human",
    "Chinese": "chinese",
    "larger type": "larger",
}


@pytest.fixture
def understanding(settings):
    return desk_for(settings).understanding


def test_each_english_word_of_the_help_means_what_it_says(understanding):
    told = re.findall("“([^”]+)”", bot_en.HELP)

    assert {word: understanding.of(word).intent for word in told} == MEANT


def test_what_we_ask_to_send_in_english_is_understood(understanding):
    said = " ".join(map(_text, (bot_en, talk_en, led_en)))
    told = set(re.findall(r"(?:[Ss]end|example|e\.g\.) “([A-Za-z ]+)”", said))

    assert len(told) > 10
    assert [word for word in told if not understanding.of(word).intent] == []


def test_a_list_is_named_and_chosen_in_english(citizen, archive, travel):
    citizen.say("English")

    assert "nobody is on the red list of 五华区" in citizen.say("red list Wuhua")
    for place, told in (("Wuhua", "五华区"), ("all", "Kunming")):
        assert citizen.say("black list").startswith(
            "Step 2/2: Send the district, for example Wuhua"
        )
        assert f"nobody is on the black list of {told}" in citizen.say(place)
    citizen.say("lists")
    assert citizen.say("red").startswith("Step 2/2")
    assert citizen.say("shall I call").startswith("I did not understand this step")


def test_the_account_is_named_beside_the_app_for_objections_and_repair(citizen, archive, travel):
    archive.record(travel)
    citizen.say("English")

    assert "official account" in en.DIRECTIONS
    assert en.DIRECTIONS in citizen.say(TRAVEL)


def _text(module):
    return str([value for name, value in vars(module).items() if name.isupper()])
