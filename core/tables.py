"""Every table, known to the metadata: what migrations compare against."""

from core import (
    accounts,
    alarms,
    authorisations,
    cases,
    challenges,
    codes,
    consents,
    corrections,
    departments,
    followers,
    follows,
    frequencies,
    idempotency,
    installations,
    institutions,
    interests,
    link_codes,
    names,
    numbers,
    operations,
    persons,
    phones,
    proposals,
    quotas,
    realname,
    records,
    registrations,
    releases,
    renewal,
    shares,
    sign_ins,
    subjects,
    subscriptions,
    tallies,
    upstream,
    wechat_tags,
)
from core.articles import ledger as articles
from core.audit import seals, trail
from core.campaigning import ledger as campaigning
from core.casework import staff_notices
from core.certificates import ledger as certificates
from core.checks import batches as check_batches
from core.checks import ledger as checks
from core.db import Base
from core.evidence import ledger as evidence
from core.intake import batches, seen, uploads, works
from core.outbox import deliveries, events, settle, tries
from core.preferences import choices
from core.reports import ledger
from core.staff import approvals, invitations, members

__all__ = [
    "accounts",
    "alarms",
    "approvals",
    "articles",
    "authorisations",
    "batches",
    "campaigning",
    "cases",
    "certificates",
    "challenges",
    "check_batches",
    "checks",
    "choices",
    "codes",
    "consents",
    "corrections",
    "deliveries",
    "departments",
    "events",
    "evidence",
    "followers",
    "follows",
    "frequencies",
    "idempotency",
    "installations",
    "institutions",
    "interests",
    "invitations",
    "ledger",
    "link_codes",
    "members",
    "names",
    "numbers",
    "operations",
    "persons",
    "phones",
    "proposals",
    "quotas",
    "realname",
    "records",
    "registrations",
    "releases",
    "renewal",
    "seals",
    "seen",
    "settle",
    "shares",
    "sign_ins",
    "staff_notices",
    "subjects",
    "subscriptions",
    "tallies",
    "trail",
    "tries",
    "uploads",
    "upstream",
    "wechat_tags",
    "works",
]

METADATA = Base.metadata
