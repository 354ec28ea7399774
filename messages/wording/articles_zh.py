"""What articles are called, in Chinese."""

ARTICLE_KINDS = {
    "policy": "政策法规",
    "news": "工作动态",
    "campaign": "诚信宣传",
    "term": "名词解释",
}
