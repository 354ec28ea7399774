"""Progress: a step of a case as its applicant reads it: the reasons, and what happens next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core import privacy
from core.calendar import day
from core.case_news import Deadline, Next, Progress
from core.cases import Action, CaseState
from core.rules.reasons import Reason, worded
from messages import sorts
from messages.wording import CASES, LANGUAGES, NOTICES

# What changes who acts or until when, and not where the case stands.
_NO_STEPS = {Action.EXTENDED, Action.STAND_IN, Action.GIVEN_BACK}


@dataclass(frozen=True)
class Said:
    """A title, facts as labels with texts, what to do next, and the code of the case."""

    title: str
    facts: list[tuple[str, str]]
    hint: str
    code: str


def tell(progress: Progress, reasons: Sequence[Reason], language: str) -> Said:
    """Put a step into words."""
    common, words = LANGUAGES[language], CASES[language]
    title = words.moved_title(common.CASE_KINDS[progress.kind])
    return Said(
        title, list(_facts(progress, reasons, language)), _hint(progress, language), _code(progress)
    )


def tell_deadline(due: Deadline, language: str) -> Said:
    """Say that a deadline is near, or that it was missed and with whom the case is."""
    words, code = CASES[language], privacy.show_code(due.code)
    facts = [(words.MOVED_FACTS["code"], code)]
    if due.following is None:  # it has gone on since: its own page says how
        moved: str = NOTICES[language].TITLES[f"moved_{due.kind}"]
        return Said(moved, facts, words.GONE_ON_HINT, code)
    facts += _following(due.following, language)
    hint = words.OVERDUE_HINT if due.is_late else words.DUE_HINT
    return Said(sorts.title(due, language), facts, hint, code)


def _code(progress: Progress) -> str:
    return privacy.show_code(progress.code)


def _facts(
    progress: Progress, reasons: Sequence[Reason], language: str
) -> Iterator[tuple[str, str]]:
    common, words = LANGUAGES[language], CASES[language].MOVED_FACTS
    yield words["code"], _code(progress)
    no_step = progress.action in _NO_STEPS
    state = CASES[language].ACTIONS[progress.action] if no_step else None
    yield words["state"], state or common.case_state(progress.kind, progress.state)
    for code in progress.reasons:
        if reason := worded(reasons, code, day(progress.at)):
            label, fix = reason.said(language)
            yield words["reason"], label
            yield words["fix"], fix
    if progress.following is not None:
        yield from _following(progress.following, language)


def _following(following: Next, language: str) -> Iterator[tuple[str, str]]:
    common, words = LANGUAGES[language], CASES[language]
    yield words.MOVED_FACTS["next"], words.DUE[following.clock]
    if following.holder is not None:
        office = following.office or words.HOLDERS[following.holder]
        said = words.on_behalf_of(office) if following.on_behalf else office
        yield words.MOVED_FACTS["holder"], said
    provisional = words.PROVISIONAL if following.provisional else ""
    yield words.MOVED_FACTS["due_on"], common.date(following.due_on) + provisional


def _hint(progress: Progress, language: str) -> str:
    hints: dict[str, str] = CASES[language].MOVED_HINTS
    if progress.action in _NO_STEPS:
        return hints[progress.action]
    if progress.state is CaseState.ANNOTATED and progress.not_mine:
        return hints["frozen"]
    return hints.get(f"{progress.kind}_{progress.state}") or hints[progress.state]
