"""Words about accounts in Chinese."""

DOCUMENTS = {"privacy": "隐私政策", "terms": "用户协议"}

CHANGED_CARD = ("您的账户有变动", "请点开查看详情")
CHANGED = {"phone": "登录用的手机号码已经更换", "wechat": "您的应用账号绑定了微信"}
CHANGED_AT = "时间"
CHANGED_HINT = (
    "不是您本人操作的，请在“登录的设备”里退出全部设备，重新核验身份，并拨打 12345 告诉我们。"
)
