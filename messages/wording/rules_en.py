"""Words for rules of law in English, key for key as in Chinese."""

RULE_KINDS = {
    "term": "publication term",
    "penalty_class": "gravity of a penalty",
    "clock": "time limit",
    "disclosure": "disclosure",
    "catalogue_item": "catalogue item",
    "list": "list",
    "measure": "measure",
    "door": "not collected",
    "transition": "change of law",
    "restoration": "term after a repair is revoked",
    "lasting": "how long something is kept or counts",
}

SOURCE_STATUSES = {
    "read": "text read",
    "secondary": "from a secondary source",
    "unverified": "not verified",
}

STARTS = {
    "document_date": "from the day of the decision",
    "listed_at": "from the day of listing",
    "published_at": "from the day of publication",
    "corrected_at": "from the day of correction",
}

VISIBILITIES = {
    "public": "public",
    "authorised": "whom the subject authorised",
    "subject": "the subject only",
    "internal": "staff only",
}

SUMS = {"fine": "fine", "confiscated": "confiscation"}

PHRASES = {
    "joined": "; ",
    "listed": ", ",
    "of": "{}: {}",
    "longest": "at most {} months",
    "no_end": "no fixed term",
    "repair": "an early end may be asked for after {} months",
    "repair_at_once": "an early end may be asked for once all is settled",
    "no_repair": "no early end",
    "set": "the authority sets the term",
    "scope": "for {}",
    "at_least": "{} of at least {} 万元 (10,000 yuan)",
    "below": "{} below {} 万元 (10,000 yuan)",
    "days": "{} working days",
    "months": "{} months",
    "extension": "may be prolonged by {} working days",
    "subject": "only {}",
    "entailed": "may entail: {}",
    "not_entailed": "does not entail: {}",
    "under_age": "under {} years of age",
    "kinder": "whichever rule is kinder to the subject",
    "restart": "published again, its term counts anew",
    "restored_for": "published again for {} months",
    "goes_on": "published again, its term goes on",
    "nothing": "no records here yet",
    "everyone": "all information of this kind",
}
