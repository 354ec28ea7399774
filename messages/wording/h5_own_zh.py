"""The words of the H5 pages in Chinese: what somebody reads about themselves."""

TEXTS = {
    "verify_title": "实名核验",
    "verify_text": "查看本人的信用记录，要先确认您是谁。接下来会打开城市的统一身份认证。",
    "step_up_title": "再次核验",
    "step_up_text": "为了不让拿到您手机的人看到您的记录，请再确认一次是您本人。",
    "verify_gets": "我们会得到：姓名、身份证号；您代表单位的，还有单位的代码。",
    "verify_keeps": "姓名和身份证号加密保存，不出现在聊天、网址和日志里。",
    "verify_ways": "不能刷脸或收不到短信的，可以到政务服务中心窗口，或由亲友陪同办理。",
    "verify_go": "去核验",
    "verified_on": "已实名核验，最近一次：",
    "represents": "您代表的单位：",
    "not_verified": "还没有实名核验。核验后可以查看本人的信用、提出异议和申请修复。",
    "sign_out": "退出登录",
}
