"""Words of one's own credit in English, key for key as in Chinese."""

HAPPENINGS = {
    "decided": "decided",
    "received": "received by us",
    "published": "published",
    "followers_told": "followers alerted",
    "changed": "state changed",
    "correction_told": "correction sent to those alerted",
    "repairable": "repair may be applied for from this day",
    "ends": "last day of publication",
}

RECORD_STATES = {
    "loaded": "taken in",
    "held": "not published",
    "quarantined": "being checked",
    "published": "published",
    "disputed": "disputed",
    "corrected": "corrected",
    "repaired": "repaired",
    "expired": "term over",
    "withdrawn": "withdrawn",
    "shielded": "publication suspended",
    "removed": "removed from the list",
}

LOOK_ROLES = {
    "self": "you",
    "share_recipient": "a holder of a code that you gave",
    "institution": "a verifying institution",
    "case_handler": "staff handling objections and repairs",
    "staff": "staff",
    "ticker": "done by the system",
    "upstream": "credit platform (reporting upward)",
    "other": "somebody else",
}
LOOK_PURPOSES = {
    "own_file": "seeing one's own record",
    "own_report": "one's own credit report",
    "own_certificate": "one's own certificate of credit repair",
    "share_answer": "asking with a code about serious dishonesty",
    "reevaluate": "judging anew under new rules",
    "correct_record": "correcting a credit record",
    "find_record": "checking a credit record",
    "objection": "handling an objection",
    "repair": "handling a repair",
    "eligibility": "checking whether one may object or repair",
    "own_case": "reading one's own case",
    "procurement": "government procurement",
    "tendering": "tendering",
    "approval": "administrative approval",
    "public_funds": "allocation of public funds",
    "awards": "awards",
    "financing": "financing",
    "supervision": "graded supervision",
    "handle_case": "handling an application of this person",
    "confirm_case": "confirming a decision on an application",
    "answer_applicant": "answering a question of the applicant",
    "supervise_case": "supervising how cases are handled",
    "check_notice": "checking whether a notice arrived",
    "answer_notice": "answering a question about a notice",
    "upstream": "reporting repairs to the platform above",
    "other": "another purpose",
}
LOOK_FIELDS = {
    "number": "identity number",
    "name": "name",
    "records": "credit records",
    "facts": "contents of records",
    "registration": "registration",
    "counts": "numbers of records",
    "lists": "listings",
    "dishonesty": "whether there is serious dishonesty",
    "case": "what was applied for",
    "evidence": "files of evidence",
    "notices": "how notices were sent",
    "other": "other data",
}

SHARE_STATES = {
    "open": "open",
    "used": "used up",
    "expired": "expired",
    "revoked": "revoked",
}
SHARE_ASKERS = {
    "anybody": "holder of the code, not signed in",
    "account": "holder of the code, signed in",
    "institution": "an institution",
}
SHARE_SAID = {
    True: "Yes: as of {}, a record of serious dishonesty is in its publication term.",
    False: "No: as of {}, no record of serious dishonesty is in its publication term.",
}
