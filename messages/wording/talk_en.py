"""The same in English, key for key."""

from messages.wording.led_en import NAMES, PAGES, SAID

__all__ = ["NAMES", "PAGES", "SAID"]

IN_APP = "Please use the app 信用昆明 for this."
MENU_BACK = "Back at the start. Send a company's Chinese name or code, or “menu”."
BACK_NOWHERE = "This is the first step already. Send a company's name or code, or “menu”."
NOTHING_TO_RESUME = "Nothing is left half done. Send “menu” for what can be done."
PERHAPS = "Sorry, I did not understand. Did you mean: {}? Send its Chinese words, or “help”."
NOT_OURS = (
    "Only matters of credit are done here: companies, your own records, repair, objections. "
    "For others please call {hotline}; send “help” for what we can do."
)
BETWEEN = ", "
ALSO = "\nYou asked for something else, too. Please send: {}."
OTHERS = "\nOne company at a time. Please send next: {}."
ALIKE = "Nobody found whose name has “{}” in it. These are called alike; is it one of them?\n"
EXPLAIN_WHICH = "Which term? We can explain: {}. Please send “什么是” and the term."
OFFER_HUMAN = "\nStill not clear? Send “human” to reach a person."
HUMAN = "A person answers on working days, {hours}. Send “help” for the rest."
HUMAN_NOW = "We are open now: you may call {hotline}."
HUMAN_LATER = (
    "Nobody is here now, and nobody reads what is left in the chat. {next}If it is urgent call "
    "{hotline}. A complaint or an objection is taken on these pages at any time:"
)
OF_LAST = "The company that you looked up (…{}):\n{}\nFor your own matters send “my credit”."
HUMAN_NEXT = "Somebody is here from {1} {0:%Y-%m-%d %H:%M}. "
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AWAY = (
    "We cannot answer just now, and nothing was done. Please send it again in a few minutes, "
    "or call 12345."
)
SLOW_DOWN = "That was too fast for us: we answer again in a minute. Nothing is lost."
CODE_LENGTH = (
    "A credit code has 18 digits and capital letters (no I, O, S, V, Z); yours has {} and does not "
    "look like one. Check it against the licence, or send the company's Chinese name."
)
PHONE = "Please send no telephone numbers here; we kept none. Send a company's name, or “help”."

STEP = "Step {}/{}: "
STEPS = {
    "find": "Send a company's Chinese name (two characters at least) or its code.",
    "follow": "Send the Chinese name or the code of the company to follow.",
    "wages": "Send the employer's Chinese name or code to check the list of unpaid wages. "
    "To get your wages, turn to the human resources and social security office, or call 12345.",
    "travel": "Send the travel agency's full Chinese name or code.",
    "report_no": "Send the number on the first page of the report.",
    "report_code": "Now send the code on the first page.",
    "message": "Paste the message that you got, or its check code alone.",
    "colour": "Which list?\n1. Black (serious dishonesty)\n2. Red (good faith)\nSend 1 or 2.",
    "district": "Send the district, for example Wuhua or 五华, or “all” for the whole city.",
    "window": "Send your district, for example Wuhua or 五华, or your location. "
    "You may call 12345 anywhere.",
}
STEP_MISSED = "I did not understand this step. "
STEP_HINT = "\n(“back” one step, “cancel” to stop)"
RESUME = "\n——\n“{}” is not finished (step {}/{}): send “continue”, or “cancel”."
DIALOGUES = {
    "find": "Look up a company",
    "follow": "Follow a company",
    "wages": "Unpaid wages",
    "travel": "Travel agency",
    "verify": "Verify a report",
    "authentic": "Check a message",
    "lists": "Lists",
    "window": "Counter",
}

WAGES_LISTED = "{name} is on the list of unpaid wages (as of {moment}):"
WAGES_CLEAR = (
    "As of {moment} {name} is not on the published list of unpaid wages. That does not prove "
    "that all wages were paid."
)
WAGES_NEXT = (
    "If you were not paid, tell the labour department or call 12345. Send its name for all."
)
TRAVEL_LISTED = "{name} has published penalties or listings: look before you book (as of {moment}):"
TRAVEL_CLEAR = (
    "As of {moment} {name} has no published penalty and no listing, and {licences} licences."
)
TRAVEL_NEXT = "Beware of tours that cost too little. Send its name for all, or “complain”."

