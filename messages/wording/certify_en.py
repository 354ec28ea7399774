"""Words of the page for certificates in English, key for key as in Chinese."""

TITLE = "Verify a certificate of credit repair"
INTRODUCTION = "Enter the certificate's number and code, or choose its file."
NUMBER = "Certificate number"
CODE = "Code"
VERIFY = "Verify"
FILE_TITLE = "Compare a file"
FILE_HINT = (
    "Choose the PDF that you were given; we check whether it was changed. "
    "It is not kept. 10 MB at most."
)
FILE = "Certificate file (PDF)"
COMPARE = "Compare"
INCOMPLETE = "Please fill in both the certificate number and the code."
NO_FILE = "No file arrived. Please choose one first."
TOO_LARGE = "The file is larger than 10 MB, so it is not a certificate of ours. Please check it."

HEADINGS = {
    "valid": "This certificate is valid",
    "revoked": "This certificate was revoked: please do not use it",
    "unknown": "We know of no such certificate",
}
MEANINGS = {
    "valid": "It was issued by Credit Kunming. From the day of repair on, the record that it names "
    "is no longer published, shared or used.",
    "revoked": "The repair was undone and the record is published again. What Credit Kunming "
    "publishes now is what holds.",
    "unknown": "The number or the code is wrong, or the certificate is not from Credit Kunming. "
    "Please compare them with the certificate.",
}
FACTS = {
    "number": "Certificate number",
    "name": "Subject",
    "uscc": "Unified social credit code",
    "document_no": "Number of the original decision",
    "authority": "Authority that made it",
    "decided_on": "Repaired on",
    "revoked_on": "Revoked on",
    "verified_at": "Verified at",
}
SAME = "The file is the one that we issued, unchanged."
DIFFERENT = (
    "The file differs from this certificate: it may have been changed, or it is another one. "
    "Please do not use it."
)
NOT_OURS = "This file is not from Credit Kunming, or it was changed. Please do not use it."
AGAIN = "Verify another certificate"
OTHER = "Verify a credit report"
