"""The words, in Chinese and in English with the same keys."""

from types import ModuleType

from messages.wording import (
    accounts_en,
    accounts_zh,
    articles_en,
    articles_zh,
    bot_en,
    bot_zh,
    cases_en,
    cases_zh,
    checks_en,
    checks_zh,
    codes_en,
    codes_zh,
    en,
    export_en,
    export_zh,
    notices_en,
    notices_zh,
    own_en,
    own_zh,
    pages_en,
    pages_zh,
    records_en,
    records_zh,
    refusals_en,
    refusals_zh,
    rules_en,
    rules_zh,
    sms_en,
    sms_zh,
    talk_en,
    talk_zh,
    verify_en,
    verify_zh,
    zh,
)

LANGUAGES: dict[str, ModuleType] = {"zh": zh, "en": en}
CASES: dict[str, ModuleType] = {"zh": cases_zh, "en": cases_en}
RECORDS: dict[str, ModuleType] = {"zh": records_zh, "en": records_en}
REFUSALS: dict[str, ModuleType] = {"zh": refusals_zh, "en": refusals_en}
RULES: dict[str, ModuleType] = {"zh": rules_zh, "en": rules_en}
CHECKS: dict[str, ModuleType] = {"zh": checks_zh, "en": checks_en}
NOTICES: dict[str, ModuleType] = {"zh": notices_zh, "en": notices_en}
CODES: dict[str, ModuleType] = {"zh": codes_zh, "en": codes_en}

SMS: dict[str, ModuleType] = {"zh": sms_zh, "en": sms_en}

ACCOUNTS: dict[str, ModuleType] = {"zh": accounts_zh, "en": accounts_en}


BOT: dict[str, ModuleType] = {"zh": bot_zh, "en": bot_en}
TALK: dict[str, ModuleType] = {"zh": talk_zh, "en": talk_en}
VERIFY: dict[str, ModuleType] = {"zh": verify_zh, "en": verify_en}
PAGES: dict[str, ModuleType] = {"zh": pages_zh, "en": pages_en}
OWN: dict[str, ModuleType] = {"zh": own_zh, "en": own_en}
EXPORT: dict[str, ModuleType] = {"zh": export_zh, "en": export_en}

ARTICLES: dict[str, ModuleType] = {"zh": articles_zh, "en": articles_en}


def refusal(code: str, language: str = "zh") -> str:
    """Return what we say when core refuses: one sentence, and what to do next."""
    words: dict[str, str] = REFUSALS[language].REFUSALS
    return words[code]
