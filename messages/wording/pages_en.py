"""Words of the pages that messages lead to, in English, key for key as in Chinese."""

TEXTS = {
    "records_of_entity": "Records of this entity",
    "no_more_campaigns": "Send me no more campaigns",
    "no_more_how": "No more campaigns? Send “退订” to the official account, or unsubscribe here: ",
    "left": "You are unsubscribed",
    "left_text": "No more integrity campaigns are sent to you; nothing else changes. To subscribe "
    "again, send “订阅宣传” to the official account.",
    "missing": "There is no such page",
    "missing_text": "The link may be incomplete, or its content was withdrawn. Please go back to "
    "the official account and send the name or code of an entity.",
    "nobody_left": "Nobody in this release is still published.",
    "next_page": "Next page",
    "release_file": "Download this release (CSV)",
}
