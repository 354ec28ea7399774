"""Words of the certificate of repair, which is a Chinese document."""

TITLE = "信用修复决定书"
ISSUER = "信用昆明（昆明市公共信用信息服务）"
FOOTER = "决定书编号 {number} · 请扫码或登录核验地址核验真伪"
QR_ALT = "核验这份决定书的二维码"
QR_HINT = "微信扫一扫，核验真伪"
FACTS = {
    "name": "信用主体",
    "uscc": "统一社会信用代码",
    "id_number": "身份证号码",
    "record": "修复的信息",
    "document_no": "原决定文书号",
    "authority": "作出原决定的单位",
    "decided_on": "准予修复日期",
    "number": "决定书编号",
    "verify_code": "核验码",
    "verify_at": "核验地址",
}
OPENING = (
    "经审核，上述信用主体已经纠正失信行为，履行完毕法定责任和义务，并公开作出信用承诺，"
    "符合信用修复的条件。依据{basis}，决定准予信用修复，自 {decided_on} 起："
)
BASIS = "信用修复的有关规定"  # where the record keeps no rule
EFFECTS = (
    "一、终止公示上述信息。",
    "二、停止共享和使用上述信息，更新信用评价。",
    "三、因上述信息实施的失信惩戒措施同步解除。",
)
CLOSING = (
    "已经收到过这条信息的提醒、报告的人，由本平台通知更正。其他网站仍在公示的，可以出示本决定书。",
    "信用修复全程免费。提交虚假材料的，撤销修复、恢复公示并重新计算公示期，本决定书同时失效。",
)
DATE = "{0.year}年{0.month}月{0.day}日"
