"""Is this credit report genuine: asked by its number and its code, in two steps."""

import re
from collections.abc import Sequence

from bot.answer import Answer, Heard
from bot.understanding import Meant
from core import privacy
from core.calendar import day, in_kunming
from core.db import Reading
from core.reports import proof
from core.reports.proof import Standing, Verdict
from messages.wording import VERIFY

_NUMBER = re.compile("[0-9]{14}[0-9A-Z]{8}")
_CODE = re.compile("[0-9A-Z]{8,20}")


def number(_heard: Heard, meant: Meant) -> str:
    """Return the number of a report, if one was typed."""
    typed = privacy.read_code(meant.number)
    return typed if _NUMBER.fullmatch(typed) else ""


def code(heard: Heard, _meant: Meant) -> str:
    """Return the code of a report, if one was typed."""
    typed = privacy.read_code(heard.text)
    return typed if _CODE.fullmatch(typed) else ""


def judge(heard: Heard, given: Sequence[str]) -> Answer:
    """Say what a report is worth today; of a person's report not whose it is."""
    with Reading() as session:
        verdict = proof.verify(session, given[0], given[1], today=day(heard.now))
    said, words = heard.said, VERIFY[heard.wish.language]
    lines = [
        said.REPORT_STANDING.format(
            heading=words.HEADINGS[verdict.standing], meaning=words.MEANINGS[verdict.standing]
        )
    ]
    if verdict.standing is not Standing.UNKNOWN:
        lines.append(_facts(heard, verdict))
    return Answer("\n".join([*lines, said.AGAIN_VERIFY, heard.link("verify")]))


def _facts(heard: Heard, verdict: Verdict) -> str:
    if verdict.uscc is None:
        return str(heard.said.REPORT_PERSONAL)
    as_of = in_kunming(verdict.as_of) if verdict.as_of else None
    return str(
        heard.said.REPORT_FACTS.format(
            name=verdict.name, as_of=f"{as_of:%Y-%m-%d %H:%M}", until=verdict.valid_until
        )
    )
