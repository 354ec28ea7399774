"""Words of notices and of how somebody wants to be told, in English."""

NOTICE_KINDS = {
    "alert": "Black-list alerts",
    "recall": "Corrections and recalls",
    "case": "My cases",
    "report": "Credit reports",
    "release": "Releases of lists",
    "campaign": "Integrity campaigns",
}
