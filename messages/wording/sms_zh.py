"""Text messages in Chinese; an operator asks for a signature in front."""

CODES = {
    "sign_in": "【信用昆明】{code} 是您的登录验证码，{minutes} 分钟内有效。"
    "不是您本人操作的，请不要理会，也不要告诉任何人。",
    "step_up": "【信用昆明】{code} 是您查看或处理个人信息的验证码，{minutes} 分钟内有效。"
    "不是您本人操作的，请不要告诉任何人，并尽快退出全部设备。",
}
