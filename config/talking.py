"""Load what a conversation draws on from config/talk, once at the start; refuse faulty tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot import folding, paths, phrases
from bot.answers import ANSWERS
from bot.desk import Desk, Fact, Hours, Window
from bot.folding import Folding
from bot.naming import Lexicon, Names
from bot.phrases import Rule, Table, TableError
from bot.reading import Reader
from bot.terms import Term
from bot.understanding import Understanding
from bot.whereabouts import Ground
from config.examples import learnt
from config.rulebook.tables import RulebookError, Tables
from config.settings import Settings
from core.records import Severity
from core.rules import Clock, Rulebook
from core.rules.lists import ListKind
from core.rules.places import Place
from core.workdays import SourceStatus

FOLDER = Path(__file__).parent / "talk"
_OPENCC = Path("vendor", "opencc", "TSCharacters.txt")
_INTENTS, _WORDS, _TERMS = "intents.yaml", "words.yaml", "terms.yaml"
_PHRASES: TypeAdapter[list[dict[str, list[str]]]] = TypeAdapter(list[dict[str, list[str]]])
_SAID: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_FACT = TypeAdapter(dict[str, Fact])
_WINDOWS, _FACTS, _LISTS = "windows.yaml", "facts.yaml", "lists.yaml"
_DISTRICT_CODE, _CITY_CODE = "5301", "530100"
# 石林彝族自治县 is 石林, and 五华区 五华, to whoever lives there.
_ENDINGS = ("彝族苗族自治县", "回族彝族自治县", "彝族自治县", "区", "县", "市")


@dataclass(frozen=True)
class _Counter:
    """One district of windows.yaml: who serves its people, and where about its seat lies."""

    department: str
    seat: tuple[float, float]


@dataclass(frozen=True)
class _Counters:
    """windows.yaml."""

    hotline: str
    source_status: SourceStatus
    bounds: tuple[float, float, float, float]
    districts: dict[str, _Counter]

    def windows(self) -> dict[str, Window]:
        """Return the windows; a name that is not verified is told to nobody."""
        is_sure = self.source_status != "unverified"
        return {
            name: Window(one.department if is_sure else "", self.hotline)
            for name, one in self.districts.items()
        }

    def ground(self) -> Ground:
        """Return where the city and its districts lie."""
        return Ground(self.bounds, {name: one.seat for name, one in self.districts.items()})


def desk(
    settings: Settings, rules: Rulebook, served: Iterable[str], *, folder: Path = FOLDER
) -> Desk:
    """Put the desk together; `served` are the paths that we answer. Raises RulebookError."""
    counters: _Counters = _whole(_WINDOWS, TypeAdapter(_Counters).validate_python, folder)
    explained = terms(folder)
    codes = _codes(rules, counters)
    said = _whole(_WORDS, _SAID.validate_python, folder)
    return Desk(
        understanding=understanding(ANSWERS, rules.places, explained, folder=folder),
        names=names(folder),
        links=paths.links(settings.public_url, served),
        lists=rules.lists,
        list_words=list_words(rules.lists, folder),
        elsewhere=said["elsewhere"].split(),
        pointing=said["pointing"].split(),
        codes=codes,
        terms={term.names[0]: term for term in explained},
        windows=counters.windows(),
        ground=counters.ground(),
        repair_days=partial(rules.clock, Clock.REPAIR_FINISH),
        facts=_whole(_FACTS, _FACT.validate_python, folder),
        hours=_hours(settings, rules, counters.hotline),
        per_minute=settings.messages_per_minute,
        public_url=settings.public_url,
        picture=f"{settings.public_url}/wechat/static/cover.png",
        vault=settings.vault,
        code_key=settings.link_key.get_secret_value().encode(),
    )


def terms(folder: Path = FOLDER) -> list[Term]:
    """Return the terms that we explain. Raises RulebookError."""
    held: list[Term] = _whole(_TERMS, TypeAdapter(list[Term]).validate_python, folder)
    return held


def names(folder: Path = FOLDER) -> Names:
    """Return what knows names by their endings. Raises RulebookError."""
    return Names(_lexicon(_whole(_WORDS, _SAID.validate_python, folder)))


def understanding(
    intents: Iterable[str],
    places: Iterable[Place],
    explained: Iterable[Term],
    *,
    folder: Path = FOLDER,
) -> Understanding:
    """Return the tables. Raises RulebookError that names every fault; `intents` we can answer."""
    tables = Tables(folder)
    words = tables.whole(_WORDS, _SAID.validate_python)
    rows = tables.whole(_INTENTS, _PHRASES.validate_python)
    tables.refuse_faults()
    said, given = words[0], rows[0]
    known = frozenset(intents)
    rules = _rules(given, known)
    districts = spoken(places)
    districts |= _latin(said["latin"], districts)
    named = {name: term.names[0] for term in explained for name in term.names}
    traditional = (folder / _OPENCC).read_text(encoding="utf-8")
    plain = Folding(folding.traditional(traditional), _plain(said["plain"]))
    reader = Reader(plain, Names(_lexicon(said)), districts)
    return Understanding(
        reader,
        Table(rules, districts=districts, terms=named),
        learnt(reader, known, folder),
        districts=districts,
        terms=named,
    )


def _whole(name: str, read: Callable[[Any], Any], folder: Path) -> Any:  # noqa: ANN401
    tables = Tables(folder)
    held = tables.whole(name, read)
    tables.refuse_faults()
    return held[0]


def _hours(settings: Settings, rules: Rulebook, hotline: str) -> Hours:
    spans = [span.split("-") for span in settings.service_hours.split()]

    return Hours(
        spans=[(time.fromisoformat(begins), time.fromisoformat(ends)) for begins, ends in spans],
        is_working_day=rules.workdays.is_workday,
        account=settings.service_account,
        hotline=hotline,
    )


def _codes(rules: Rulebook, counters: _Counters) -> Mapping[str, str]:
    """Return the districts' codes. Raises RulebookError."""
    codes = {one.name: one.code for one in rules.places if _is_district(one) and one.code}
    if different := counters.districts.keys() ^ codes.keys():
        raise RulebookError([f"{_WINDOWS}: districts differ from the rules: {sorted(different)}"])
    return codes


