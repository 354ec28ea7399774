"""Kinds of records: how common each is, who decides on it, how long it is shown, what it says."""

from dataclasses import dataclass

from tests.bench.city.words import DISTRICTS, OFFICES, table

_OFFICES = (*OFFICES, "人民法院")
_PLACES = {"530100": "", **DISTRICTS}
# Every department: its office, its district, its name.
DEPARTMENTS = [
    (office, code, f"昆明市{place}{office}")
    for office in _OFFICES
    for code, place in _PLACES.items()
]
_FACTS = {
    "licence": '{"document_title":"准予行政许可决定书","category":"普通","licence_no":"JY253%s",'
    '"content":"准予从事许可范围内的经营活动","state":"1","valid_from":"%s","valid_to":null}',
    "penalty": '{"violation_type":"违反管理规定","violation_facts":"经查未按规定建台账，案号%s",'
    '"legal_basis":"《中华人民共和国行政处罚法》第二十八条","penalty_types":["罚款"],'
    '"content":"处以罚款","fine_wan":"0.5","valid_to":null,"found_on":"%s"}',
    "listed": '{"list_name":null,"basis":"认定书%s","listed_on":"%s","early_removal_after":null}',
    "said": '{"number":"%s","said_on":"%s","content":"依法诚信经营，提供的材料真实有效"}',
    "graded": '{"number":"%s","on":"%s","grade":"A"}',
}


@dataclass(frozen=True)
class Kind:
    """One kind; months are until repair may be asked for, and until the end."""

    kind: str
    list_kind: str | None
    title: str
    severity: str | None
    repairable: int | None
    ends: int | None
    rule: str | None
    offices: tuple[int, ...]
    facts: str

    def department(self, one, place):
        """Return the place of a department in the list, by two numbers that were drawn."""
        office = self.offices[one % len(self.offices)]
        return office * len(_PLACES) + place % len(_PLACES)


def _kind(row):
    offices = OFFICES if row["offices"] == "*" else row["offices"].split()
    return Kind(
        row["kind"],
        row["list_kind"] or None,
        row["title"],
        row["severity"] or None,
        int(row["repairable"]) if row["repairable"] else None,
        int(row["ends"]) if row["ends"] else None,
        row["rule"] or None,
        tuple(map(_OFFICES.index, offices)),
        _FACTS[row["facts"]],
    )


# The shares are of a thousand: one number drawn below that names a kind.
DRAWN = [_kind(row) for row in table("city_kinds.csv") for _ in range(int(row["share"]))]
