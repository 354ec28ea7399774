"""What articles are called, in English."""

CAMPAIGN_SETTINGS = {
    "offices": "public offices",
    "businesses": "businesses",
    "schools": "schools",
    "communities": "communities",
    "villages": "villages",
    "families": "families",
}
ARTICLE_KINDS = {
    "policy": "policies and law",
    "news": "news",
    "campaign": "integrity campaign",
    "term": "terms explained",
}
