"""Words about cases in English, key for key as in Chinese."""

HOLDERS = {
    "platform": "Credit Kunming",
    "department": "the department in charge",
    "applicant": "the applicant",
}
ACTIONS = {
    "filed": "filed",
    "supplemented": "supplemented",
    "moved": "progress",
    "extended": "prolonged",
    "stand_in": "handled by the platform on behalf of the authority",
    "given_back": "handled by the authority itself again",
}
ACTORS = {"applicant": "the applicant", "staff": "staff", "system": "the system"}
MATTERS = {
    "record_handling": "how credit information was handled",
    "department": "what a department did",
    "service": "the platform's service",
}
DATA_RIGHTS = {
    "access": "see what is held about me",
    "copy": "have a copy of it",
    "correct": "correct or complete it",
    "delete": "delete it",
    "explain": "explain the rules by which it is processed",
    "withdraw_consent": "withdraw my consent",
}
DUE = {
    "objection_annotate": "the record is marked as disputed",
    "objection_forward": "it is passed on to the department that decided",
    "objection_decide": "it is looked into and decided",
    "objection_apply": "the record is corrected or taken down as decided",
    "repair_forward": "it is passed on to the department that decided",
    "repair_accept": "it is decided whether it is accepted",
    "repair_decide": "it is examined and decided",
    "repair_finish": "it is examined and the result is told",
    "repair_apply": "the record is taken down and no longer used",
    "complaint_accept": "it is decided whether it is accepted",
    "complaint_decide": "it is looked into and answered",
    "supplement": "please add what was asked for; the clock stands still meanwhile",
    "review_decide": "somebody else looks at it again and decides",
    "data_request": "it is answered",
}
OTHER_REASON = "other, as explained"
POSSIBLE = {
    "supplement": "add papers",
    "withdraw": "withdraw it",
    "review": "ask for a review",
    "resubmit": "file it again with the earlier papers",
}
NEEDS = {
    "proof_of_performance": "proof that all was corrected and performed, such as a receipt",
    "promise": "the credit promise, confirmed when you apply; you need not write one",
    "proof_of_fault": "papers that show what is wrong, if you have any",
}
PLACES = {
    "app": "in the Credit Kunming app or official account, free of charge",
    "service_hall": "at the counter of a government service hall",
    "upstream": "on the Credit China website; for market supervision, in the national enterprise "
    "credit publicity system",
}
CERTIFICATE_STANDINGS = {"valid": "valid", "revoked": "revoked", "unknown": "not known to us"}
EVIDENCE_STATES = {
    "pending": "being examined",
    "clean": "ready for use",
    "infected": "a virus was found; deleted",
    "refused": "cannot be used; deleted",
}
FLAWS = {
    "unreadable": "The file is damaged or not one whole file. Please photograph or export it "
    "again.",
    "too_many_pixels": "The image has too many pixels. Please make it smaller.",
    "animated": "Animated images are not taken. Please send a still one.",
    "too_many_pages": "The file has too many pages. Please divide it: 50 pages each at most.",
    "encrypted": "The file is protected by a password. Please remove it first.",
    "active_content": "The file holds scripts, attachments or what starts by itself. Please save "
    "it as a plain PDF.",
    "virus": "A virus was found in the file. Please check your device and send another.",
}
# Every text of the promise that was ever signed, by its version (core.promises.VERSION).
PROMISES = {
    "2025-11": (
        "We (I) promise: the papers submitted are true, lawful and valid; the misconduct has been "
        "corrected and all legal obligations performed; we will act lawfully and in good faith; if "
        "anything is false, the record may be published again and we answer for it. This promise "
        "may be published once the repair is granted."
    ),
}
PROMISE = (
    "We (I) promise: the papers submitted are true, lawful and valid; the misconduct has been "
    "corrected and all legal obligations performed; we will act lawfully and in good faith; if "
    "anything is false, the record may be published again and we answer for it. This promise may "
    "be published once the repair is granted."
)
MOVED_FACTS = {
    "code": "Receipt code",
    "state": "Progress",
    "reason": "Reason",
    "fix": "What you can do",
    "next": "Next",
    "holder": "Handled by",
    "due_on": "No later than",
}
PROVISIONAL = " (provisional until the holidays are announced)"
MOVED_HINTS = {
    "annotated": "The record is marked as disputed, and whoever looks it up sees so. It is now"
    " looked into; you will hear of the result.",
    "frozen": "You say that the record is not yours: while it is looked into it is not shown."
    " You will hear of the result.",
    "forwarded": "It was passed on to the department that decided. You will hear of the result.",
    "accepted": "It was accepted. Please wait for the result.",
    "supplement_wanted": "Please add what is missing before the date above. Until then the time"
    " for handling your case does not run.",
    "not_accepted": "You may put right what is said above and file again with the earlier"
    " documents; if you disagree, you may ask for one review.",
    "upheld": "What you raised was found to be right. The details of the case say what was done.",
    "refused": "If you disagree, you may ask within the term for one review by somebody else; with"
    " new documents you may file again.",
    "applied": "The record was dealt with as decided, and whoever was told of it hears so. You"
    " need do nothing more.",
    "repair_applied": "The record is no longer published, shared or used, and whoever was told of"
    " it hears so. You need do nothing more.",
    "complaint_applied": "What you raised was found to be right. The details of the case say what"
    " was done.",
    "revoked": "The repair was revoked and the record is published again. If you disagree, you may"
    " seek administrative reconsideration or go to court.",
    "extended": "The time for handling your case was prolonged to the date above. Please wait.",
    "stand_in": (
        "The authority does not use this system yet: the platform acts on its behalf, by the same "
        "date. You will be told the result."
    ),
    "given_back": (
        "The authority handles your case itself again, by the same date. "
        "You will be told the result."
    ),
    "data_request_upheld": "Your request is granted; the answer says what is done.",
    "data_request_applied": "Your request is granted; the answer says what is done.",
}
# Deadlines: the applicant's own is near, or the office has missed its own.
DUE_HINT = (
    "Please add what is missing before the date above. If nothing comes, a repair or a complaint"
    " not accepted yet will not be accepted, and you may file it again; anything else goes on"
    " with what there is."
)
OVERDUE_HINT = (
    "This step was not done in time; we are sorry. The office has been urged, and if it waits"
    " longer the supervisors step in. You need not file again; you may also complain with your"
    " receipt code."
)
GONE_ON_HINT = "Your case has gone on since; its details show the latest."
# What happens when the deadline of a step passes.
THEN = {
    "office": "if it is not done by then, the office is urged from that day and you are told;"
    " if it still waits, the supervisors step in",
    "refused": "if nothing is added by then, it is not accepted; you may file it again with the"
    " earlier documents",
    "goes_on": "if nothing is added by then, it goes on with what there is",
}


def on_behalf_of(office: str) -> str:
    """Say that the platform acts for an office."""
    return f"Credit Kunming platform (on behalf of {office})"


def moved_title(kind: str) -> str:
    """Head the text about a step of a case of this kind."""
    return f"News about your {kind}"


def opens(day: str, because: str | None) -> str:
    """Say from which day repair may be applied for, and why from then."""
    return f"Repair may be applied for from {day} on" + (f": {because}" if because else ".")


CLOSED_TITLE = "A message about an organisation's case"
CLOSED_HINT = (
    "You do not represent this organisation now, so it is not shown. If you still do, "
    "please verify again in the app."
)
