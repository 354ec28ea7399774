"""Asking: dialogues of several steps. Where one stands is kept in the talk, for any process.

A question about something else is answered in between; the dialogue waits, and goes on with 继续.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answer import Answer, Heard
from bot.memory import Talk
from bot.understanding import Meant


@dataclass(frozen=True)
class Step:
    """One question, by the key of its words, and what of an answer fits it ("" for nothing).

    `first`: what fits is an answer even where it reads like a word that works everywhere.
    `numbered`: it has choices of its own, so that a number chooses from no earlier list.
    """

    question: str
    fits: Callable[[Heard, Meant], str]
    first: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class Dialogue:
    """Questions in their order, what is done with the answers, and how many steps are told.

    More steps are told than are asked where a choice may follow.
    """

    steps: Sequence[Step]
    finish: Callable[[Heard, Sequence[str]], Answer]
    told: int = 0


class Dialogues:
    """All dialogues by name."""

    def __init__(self, held: Mapping[str, Dialogue]) -> None:
        self._held = held

    def begin(self, heard: Heard, name: str, given: Sequence[str] = ()) -> Answer:
        """Begin a dialogue where so much is given already; ask what is missing, or finish."""
        if len(given) >= len(self._held[name].steps):
            return self._finished(heard, name, given)
        return self._asked(heard, replace(heard.talk, ask=name, given=list(given)))

    def step(self, heard: Heard, meant: Meant) -> Answer | None:
        """Take an answer to the question that is open; None if it is none."""
        talk = heard.talk
        dialogue = self._held.get(talk.ask)
        if dialogue is None:
            return None
        value = dialogue.steps[len(talk.given)].fits(heard, meant)
        return self.begin(heard, talk.ask, [*talk.given, value]) if value else None

    def first(self, heard: Heard, meant: Meant) -> Answer | None:
        """Take an answer before anything else is understood of it, where the question asks so."""
        talk = heard.talk
        dialogue = self._held.get(talk.ask)
        is_first = dialogue is not None and dialogue.steps[len(talk.given)].first
        return self.step(heard, meant) if is_first else None

    def back(self, heard: Heard) -> Answer | None:
        """Go back a step; None if there is none before this one."""
        if heard.talk.ask not in self._held or not heard.talk.given:
            return None
        return self.begin(heard, heard.talk.ask, heard.talk.given[:-1])

    def again(self, heard: Heard) -> Answer | None:
        """Ask once more what is open; None if nothing is."""
        if heard.talk.ask not in self._held:
            return None
        return self._asked(heard, heard.talk)

    def resume(self, heard: Heard, answer: Answer) -> Answer:
        """Say below the answer to something else what waits; nothing if it moved on itself."""
        before, after = heard.talk, answer.talk or heard.talk
        is_same = (before.ask, before.given) == (after.ask, after.given)
        if before.ask not in self._held or answer.asks or not is_same or answer.reply:
            return answer
        name = heard.said.DIALOGUES[before.ask]
        hint = heard.said.RESUME.format(name, len(before.given) + 1, self._total(before.ask))
        return replace(answer, text=answer.text + hint, talk=after)

    def _asked(self, heard: Heard, talk: Talk) -> Answer:
        if self._held[talk.ask].steps[len(talk.given)].numbered:
            talk = replace(talk, phrases=[])
        return Answer(self._question(heard, talk), talk, asks=True)

    def _question(self, heard: Heard, talk: Talk) -> str:
        dialogue, number = self._held[talk.ask], len(talk.given)
        said = heard.said
        question: str = said.STEPS[dialogue.steps[number].question]
        total = self._total(talk.ask)
        if total == 1:
            return question
        return f"{said.STEP.format(number + 1, total)}{question}{said.STEP_HINT}"

    def _total(self, name: str) -> int:
        return max(self._held[name].told, len(self._held[name].steps))

    def _finished(self, heard: Heard, name: str, given: Sequence[str]) -> Answer:
        answer = self._held[name].finish(heard, given)
        talk = answer.talk or heard.talk
        # Another dialogue waits; not behind a new list, of which a number is to choose.
        if heard.talk.ask == name or talk.hits != heard.talk.hits:
            talk = replace(talk, ask="", given=[])
        return replace(answer, talk=talk)
