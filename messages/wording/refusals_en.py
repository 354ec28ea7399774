"""What core refuses, in English, key for key as in Chinese."""

REFUSALS = {
    "entity_not_found": "No such entity. Please check the credit code, or search by name.",
    "record_not_found": "No such record. It may no longer be published; please check its number.",
    "citizen_id_refused": "This looks like a citizen's ID number. We neither search nor keep it. "
    "To see your own record, sign in to the Credit Kunming app with your real name.",
    "query_too_short": "Please give at least two Chinese characters of the name, "
    "or the 18-character unified social credit code.",
    "not_entitled": "Only the subject of this record, through its verified representative, "
    "may do this. Please verify the organisation that you represent first.",
    "already_open": "An application of this kind about this record is already open. "
    "Please use its receipt code to follow it.",
    "repair_too_early": "The day from which repair may be applied for has not come yet.",
    "not_repairable": "Repair does not apply to this kind of record. "
    "If the record is wrong, please file an objection.",
    "idempotency_running": "The same submission is being handled. "
    "Please try again shortly under the same key.",
    "idempotency_reused": "This Idempotency-Key was used for a submission with other content. "
    "Please submit under a new key.",
    "batch_not_found": "There is no such batch. Please check its number.",
    "list_not_found": "There is no such list. Please check its code.",
    "release_not_found": "There is no such release of a list. Please check and try again.",
    "case_not_found": "No case has this receipt code. Please check it and try again.",
    "message_not_found": "There is no such message. Please refresh your inbox.",
    "not_followed": "You do not follow this, so there is nothing to cancel.",
    "too_many_follows": "You follow as many entities as one account may. "
    "Please stop following some first.",
    "report_not_found": "No report that you asked for has this number. Please check it.",
    "report_in_the_making": "Another report about this entity is being made for you. "
    "Please ask again shortly.",
    "too_many_reports": "You have asked for as many reports as one account may in a day. "
    "Please ask again tomorrow.",
    "report_not_ready": "The report has not been made yet. Please try again shortly; "
    "if its state is “not made”, please ask for a new one.",
    "report_recalled": "A record in this report was withdrawn, repaired or corrected, "
    "so it must not be used any more. Please ask for a new one.",
    "report_damaged": "The file of this report is no longer complete. Please ask for a new report.",
    "not_a_code": "This is no unified social credit code: those have 18 digits and capital "
    "letters. Please check it.",
    "institution_not_found": "No such institution is enrolled. Please check its credit code.",
    "institution_known": "An institution with this code is enrolled already.",
    "key_not_found": "No key begins like this. Please check with ./xinyong key list.",
    "check_not_found": "No check of your institution has this number. Please check the number.",
    "sign_in_not_found": "No such device is signed in; it may have signed out already. "
    "Please look at the list again.",
    "verified_elsewhere": "You were verified with another account, and a person has one only. "
    "Please sign in with that account; if you no longer want it, delete it and verify again.",
    "another_person": "This account was verified to be somebody else's. "
    "Please sign in with your own telephone number and verify there.",
    "operation_not_found": "No such operation; it may have expired. "
    "Please check its number, or ask again.",
    "operation_failed": "This was tried several times, in vain. Please ask again; "
    "if it still fails, please contact us.",
    "verification_not_found": "This verification was used already, is more than ten minutes "
    "old, or was begun on another device. Please begin again.",
    "identity_unusable": "The identity provider gave no name and 18-digit number that we can use, "
    "or a wrong code of an organisation. Please complete your real name there, then verify again.",
    "minor": "By law no credit information of minors is collected, so they cannot be verified. "
    "Please let your guardian contact us.",
    "not_verified": "This account has not been verified yet. Please verify your real name first.",
    "file_unreadable": "Please send a CSV file (UTF-8 or GB18030) with one credit code in "
    "each line, and a name behind it if you like.",
    "batch_too_long": "Ten thousand subjects at most are checked at once. Please split the file.",
    "check_not_ready": "This batch has not been checked to its end yet. Please try again shortly.",
    "authorisation_not_found": "No authorisation holds for this: the code is wrong, or it is for "
    "another institution or purpose, or has ended.",
    "authorisation_term": "An authorisation ends today or later, within a year.",
    "too_many_authorisations": "You have granted as many authorisations as may hold at once. "
    "Please revoke some.",
}
