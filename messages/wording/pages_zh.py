"""Words of the pages that messages lead to, in Chinese."""

TEXTS = {
    "records_of_entity": "这家单位的记录",
    "no_more_campaigns": "不再接收诚信宣传",
    "no_more_how": "不想再收到诚信宣传？请在公众号里回复“退订”，或到这里退订：",
    "left": "已退订诚信宣传",
    "left_text": "以后不再给您发诚信宣传，其他提醒不受影响。想重新订阅，请在公众号里回复"
    "“订阅宣传”。",
    "missing": "没有找到这个页面",
    "missing_text": "链接可能不完整，或内容已经撤下。请回到“信用昆明”公众号，发送企业名称或代码"
    "重新查询。",
    "nobody_left": "这一期没有可以列出的主体。",
    "next_page": "下一页",
    "release_file": "下载这一期（CSV 表格）",
}