LIST_NAMES = {"black": "black list", "red": "red list"}
CITY = "Kunming"
LIST_HEAD = "{place}: {list} (as of {moment}, newest first):"
LIST_LINE = "{number}. {name}\n   {list}, {authority}, listed {event}{ends}"
LIST_ENDS = ", published until {}"
LIST_TAIL = "Send a number to see that company."
LIST_MORE = "Send “more” for the next page."
LIST_NONE = (
    "As of {moment} nobody is on the {list} of {place}. Try another district, e.g. "
    "“black list Guandu”."
)
LIST_NONE_ONE = "As of {moment} nobody in {place} is on the list “{list}”."
LIST_ELSEWHERE = (
    "Only Kunming's lists are published here. For other places see the Credit China (信用中国) "
    "website or theirs. For Kunming's send “black list all” or “red list all”."
)
LIST_ENTITIES = "Organisations only; for yourself send “my credit”."
FOLLOW_LIST = "A list is followed, and no longer followed, on its page."
LIST_END = "That was the whole list. Send a company's name or code to look it up."

REPORT_STANDING = "{heading}\n{meaning}"
REPORT_FACTS = "Subject: {name}\nAs of: {as_of}\nValid until: {until}"
REPORT_PERSONAL = "It is a person's report; whose is not said in a chat."
AGAIN_VERIFY = "Send “verify report” to verify another."
AGAIN_MESSAGE = "Send “check message” to check another."

WINDOW = (
    "{district}: {department} is in charge of credit matters. Call {hotline} to ask where "
    "and when before you go. Send “menu” for what can be done here."
)
WINDOW_OFFICE = "the district's development and reform department"
WINDOW_NEAR = (
    "Judging by your location you are near {district}. If not, send the district, "
    "for example “counter Wuhua”."
)
WINDOW_ELSEWHERE = (
    "Your location is not in Kunming. Elsewhere ask the local development and reform department; "
    "for Kunming send a district, for example “counter Wuhua”, or “menu”."
)

DISTRICT_HEAD = "What of {}?"
DISTRICT = {
    "{}黑名单": "List of serious dishonesty",
    "{}红名单": "Good-faith list",
    "{}服务窗口": "Counter",
}
DISTRICT_TAIL = "Send a number. For a company send more of its name."

CHINESE = "I will answer in Chinese from now on. Send “English” to change it back."
LARGER = "Pages will open in larger type from now on. Send “标准字体” to change it back."
SMALLER = "Pages will open in normal type from now on. Send “larger type” for larger type."

IMAGE = (
    "We neither read nor keep pictures. Send a company's name or code as "
    "text; upload papers on the page of your case. Send “menu” for the rest."
)
VOICE = "I could not hear that. Please say it again, or send it as text; “help” shows the rest."
VIDEO = "We neither watch nor keep videos. Upload photos on the page of your case; send “menu”."
LINK = "We open no links, and you should open no doubtful ones. Send a company's name or code."
FILE = "We neither open nor keep files. To verify a report send “verify report”."
CARD = "We open no mini programs. Send a company's name or code, or “help”."
PICTURES = "Upload photos on the page of your case; we keep none from a chat. Send “menu”."
SCANNED_CODE = "Scanned: {}"
SCANNED_UNKNOWN = "I do not know this code. Scan a business licence, report or decision of ours."
COMPANY_CODE_GONE = "Whom this code is of can no longer be found. Send a company's name."
NEWS_TITLE = "Policy and culture: {}"
NO_NEWS = "There is no new article."
FORGOTTEN = "What we had from WeChat was deleted as you changed your authorisation."
DEPARTMENT = (
    "This is the code of {name}.\n· Send a company's name to look it up\n"
    "· or send “object”, “repair”, “complain”"
)
ARTICLE = "Open the article"
