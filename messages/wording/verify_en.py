"""Words of the verification page in English, key for key as in Chinese."""

TITLE = "Verify a credit report"
INTRODUCTION = "Enter the report number and the code from its first page, or choose its file."
NUMBER = "Report number"
CODE = "Code"
VERIFY = "Verify"
FILE_TITLE = "Compare a file"
FILE_HINT = (
    "Choose the PDF that you were given; we check whether it was changed. "
    "It is not kept. 10 MB at most."
)
FILE = "Report file (PDF)"
COMPARE = "Compare"
INCOMPLETE = "Please fill in both the report number and the code."
NO_FILE = "No file arrived. Please choose one first."
TOO_LARGE = "The file is larger than 10 MB, so it is not a report of ours. Please check it."

HEADINGS = {
    "valid": "This report is valid",
    "expired": "This report is no longer in its term of validity",
    "superseded": "A newer report has superseded this one",
    "recalled": "This report was recalled; please do not use it",
    "unknown": "No such report",
}
MEANINGS = {
    "valid": "It was made by Credit Kunming and tells what held at the time given below.",
    "expired": "It was made by Credit Kunming, but its term is over. Please ask for a new one.",
    "superseded": "Whoever asked for it has a newer one of the same entity. Please ask for that.",
    "recalled": "A record in it was withdrawn, repaired or corrected. Please ask for a new one.",
    "unknown": "The number or the code is wrong, or Credit Kunming did not make it. "
    "Please compare with the first page of the report.",
}
FACTS = {
    "report_no": "Report number",
    "name": "Entity",
    "uscc": "Unified social credit code",
    "as_of": "As of",
    "valid_until": "Valid until",
    "verified_at": "Verified at",
}
SAME = "The file is the one that we made, unchanged."
DIFFERENT = "The file is not this report: it was changed, or is another one. Please do not use it."
NOT_OURS = "Credit Kunming did not make this file, or it was changed. Please do not use it."
AGAIN = "Verify another report"
OTHER = "Verify a certificate of credit repair"
