"""Words of the app's door in English, key for key as in Chinese."""

TITLES = {
    "entity_not_found": "No such entity",
    "record_not_found": "No such record",
    "citizen_id_refused": "Citizen's ID number refused",
    "query_too_short": "Query too short",
    "not_entitled": "Not entitled",
    "already_open": "Already open",
    "repair_too_early": "Too early for repair",
    "not_repairable": "Not repairable",
    "batch_not_found": "No such batch",
    "list_not_found": "No such list",
    "release_not_found": "No such release",
    "case_not_found": "No such receipt code",
    "not_followed": "Not followed",
    "too_many_follows": "Too many follows",
    "report_not_found": "No such report",
    "report_in_the_making": "A report is being made",
    "too_many_reports": "Too many reports",
    "report_not_ready": "Report not ready",
    "report_recalled": "Report recalled",
    "report_damaged": "File of the report damaged",
    "not_a_code": "Not a credit code",
    "institution_not_found": "No such institution",
    "institution_known": "Institution already enrolled",
    "key_not_found": "No such key",
    "check_not_found": "No such check",
    "bad_api_key": "API key not good",
    "scope_missing": "Key lacks the scope",
    "sign_in_not_found": "No such device",
    "verified_elsewhere": "Verified with another account",
    "another_person": "Account of another person",
    "operation_not_found": "No such operation",
    "operation_failed": "The operation failed",
    "unauthorised": "Please sign in",
    "verification_not_found": "Verification no longer valid",
    "identity_unusable": "Identity cannot be used",
    "minor": "Minors cannot be verified",
    "not_verified": "Not verified yet",
    "identity_refused": "Identity not proven",
    "step_up_required": "Please verify again",
    "identity_unavailable": "Identity cannot be checked now",
    "bad_cursor": "Invalid cursor",
    "invalid_request": "Invalid content",
    "bad_json": "Not valid JSON",
    "bad_request": "Bad request",
    "not_found": "No such address",
    "method_not_allowed": "Method not allowed",
    "too_large": "Content too large",
    "unsupported_media_type": "Unsupported content type",
    "unavailable": "Service busy",
    "internal_error": "Service failed",
}

DETAILS = {
    "unauthorised": "You are not signed in, or no longer. Please sign in and try again.",
    "bad_api_key": "There is no API key, or it is wrong, expired or revoked. "
    "Please give a good one in X-Api-Key.",
    "scope_missing": "This key may not do this. Please ask us for another key if you need it.",
    "step_up_required": "This concerns personal data. Please verify again who you are "
    "(by a text message or your real name), then retry.",
    "identity_refused": "What the identity provider gave is not valid or was used already. "
    "Please begin again.",
    "identity_unavailable": "The identity provider does not answer at present. "
    "Please try again shortly.",
    "bad_cursor": "This cursor is invalid or belongs to another query. "
    "Please start again from the first page.",
    "invalid_request": "Please correct what `errors` names and send it again.",
    "bad_json": "The content cannot be read as JSON. Please check its form and encoding (UTF-8).",
    "bad_request": "The request cannot be understood. Please check it and try again.",
    "not_found": "This address does not exist. Please check it.",
    "method_not_allowed": "This address does not take this method; see Allow for those it takes.",
    "too_large": "The content is larger than allowed. Please shorten it.",
    "unsupported_media_type": "Please send application/json.",
    "unavailable": "The service is busy. Please try again shortly.",
    "internal_error": "Something failed on our side, and we will look into it. "
    "If you ask for help, please give the request id (instance).",
}

FAULTS = {
    "required": "Required.",
    "null": "Must not be null.",
    "unknown": "There is no such field.",
    "object": "Must be a JSON object.",
    "text": "Must be text.",
    "integer": "Must be an integer.",
    "range": "Must be from {} to {}.",
    "length": "Must have {} to {} characters.",
    "period": "Must not be before the first day, nor more than {} days after it.",
    "control": "Holds control characters that cannot be shown.",
    "id": "Not a valid id.",
    "day": "Must be a date like 2026-05-11.",
    "choice": "Not one of the values to choose from.",
    "invalid": "Not acceptable.",
    "law": "Must be a legal basis in one line, without a number of anybody.",
    "citizen_id": "Must not hold a citizen's ID number.",
}

# The page to which the identity provider sends a browser that no app takes over.
RETURNED = {
    "service": "Credit Kunming",
    "title": "Identity - Credit Kunming",
    "done": "You have proven who you are",
    "go_back": "Please return to the Credit Kunming app. If it did not open, switch to it.",
    "not_done": "Your identity was not proven",
    "start_again": "You may have cancelled, or the link has expired. "
    "Please return to the Credit Kunming app and begin again.",
    "on_desk": "This is a development machine: POST the following to "
    "/api/v1/me/verification/complete",
}
