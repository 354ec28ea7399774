"""Text messages in Chinese; an operator asks for a signature in front."""

CODES = {
    "sign_in": "【信用昆明】{code} 是您的登录验证码，{minutes} 分钟内有效。"
    "不是您本人操作的，请不要理会，也不要告诉任何人。",
    "step_up": "【信用昆明】{code} 是您查看或处理个人信息的验证码，{minutes} 分钟内有效。"
    "不是您本人操作的，请不要告诉任何人，并尽快退出全部设备。",
    "new_phone": "【信用昆明】{code} 是您更换手机号码的验证码，{minutes} 分钟内有效。"
    "不是您本人操作的，请不要理会，也不要告诉任何人。",
    "old_phone": "【信用昆明】您的账户已改用另一个手机号码登录。"
    "不是您本人操作的，请尽快在应用里退出全部设备，并拨打 12345。",
}