def list_words(lists: Mapping[str, ListKind], folder: Path) -> dict[str, str]:
    """Return which list each word means. Raises RulebookError for a list that nobody may read."""
    given = _whole(_LISTS, TypeAdapter(dict[str, str]).validate_python, folder)
    faults = [
        f"{_LISTS}: {code}: there is no such public list"
        for code in given
        if code not in lists or lists[code].severity is Severity.MINOR
    ]
    if faults:
        raise RulebookError(faults)
    return {word: code for code, words in given.items() for word in words.split()}


def _is_district(place: Place) -> bool:
    return (place.code or "").startswith(_DISTRICT_CODE) and place.code != _CITY_CODE


def spoken(places: Iterable[Place]) -> dict[str, str]:
    """Return each way of saying a district of the city, with the district's name."""
    known: dict[str, str] = {}
    for place in places:
        if _is_district(place):
            for name in (place.name, *place.others):
                known[name] = known[_short(name)] = place.name
    return known


def _latin(given: Mapping[str, str], districts: Mapping[str, str]) -> dict[str, str]:
    if strange := sorted(set(given.values()) - set(districts)):
        raise RulebookError([f"{_WORDS}: latin: {one} is no district" for one in strange])
    return {said: districts[name] for said, name in given.items()}


def _short(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending).removeprefix("昆明市")
    return name


def _rules(given: list[dict[str, list[str]]], intents: frozenset[str]) -> list[Rule]:
    rules, faults = [], []
    for intent, lines in (item for row in given for item in row.items()):
        if intent not in intents:
            faults.append(f"{_INTENTS}: {intent}: there is no answer to it")
        for line in lines:
            try:
                rules.append(phrases.read(intent, line))
            except TableError as error:
                faults.append(f"{_INTENTS}: {error}: a part has no word")
    if faults:
        raise RulebookError(faults)
    return rules


def _plain(given: Mapping[str, str]) -> dict[str, str]:
    return {said: plain for plain, ways in given.items() for said in ways.split()}


def _lexicon(said: Mapping[str, Any]) -> Lexicon:
    names = "kinds weak places talk heads tails agencies".split()
    lists = {name: said[name].split() for name in names}
    asked = {intent: words.split() for intent, words in said["asked"].items()}
    generic, branches = (frozenset(said[name].split()) for name in ("generic", "branches"))
    return Lexicon(**lists, generic=generic, branches=branches, asked=asked)
