"""What the console says of articles, in Chinese."""

STATES = {
    "draft": ("grey", "草稿"),
    "scheduled": ("amber", "定时发布"),
    "published": ("green", "已发布"),
    "withdrawn": ("red", "已撤回"),
}
SAVED = "已保存为第 {} 版。由另一位同事发布以后，读者才看得到。"
PUBLISHED = "已发布，读者现在看得到。"
SCHEDULED = "已安排，到时间自动对读者开放。"
WITHDRAWN = "已撤回，读者看不到了。"
PICTURE_ADDED = "图片已保存。把这一行放进正文：![图片说明]({})"
NO_TIME = "发布时间要写成 2026-03-15 09:00 的样子，并且还没有到。"
