"""Words of notices and of how somebody wants to be told, in Chinese."""

NOTICE_KINDS = {
    "alert": "失信名单提醒",
    "recall": "更正和撤回",
    "case": "我的办件",
    "report": "信用报告",
    "release": "名单公布",
    "campaign": "诚信宣传",
}
