"""From what a citizen types to what we answer, and where the talk stands then."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot import choosing, entities, folding, linking, official, pointing
from bot.answer import Answer, Heard
from bot.answers import ANSWERS, DIALOGUES, EVERYWHERE
from bot.likeness import ELSE
from bot.understanding import Meant
from core import identifiers
from core.errors import CitizenIdRefusedError, CreditError
from core.identifiers import Scheme
from messages import wording

# A code has eight letters and digits; people write it in two groups, or leave the space out.
_LINK = re.compile(r"绑定[\s:]*([0-9A-Za-z][0-9A-Za-z\s-]{3,20})")
_TAIL = re.compile(r"[\s。，,.!！?？~～;；]+$")
# What is dropped, and what is wanted instead.
_DROPPED = re.compile(r"(?:算了|不[查看办弄]了)[，,。\s]+(.{3,})")
_CUT = " 电话"
_MISSES = 2
_CLOSE = 2
# A code has 18 characters; a receipt 16, a report 22. With 18 it has a character that no code has.
_NEARLY, _DIGITS = (17, 18, 19, 20), 12


def answer(heard: Heard) -> Answer:
    """Answer one text. A citizen's number is neither searched nor kept, nor is a telephone's."""
    return linking.let_go(heard, _answered(heard))


def _answered(heard: Heard) -> Answer:
    language = heard.wish.language
    if heard.ahead is not None and not heard.talk.ask:  # nothing but a code, and found
        return entities.show(heard, heard.ahead)
    if identifiers.holds_citizen_id(heard.text):
        return Answer(wording.refusal(CitizenIdRefusedError.code, language))
    text = folding.without_phones(heard.text)
    if text != heard.text and not text.strip():
        return Answer(heard.said.PHONE)
    try:
        without = _CUT if text != heard.text else ""
        found = _turn(replace(heard, text=text, without=without))
    except CreditError as refusal:
        found = Answer(wording.refusal(refusal.code, language))
    return _counted(heard, DIALOGUES.resume(heard, found))


def _turn(heard: Heard) -> Answer:
    typed = _TAIL.sub("", unicodedata.normalize("NFKC", heard.text)).strip()
    if dropped := _DROPPED.fullmatch(typed):
        free = replace(heard.talk, ask="", given=[])
        answer = _turn(replace(heard, text=dropped[1], talk=free))
        return replace(answer, talk=answer.talk or free)
    typed = choosing.counted(typed)
    if early := _early(heard, typed):
        return early
    understanding = heard.desk.understanding
    if heard.talk.ask:
        # What answers a question is told by the table alone: it may be anybody's name or words.
        exactly = pointing.at_last(heard, understanding.of(heard.text, exactly=True))
        if taken := _step(replace(heard, text=typed), exactly):
            return _others(heard, taken, exactly)
    if typed.isdigit() and len(typed) <= 2:  # noqa: PLR2004 - a choice, not a code
        return entities.choose(heard, int(typed)) or _numberless(heard)
    (text, meant), *others = understanding.wishes(heard.text)
    heard = replace(heard, text=text)
    answer = _others(heard, _meant(heard, pointing.at_last(heard, meant)), meant)
    return _also(heard, answer, [one for _, one in others])


def _step(heard: Heard, meant: Meant) -> Answer | None:
    """Take what answers an open question, unless it is a word that works everywhere."""
    if taken := DIALOGUES.first(heard, meant):
        return taken
    if meant.intent in EVERYWHERE:
        return ANSWERS[meant.intent](heard, meant)
    return DIALOGUES.step(heard, meant)


def _early(heard: Heard, typed: str) -> Answer | None:
    """Answer what needs no weighing: a yes that was asked for, a choice, a message, a code."""
    if heard.talk.linking and typed == linking.YES:
        return linking.confirm(heard)
    if phrase := choosing.chosen(heard.talk, typed):
        meant = heard.desk.understanding.of(phrase, exactly=True)
        # Whoever chooses to follow is asked whom, and follows nobody who was looked at before.
        return _meant(replace(heard, text=phrase, talk=replace(heard.talk, last=0)), meant)
    if message := official.quoted(typed):
        return official.judge(heard, [message])
    if code := _LINK.fullmatch(typed):
        return linking.ask(heard, code[1])
    return None


def _meant(heard: Heard, meant: Meant) -> Answer:
    if _is_nearly_a_code(meant):
        said = heard.said.CODE_LENGTH.format(len(meant.number))
        return replace(DIALOGUES.again(heard) or Answer(""), text=said, missed=True)
    again = DIALOGUES.again(heard)
    if again and _is_loose(heard, meant):  # no name is wanted in this step
        otherwise = "" if meant.instead == ELSE else meant.instead
        meant = replace(meant, intent=otherwise, name="", instead="")
    if not again and choosing.is_district(heard, meant):
        return choosing.of_district(heard, meant.district)
    if meant.intent:
        answer = ANSWERS[meant.intent](heard, meant)
        return _instead(heard, meant) if meant.instead and answer.missed else answer
    return _step_missed(heard, again) if again else Answer(_missed(heard), missed=True)


def _instead(heard: Heard, meant: Meant) -> Answer:
    """Answer what a text means since nobody is called so."""
    if meant.instead == ELSE:
        return Answer(_missed(heard), missed=True)
    return ANSWERS[meant.instead](heard, replace(meant, name="", instead=""))


def _step_missed(heard: Heard, again: Answer) -> Answer:
    return replace(again, text=heard.said.STEP_MISSED + again.text, missed=True)


def _is_loose(heard: Heard, meant: Meant) -> bool:
    """Say whether a name is one only because nothing else was understood of the text."""
    is_code = identifiers.classify(meant.name) is Scheme.USCC
    loose = meant.name != "" and not is_code and heard.desk.names.find(meant.name) is None
    return meant.intent == "find" and loose


def _numberless(heard: Heard) -> Answer:
    """Answer a number where nothing is numbered: ask the open step again, or what to do."""
    if again := DIALOGUES.again(heard):
        return _step_missed(heard, again)
    listed = choosing.menu(heard)
    return replace(listed, text=heard.words.NO_LIST + listed.text, missed=True)


def _missed(heard: Heard) -> str:
    """Say that a text was not understood: that it is none of ours, or what it may have meant."""
    understanding = heard.desk.understanding
    if understanding.is_none_of_ours(heard.text):
        return str(heard.said.NOT_OURS.format(hotline=heard.desk.hours.hotline))
    near = understanding.near(heard.text, _CLOSE)
    names = [heard.said.NAMES[one] for one in near if one in heard.said.NAMES]
    if not names:
        return str(heard.words.NOT_UNDERSTOOD)
    shown = heard.said.BETWEEN.join(f"“{name}”" for name in names)
    return str(heard.said.PERHAPS.format(shown))


def _also(heard: Heard, answer: Answer, others: Sequence[Meant]) -> Answer:
    """Say below an answer what else was asked, and how to ask it: one thing at a time."""
    names = heard.said.NAMES
    shown = [_worded(names[one.intent], one.name) for one in others if one.intent in names]
    if not shown or answer.asks or answer.reply:
        return answer
    return replace(answer, text=answer.text + heard.said.ALSO.format("".join(shown)))


def _others(heard: Heard, answer: Answer, meant: Meant) -> Answer:
    """Say below an answer about one company which others were named: one at a time."""
    if not meant.others or meant.intent not in entities.PURPOSED or answer.reply:
        return answer
    shown = heard.said.BETWEEN.join(f"“{name}”" for name in meant.others)
    return replace(answer, text=answer.text + heard.said.OTHERS.format(shown))


def _worded(phrase: str, name: str) -> str:
    """Return the words to send: in English, too, the Chinese ones come first."""
    return f"“{phrase.partition(' ')[0]}{name}”" if name else f"“{phrase}”"


def _is_nearly_a_code(meant: Meant) -> bool:
    """Say whether a number was meant as a credit code: about as long, and no other number is."""
    digits = sum(map(str.isdigit, meant.number))
    return len(meant.number) in _NEARLY and digits >= _DIGITS


def _counted(heard: Heard, answer: Answer) -> Answer:
    """Count misses in a row; after two offer a human."""
    misses = heard.talk.misses + 1 if answer.missed else 0
    if misses == heard.talk.misses:
        return answer
    talk = replace(answer.talk or heard.talk, misses=misses)
    offer = heard.said.OFFER_HUMAN if misses >= _MISSES else ""
    return replace(answer, text=answer.text + offer, talk=talk)
