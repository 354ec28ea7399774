"""What articles are called, in English."""

ARTICLE_KINDS = {
    "policy": "policies and law",
    "news": "news",
    "campaign": "integrity campaign",
    "term": "terms explained",
}
