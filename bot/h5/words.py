"""What these pages say, in the language that somebody has chosen."""

from types import ModuleType

from messages import wording
from messages.wording import h5_en, h5_own_en, h5_own_zh, h5_zh

_PAGES: dict[str, tuple[ModuleType, ModuleType]] = {
    "zh": (h5_zh, h5_own_zh),
    "en": (h5_en, h5_own_en),
}
LANGUAGES = tuple(_PAGES)


def texts(language: str) -> dict[str, str]:
    """Return every text of the pages by its name."""
    public, own = _PAGES[language]
    found: dict[str, str] = public.TEXTS | own.TEXTS
    return found


def refusal(code: str, language: str) -> str:
    """Say what was refused, and what to do next."""
    words: dict[str, str] = _PAGES[language][0].REFUSALS
    return words[code] if code in words else wording.refusal(code, language)
