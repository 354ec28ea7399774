"""The words of the H5 pages in Chinese: what everybody may read."""

TEXTS = {
    "service": "信用昆明",
    "skip": "跳到正文",
    "larger": "大字",
    "smaller": "标准字",
    "other_language": "English",
    "navigation": "页面导航",
    "home": "首页",
    "mine": "我的",
    "free": "昆明市公共信用信息服务。查询、异议、修复全程免费，不需要任何中介。",
    "privacy": "隐私政策",
    "terms": "用户协议",
    "not_done": "没有办成",
    "back_home": "回到首页",
    "sign_in_again": "用微信重新登录",
    "prove_again": "重新核验",
    "link_instead": "如果另一个是“信用昆明”App 的账户：请在 App 里取一个绑定码，发给公众号，两个"
    "账户就合成一个。",
    "hot_line": "需要帮助，请在公众号里发送“人工”。",
    "home_title": "查信用，办事项",
    "http_400": "这个请求不完整，请返回上一页再试。",
    "http_404": "没有这个页面。链接可能不完整，或内容已经撤下，请从首页重新进入。",
    "http_405": "不能这样打开这个页面，请从首页重新进入。",
    "http_413": "发来的内容太大。每个文件不超过 10 MB，请压缩或分几次上传。",
    "http_500": "我们这边出了差错，已经记下。请过几分钟再试。",
    "http_503": "服务正忙，请过几秒再试。",
    "consent_title": "登录前请先阅读",
    "consent_text": "登录后，您可以查看本人的信用、提出异议、申请修复、接收提醒。我们用微信给的编"
    "号认出您，不读取您的昵称和头像。",
    "consent_agree": "我已阅读并同意隐私政策和用户协议",
    "consent_go_on": "同意并登录",
    "consent_no": "不登录，只看公开信息",
}

REFUSALS = {
    "form_expired": "这个页面打开太久，或者不是从这里提交的。请返回上一页，刷新后再提交。",
    "snapshot": "您看到的是网页快照，微信没有告诉我们您是谁，不能登录。请点屏幕下方的“使用完整服"
    "务”，再重新登录。",
    "arrival_refused": "微信登录没有完成，或已超过十分钟。请重新登录。",
    "wechat_away": "微信暂时没有响应，不能登录。请过一会儿再试。",
    "identity_away": "统一身份认证暂时没有响应。请过一会儿再试。",
    "identity_refused": "核验没有完成。请重新核验。",
    "incomplete": "有必填的内容没有填。请返回补充后再提交。",
}
