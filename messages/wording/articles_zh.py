"""What articles are called, in Chinese."""

CAMPAIGN_SETTINGS = {
    "offices": "机关",
    "businesses": "企业",
    "schools": "学校",
    "communities": "社区",
    "villages": "村社",
    "families": "家庭",
}
ARTICLE_KINDS = {
    "policy": "政策法规",
    "news": "工作动态",
    "campaign": "诚信宣传",
    "term": "名词解释",
}
