"""What core refuses, in English, key for key as in Chinese."""

REFUSALS = {
    "not_published": "This record is not published, so there is nothing to apply for. You may "
    "complain about how it was handled.",
    "promise_outdated": "The text of the promise has changed. Please read the one in use now, "
    "confirm it, and submit again.",
    "certificate_not_found": "There is no certificate of credit repair for this case: there is "
    "one once repair is granted.",
    "certificate_not_ready": "The certificate is being made. Please download it in a moment.",
    "certificate_revoked": "The repair was undone, so this certificate must not be used any more. "
    "If you disagree, you may ask for administrative review or go to court.",
    "promise_missing": "A repair needs the credit promise. Please read it, confirm it, and submit "
    "again.",
    "department_not_found": "There is no such department. Please check and try again.",
    "too_many_cases": "Several such cases of yours are being dealt with. Please wait until some "
    "are closed.",
    "daily_limit": "You have handed in as much as one account may in a day. "
    "Please come back tomorrow.",
    "case_closed": "This case is closed, or does not take this step where it stands. Please look "
    "at its progress first.",
    "not_reviewable": "Only what was not accepted or refused can be reviewed, and a review is "
    "final here.",
    "already_reviewed": "A review of this case was asked for already. You may still apply for "
    "administrative reconsideration or go to court.",
    "review_too_late": "The time for asking for a review is over. With new papers you may file "
    "again.",
    "not_resubmittable": "Only what was turned down or withdrawn can be filed again.",
    "evidence_not_found": "We found no such file of yours. Unused files are kept for 24 hours; "
    "please upload it again.",
    "evidence_attached": "This file belongs to a case and cannot be used again or deleted. Please "
    "upload another copy.",
    "evidence_unfit": "This file did not pass the examination. Please see why, and upload another.",
    "evidence_empty": "This file is empty. Please choose again.",
    "evidence_too_large": "A file may have 10 MB at most. Please compress or divide it.",
    "evidence_type": "We take PDF, JPEG, PNG and WebP, and the extension must fit. Please convert "
    "the file.",
    "too_much_evidence": "There are as many files as there may be. Please delete some, or join "
    "them.",
    "evidence_not_ready": "This file is still being examined. Please try again soon.",
    "evidence_damaged": "This file is no longer whole and cannot be downloaded. Please upload it "
    "again.",
    "entity_not_found": "No such entity. Please check the credit code, or search by name.",
    "record_not_found": "No such record. It may no longer be published; please check its number.",
    "citizen_id_refused": "This looks like a citizen's ID number. We neither search nor keep it. "
    "To see your own record, open “My credit” in the account's menu or the Credit Kunming app, "
    "and sign in with your real name.",
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
    "article_not_found": "There is no such article, or it was withdrawn. Please see the others.",
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
    "link_code_invalid": "This code is wrong, or older than ten minutes. "
    "Please get a new one in the app.",
    "already_linked": "This WeChat account or this app account is linked already.",
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
    "real_name_required": "This account has not been verified yet. "
    "Please verify your real name first.",
    "file_unreadable": "Please send a CSV file (UTF-8 or GB18030) with one credit code in "
    "each line, and a name behind it if you like.",
    "too_many_batches": "Three of your files are being checked. Please wait until one is done.",
    "batch_too_long": "Ten thousand subjects at most are checked at once. Please split the file.",
    "check_not_ready": "This batch has not been checked to its end yet. Please try again shortly.",
    "authorisation_not_found": "No authorisation holds for this: the code is wrong, or it is for "
    "another institution or purpose, or has ended.",
    "authorisation_term": "An authorisation ends today or later, within a year.",
    "too_many_authorisations": "You have granted as many authorisations as may hold at once. "
    "Please revoke some.",
    "share_not_found": "None of your shares has this number. Please check it and try again.",
    "share_not_valid": "This code answers nothing: it may be mistyped, used, expired or revoked. "
    "Please ask whoever gave it for a new one.",
    "too_many_shares": "You have as many open shares as one account may. "
    "Please revoke some that you no longer need.",
    "too_many_codes": "This number has asked for too many codes. "
    "Please try again later, or use the code that was sent.",
    "step_up_by_identity": "Your account has a real name: a text message does not prove it. "
    "Please step up at the identity provider.",
    "kind_twice": "Name each kind of notice once: please leave out what stands twice.",
    "quiet_hours_half": "Give both ends of the quiet hours, or neither.",
    "place_unknown": "There is no such district or zone: please choose one of the list.",
    "sms_not_offered": "No text messages are sent about this. Please switch them off for it, and "
    "be told by WeChat or the app.",
    "phone_taken": "This number is in use by another account. Please use another one; "
    "if it is yours, sign in with it and delete that account first.",
    "no_phone": "This account has no telephone number to send a code to. "
    "Please verify by WeChat or with your real name instead.",
    "open_cases": "You have objections, repairs or complaints that are still open, so the account "
    "cannot be deleted yet. Please wait for them to end, or withdraw them first.",
    "consent_outdated": "The privacy policy or the terms have changed, or not all was agreed to. "
    "Please read the versions in force and agree to them to go on.",
    "no_consent": "You have not agreed to this document, or have withdrawn already.",
}
