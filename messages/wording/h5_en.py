"""The words of the H5 pages in English: what everybody may read."""

TEXTS = {
    "service": "Credit Kunming",
    "skip": "Skip to the content",
    "larger": "Large type",
    "smaller": "Normal type",
    "other_language": "中文",
    "navigation": "Pages",
    "home": "Home",
    "mine": "My pages",
    "free": "The public credit service of Kunming. Everything is free of charge; no agent is "
    "needed.",
    "privacy": "Privacy policy",
    "terms": "Terms of use",
    "not_done": "This was not done",
    "back_home": "Back to the home page",
    "sign_in_again": "Sign in with WeChat again",
    "prove_again": "Prove who you are again",
    "link_instead": "If the other account is in the Credit Kunming app: get a linking code there "
    "and send it to the official account; the two accounts become one.",
    "hot_line": "If you need help, send “人工” to the official account.",
    "home_title": "Look up credit, get things done",
    "http_400": "This request is not complete. Please go back and try again.",
    "http_404": "There is no such page. The link may be incomplete, or its content was "
    "withdrawn. Please start from the home page.",
    "http_405": "This page cannot be opened like this. Please start from the home page.",
    "http_413": "What was sent is too large. A file may have 10 MB; please send them one by one.",
    "http_500": "Something went wrong on our side and was written down. Please try again later.",
    "http_503": "The service is busy. Please try again in a few seconds.",
    "consent_title": "Please read before you sign in",
    "consent_text": "Signed in, you can see your own credit, object, apply for repair and be "
    "told. We know you by the number that WeChat gives us, not by your nickname or picture.",
    "consent_agree": "I have read and agree to the privacy policy and the terms of use",
    "consent_go_on": "Agree and sign in",
    "consent_no": "Do not sign in, only read what is public",
}

REFUSALS = {
    "form_expired": "This page was open too long, or its form was sent from elsewhere. Please go "
    "back, reload it and send it again.",
    "snapshot": "You are reading a snapshot of the page; WeChat has not told us who you are. Tap "
    "“使用完整服务” at the bottom of the screen, then sign in again.",
    "arrival_refused": "Signing in with WeChat was not finished within ten minutes. Please sign "
    "in again.",
    "wechat_away": "WeChat does not answer just now. Please try again in a while.",
    "identity_away": "The identity service does not answer just now. Please try again in a while.",
    "identity_refused": "The proof was not finished. Please prove who you are again.",
    "incomplete": "Something that is needed is missing. Please go back and fill it in.",
}
