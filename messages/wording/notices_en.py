"""Words of notices outside the inbox, and of how somebody wants to be told, in English.

THINGS are at most 20 characters, as WeChat's field thing takes; TITLES are for lock screens.
"""

NOTICE_KINDS = {
    "alert": "Black-list alerts",
    "record": "Other new records",
    "term": "Repair possible, publication ending",
    "recall": "Corrections and recalls",
    "case": "My cases",
    "account": "Changes of my account",
    "report": "Credit reports",
    "viewed": "Who read my data",
    "digest": "The daily digest",
    "release": "Releases of lists",
    "campaign": "Integrity campaigns",
}

THINGS = {
    "record": "New record",
    "repairable": "Repair now possible",
    "ending": "Publication ending",
    "viewed": "Your data were read",
    "changed": "Your account changed",
    "digest": "New messages today",
    "alert": "Credit alert",
    "recall": "Alert corrected",
    "edition": "New list released",
    "campaign": "New article",
    "received_objection": "Objection received",
    "received_repair": "Repair received",
    "received_complaint": "Complaint received",
    "received_data_request": "Request received",
    "moved_objection": "Objection: news",
    "moved_repair": "Repair: news",
    "moved_complaint": "Complaint: news",
    "moved_data_request": "Data request: news",
    "due_objection": "Objection: add soon",
    "due_repair": "Repair: add soon",
    "due_complaint": "Complaint: add soon",
    "due_data_request": "Request: add soon",
    "overdue_objection": "Objection overdue",
    "overdue_repair": "Repair overdue",
    "overdue_complaint": "Complaint overdue",
    "overdue_data_request": "Request overdue",
    "report_ready": "Report ready",
    "report_recalled": "Report recalled",
}
TITLES = {
    "record": "An entity you follow has a new record",
    "repairable": "A record of an entity you follow may be repaired",
    "ending": "A record of an entity you follow is soon unpublished",
    "viewed": "Somebody has read your data",
    "changed": "Your account was changed",
    "digest": "You have new messages today",
    "alert": "News of an entity you follow",
    "recall": "An alert has been corrected",
    "edition": "A list you follow is released",
    "campaign": "A new article on integrity",
    "received_objection": "Objection received",
    "received_repair": "Repair received",
    "received_complaint": "Complaint received",
    "received_data_request": "Data request received",
    "moved_objection": "News about your objection",
    "moved_repair": "News about your application for credit repair",
    "moved_complaint": "News about your complaint",
    "moved_data_request": "News about your data request",
    "due_objection": "Your time to add to your objection ends soon",
    "due_repair": "Your time to add to your repair ends soon",
    "due_complaint": "Your time to add to your complaint ends soon",
    "due_data_request": "Your time to add to your data request ends soon",
    "overdue_objection": "Your objection is overdue",
    "overdue_repair": "Your application for credit repair is overdue",
    "overdue_complaint": "Your complaint is overdue",
    "overdue_data_request": "Your data request is overdue",
    "report_ready": "Your credit report is ready",
    "report_recalled": "A credit report of yours was recalled",
}
PHRASES = {
    "received": "已提交",
    "moved": "有新进展",
    "due": "待您补正",
    "overdue": "已超期",
    "report_ready": "可以下载",
    "report_recalled": "已撤回",
}
HINT = "Tap·code {code}"
CAMPAIGN_HINT = "退订=stop·{code}"
TEXT = "{title}. Please open our WeChat account or app to read it. Check code {code}"
SERVICE = "{title}. Tap to read: {link}\nCheck code {code}"
SIGNED = "【信用昆明】{text}"
PUSH = "{title} (check code {code})"
HEADS = {
    "blacklisted": "{name} was put on the list: {named}",
    "record_added": "{name} has a new record: {named}",
    "repairable": "A record of {name} may be repaired now: {named}",
    "ending": "A record of {name} is published only a few days more: {named}",
}
FACTS = {"day": "Day", "number": "Messages"}
LOOKED_HINT = (
    "Who looked and why stands under “Who read my data”. You may complain of what was wrong."
)
DIGEST_HINT = "Please open your inbox. The digest can be switched off in the notice settings."
# Whether a message is ours (messages.official).
RULINGS = {
    "ours": "We did send this message.",
    "words_differ": "The code is ours, but the words are not what we sent: do not trust it, and"
    " open none of its links.",
    "unknown": "We know of no such message. Please open none of its links; to be sure, look into"
    " the inbox of our WeChat account or app.",
}
RULING_NAMES = {"ours": "Ours", "words_differ": "Other words", "unknown": "Not found"}
SAID = "\nWhat we sent: {said}"
NEVER_ASKED = (
    "No message of ours asks for codes, passwords or money, and credit repair is always free."
)
