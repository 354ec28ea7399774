"""Every page of a citizen, by the rule of its address: what to open so that it is seen.

A page that is not named here fails tests/bot/h5/test_places.py.
"""

from dataclasses import dataclass

# Addresses that show no page: they lead on, or are a file.
UNSEEN = {
    "/h5/sign-in",
    "/h5/sign-in/return",
    "/h5/identity/return",
    "/h5/consent",  # seen by every newcomer who signs in
    "/h5/resume/<ticket>",  # seen by whoever taps something before they sign in
    "/h5/me/reports/<number>/file",
    "/h5/me/cases/<code>/certificate",
    "/h5/static/<path:filename>",
    "/wechat/static/<path:filename>",
    "/wechat/pictures/<name>",
    "/wechat",
}
OF_NOTICE = "<int(max=9223372036854775807):event_id>-<int(max=9223372036854775807):account_id>"
_ARTICLE = "/wechat/articles/<int(max=9223372036854775807):article_id>"
_VERIFIED = "<string(maxlength=64):number>/<string(maxlength=64):code>"


@dataclass(frozen=True)
class There:
    """What is there to be seen: numbers and codes that a test has made."""

    uscc: str
    public: int
    own: int
    article: int
    release: int
    case: str
    report: str
    notice: str
    leaving: str


# What to open of each page that anybody may read, and what to call it.
PUBLIC = {
    "/h5/": ("/h5/", "首页"),
    "/h5/search": ("/h5/search?q=示例", "查询"),
    "/h5/entities/<uscc>": ("/h5/entities/{uscc}", "企业"),
    "/h5/records/<number>": ("/h5/records/{public}", "记录"),
    "/h5/lists": ("/h5/lists", "名单"),
    "/h5/lists/<code>": ("/h5/lists/WAGE_ARREARS", "一份名单"),
    "/h5/decisions/<any(penalty,licence):kind>": ("/h5/decisions/penalty", "处罚"),
    "/h5/promises": ("/h5/promises", "承诺"),
    "/h5/scoreboard": ("/h5/scoreboard", "时限榜"),
    "/h5/rules": ("/h5/rules", "规则"),
    "/h5/articles": ("/h5/articles", "文章"),
    "/h5/articles/<number>": ("/h5/articles/{article}", "一篇文章"),
    "/h5/progress": ("/h5/progress", "查进度"),
    "/h5/share": ("/h5/share", "凭授权码提问"),
    "/h5/messages": ("/h5/messages", "核验一条消息"),
    "/h5/policies/<any(privacy,terms):name>": ("/h5/policies/privacy", "隐私政策"),
    "/wechat/reports": ("/wechat/reports", "核验报告"),
    "/wechat/certificates": ("/wechat/certificates", "核验决定书"),
    f"{_ARTICLE}": ("/wechat/articles/{article}", "公众号文章"),
    f"{_ARTICLE}/{OF_NOTICE}-<proof>": ("{leaving}", "卡片文章"),
    f"/wechat/notices/{OF_NOTICE}-<proof>": ("{notice}", "一条提醒"),
    "/wechat/releases/<int(max=9223372036854775807):release_id>": (
        "/wechat/releases/{release}",
        "一期公布",
    ),
}

# What to open of each page of one's own.
OWN = {
    "/h5/me": ("/h5/me", "我的"),
    "/h5/identity": ("/h5/identity", "实名"),
    "/h5/me/credit": ("/h5/me/credit", "我的信用"),
    "/h5/me/organisation": ("/h5/me/organisation", "单位的信用"),
    "/h5/me/views": ("/h5/me/views", "谁看过"),
    "/h5/me/reports": ("/h5/me/reports", "信用报告"),
    "/h5/me/reports/<number>": ("/h5/me/reports/{report}", "一份报告"),
    "/h5/me/shares": ("/h5/me/shares", "授权码"),
    "/h5/me/cases": ("/h5/me/cases", "我的办件"),
    "/h5/me/cases/<code>": ("/h5/me/cases/{case}", "一件办件"),
    "/h5/me/follows": ("/h5/me/follows", "我的关注"),
    "/h5/me/inbox": ("/h5/me/inbox", "我的消息"),
    "/h5/me/settings": ("/h5/me/settings", "提醒设置"),
    "/h5/me/data": ("/h5/me/data", "我的信息"),
    "/h5/me/data/request": ("/h5/me/data/request", "个人信息请求"),
    "/h5/me/data/consents/<any(privacy,terms):name>": (
        "/h5/me/data/consents/privacy",
        "撤回同意",
    ),
    "/h5/me/data/leave": ("/h5/me/data/leave", "注销"),
    "/h5/complaint": ("/h5/complaint", "投诉"),
    "/h5/records/<number>/eligibility": ("/h5/records/{own}/eligibility", "能不能办"),
    "/h5/records/<number>/<any(objection,repair):kind>": ("/h5/records/{own}/repair", "申请修复"),
}

# Pages that say what cannot be: the address, its status.
PROBLEMS = {
    "/h5/<path:_other>": ("/h5/nowhere", "没有这个页面", 404),
    "/wechat/<path:_other>": ("/wechat/nowhere/at/all", "没有这个链接", 404),
    f"/wechat/reports/{_VERIFIED}": (
        "/wechat/reports/20261126000000ABCDEFGH/7KQ2M9XD",
        "不是我们的报告",
        404,
    ),
    f"/wechat/certificates/{_VERIFIED}": (
        "/wechat/certificates/20261126000000ABCDEFGH/7KQ2M9XD",
        "不是我们的决定书",
        404,
    ),
}
