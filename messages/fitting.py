"""Fitting (模板字段核对): whether words fit WeChat's fields, at our start; what a card shows."""

from core import stamps
from core.cases import CaseKind
from core.outbox.deliveries import EventKind
from core.preferences.kinds import KIND_OF
from messages.wechat import fields
from messages.wording import NOTICES

# A moment, a code and a number of the longest that there are.
_MOMENT = "2026年12月31日 23:59"
_STAMP = "Z" * stamps.LONGEST_SHOWN
_STAGES = ("received", "moved", "due", "overdue")
SORTS = (
    *("alert", "record", "repairable", "ending", "recall", "edition"),
    *("viewed", "changed", "digest", "campaign", "report_ready", "report_recalled"),
    *(f"{stage}_{kind}" for stage in _STAGES for kind in CaseKind),
)


def shown_title(title: str) -> str:
    """Return a title as a card shows it."""
    return fields.cut(title)


def faults() -> list[str]:
    """Name each word of ours that would not fit, in each language: none, or we do not start."""
    found = [
        f"{language}.{name}.{sort}"
        for language, words in NOTICES.items()
        for name in ("THINGS", "TITLES")
        for sort in SORTS
        if not getattr(words, name).get(sort)
    ]
    for language, words in NOTICES.items():
        things = {f"THINGS.{sort}": ("thing1", text) for sort, text in words.THINGS.items()}
        things |= {f"PHRASES.{stage}": ("phrase3", text) for stage, text in words.PHRASES.items()}
        things |= {
            name: ("thing3", getattr(words, name).format(code=_STAMP))
            for name in ("HINT", "CAMPAIGN_HINT")
        }
        things["MOMENT"] = ("time2", _MOMENT)
        found += [f"{language}.{name}" for name, held in things.items() if not fields.fits(*held)]
    return found + [kind.value for kind in EventKind if kind not in KIND_OF]
