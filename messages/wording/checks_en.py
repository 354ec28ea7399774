"""Words of checks by institutions, in English, key for key as in Chinese."""

CHECK_PURPOSES = {
    "procurement": "government procurement",
    "tendering": "tendering",
    "approval": "administrative approval",
    "public_funds": "public funds",
    "awards": "awards and honours",
    "financing": "financing",
    "supervision": "supervision by class of credit",
}

LIMITS = (
    "It holds only public information of Kunming's catalogue that was in its term when asked for.",
    "Records that were repaired, withdrawn or suspended, or whose term is over, are not in it.",
    "That nothing was found does not mean that there is nothing: some may not be reported yet.",
    "It is no rating and no score; please decide as the law of your matter says.",
)

CHECK_COLUMNS = {
    "line": "Line",
    "uscc": "Credit code",
    "given": "Name given",
    "outcome": "Outcome",
    "name": "Registered name",
    "agrees": "Names agree",
    "state": "Registration state",
    "serious": "On a list of serious dishonesty",
    "lists": "Lists of serious dishonesty",
    "others": "Other lists of misconduct (number)",
    "red": "Good-faith lists (number)",
    "penalty": "Penalties (number)",
    "check_no": "Check number",
    "as_of": "As of",
}
CHECK_OUTCOMES = {
    "found": "found",
    "not_found": "no such entity",
    "rejected": "not checked",
    "changed": "records have changed; please check again",
}
LINE_FAULTS = {
    "not_a_code": "not a credit code",
    "citizen_id": "holds a citizen's ID number; not kept",
    "repeated": "repeats an earlier line",
    "too_many_cells": "more than two columns",
    "name": "name too long, or with control characters",
}
YES, NO = "yes", "no"

AUTHORISED_SCOPES = {
    "dishonesty": "whether on a list of serious dishonesty",
    "records": "the records that whoever is authorised may see",
}
AUTHORISATION_STATES = {"active": "active", "expired": "over", "revoked": "revoked"}
