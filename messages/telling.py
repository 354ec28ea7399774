"""Telling: a notice as its reader opens it, on an H5 page or in the inbox of the app."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType

from core import privacy
from core.account_news import Changed
from core.case_news import Closed, Deadline, Progress
from core.notices import (
    Digest,
    Edition,
    Headline,
    Listing,
    Looked,
    Notice,
    Paper,
    Recall,
    Receipt,
    Reply,
)
from core.records import RecordState
from core.rules.lists import ListKind
from core.rules.reasons import Reason
from messages import progress, sorts
from messages.wording import ACCOUNTS, CASES, LANGUAGES, NOTICES, RECORDS

Lists = Mapping[str, ListKind]


@dataclass(frozen=True)
class About:
    """What a notice leads to: an entity, a case, a report, a release or an article, and its id."""

    kind: str
    id: str


@dataclass(frozen=True)
class Told:
    """A title, facts as labels with texts, and what to do next."""

    title: str
    facts: list[tuple[str, str]]
    hint: str
    about: About | None


@dataclass(frozen=True)
class Teller:
    """Tells in one language, as of an instant; `lists` are the lists by their codes.

    `reasons` are the templates that decisions on cases were given.
    """

    lists: Lists
    language: str
    now: datetime
    reasons: Sequence[Reason] = ()

    @property
    def _words(self) -> ModuleType:
        return LANGUAGES[self.language]

    def tell(self, notice: Notice) -> Told:
        """Put a notice into words."""
        said: dict[type, Callable[..., Told]] = {
            Listing: self._listing,
            Looked: self._looked,
            Digest: self._digest,
            Recall: self._recall,
            Changed: self._changed,
            Closed: self._closed,
            Receipt: self._receipt,
            Progress: self._progress,
            Deadline: self._deadline,
            Paper: self._paper,
            Edition: self._edition,
            Headline: self._text,
            Reply: self._text,
        }
        return said[type(notice)](notice)

    def _text(self, notice: Headline | Reply) -> Told:
        if isinstance(notice, Reply):
            return Told(notice.text, [], "", None)
        hint: str = self._words.CAMPAIGN_HINT
        return Told(notice.title, [], hint, About("article", str(notice.id)))

    def _looked(self, looked: Looked) -> Told:
        words, said = self._words, NOTICES[self.language]
        facts = [(said.FACTS["day"], words.date(looked.day))]
        return Told(sorts.title(looked, self.language), facts, said.LOOKED_HINT, None)

    def _digest(self, digest: Digest) -> Told:
        words, said = self._words, NOTICES[self.language]
        facts = [
            (said.FACTS["day"], words.date(digest.day)),
            (said.FACTS["number"], str(digest.number)),
        ]
        return Told(sorts.title(digest, self.language), facts, said.DIGEST_HINT, None)

    def _listing(self, listing: Listing) -> Told:
        words = self._words
        named = self._name_of(listing)
        heads: dict[str, str] = NOTICES[self.language].HEADS
        said = heads[listing.event].format(name=listing.name, named=named)
        title = said if listing.is_public else words.ended()
        about = About("entity", listing.uscc)
        return Told(title, self._facts(listing), words.DIRECTIONS, about)

    def _recall(self, recall: Recall) -> Told:
        words, listing = self._words, recall.listing
        if not listing.is_public:
            hint = words.RECALLS[recall.became]
        elif recall.became is RecordState.CORRECTED:
            hint = words.RECALLS["corrected"]
        else:  # it is shown again, or still: what stands above is right
            hint = words.DIRECTIONS
        title = words.recall_title(listing.name)
        return Told(title, self._facts(listing), hint, About("entity", listing.uscc))

    def _receipt(self, receipt: Receipt) -> Told:
        words, code = self._words, privacy.show_code(receipt.code)
        facts = [
            (words.RECEIPT_FACTS["code"], code),
            (words.RECEIPT_FACTS["state"], words.case_state(receipt.kind, receipt.state)),
        ]
        return Told(
            sorts.title(receipt, self.language), facts, words.RECEIPT_HINT, About("case", code)
        )

    def _changed(self, changed: Changed) -> Told:
        words = ACCOUNTS[self.language]
        facts = [(words.CHANGED_AT, self._words.time(changed.at))]
        return Told(words.CHANGED[changed.what], facts, words.CHANGED_HINT, None)

    def _closed(self, _: Closed) -> Told:
        words = CASES[self.language]
        return Told(words.CLOSED_TITLE, [], words.CLOSED_HINT, None)

    def _progress(self, moved: Progress) -> Told:
        said = progress.tell(moved, self.reasons, self.language)
        return Told(said.title, said.facts, said.hint, About("case", said.code))

    def _deadline(self, due: Deadline) -> Told:
        said = progress.tell_deadline(due, self.language)
        return Told(said.title, said.facts, said.hint, About("case", said.code))

    def _paper(self, paper: Paper) -> Told:
        """Say which report it is and what it is worth; its code stands on the report alone."""
        words, verdict = self._words, paper.verdict
        said = {
            "report_no": verdict.report_no,
            "entity": verdict.name,
            "state": words.REPORT_STANDINGS[verdict.standing],
            "as_of": words.time(verdict.as_of) if verdict.as_of else None,
            "valid_until": words.date(verdict.valid_until) if verdict.valid_until else None,
        }
        facts = [(words.REPORT_FACTS[name], text) for name, text in said.items() if text]
        title, hint = sorts.title(paper, self.language), words.REPORT_HINTS[paper.kind]
        about = About("report", verdict.report_no) if verdict.report_no else None
        return Told(title, facts, hint, about)

    def _edition(self, edition: Edition) -> Told:
        words, named = self._words, self.lists.get(edition.list_kind)
        name = named.name if named else edition.list_kind
        facts = [
            (words.EDITION_FACTS["released_on"], words.date(edition.released_on)),
            (words.EDITION_FACTS["members"], str(edition.members)),
        ]
        title = RECORDS[self.language].release_title(name, edition.released_on)
        return Told(title, facts, words.EDITION_HINT, About("release", str(edition.id)))

    def _name_of(self, listing: Listing) -> str:
        named = self.lists.get(listing.list_kind or "")
        return named.name if named else listing.title

    def _facts(self, listing: Listing) -> list[tuple[str, str]]:
        """Say what an alert tells; of a record that has ended only that it has."""
        words = self._words
        said = {"entity": listing.name, "uscc": listing.uscc, "as_of": words.time(self.now)}
        if listing.is_public:
            # A decision is made on a day; onto a list somebody comes on one.
            dates = {
                "event_date" if listing.list_kind else "decided_on": listing.event_date,
                "repairable_from": listing.repairable_from,
                "ends_on": listing.ends_on,
            }
            what = "list" if listing.list_kind else "title"
            said |= {what: self._name_of(listing), "authority": listing.authority}
            said |= {"document_no": listing.document_no}
            said |= {name: words.date(value) for name, value in dates.items() if value}
        return [(label, said[name]) for name, label in words.ALERT_FACTS.items() if name in said]
