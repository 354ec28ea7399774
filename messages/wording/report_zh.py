"""Words of the credit report, which is a Chinese document: chapters, statement, guidance."""

TITLE = "公共信用信息报告"
ISSUER = "信用昆明（昆明市公共信用信息服务）"
PAGE = ("第 ", " 页，共 ", " 页")
FOOTER = "报告编号 {report_no} · 信息截至 {as_of} · 请扫码或登录核验地址核验真伪"
QR_ALT = "核验这份报告的二维码"
QR_HINT = "微信扫一扫，核验真伪"
NOTHING = "无。截至上述时间，没有可以公开的这类信息。"
NOTHING_OF_PERSON = "无。截至上述时间，没有经本人授权可以查看的这类信息。"
NOT_GIVEN = "—"

FACTS = {
    "name": "主体名称",
    "uscc": "统一社会信用代码",
    "id_number": "身份证号码",
    "report_no": "报告编号",
    "verify_code": "核验码",
    "as_of": "信息截至",
    "valid_until": "有效期至",
    "purpose": "用途",
    "verify_at": "核验地址",
}

# The eight counts are those of the chapters two to nine, in this order.
COUNTS = (
    "行政管理",
    "诚实守信",
    "严重失信",
    "经营异常",
    "信用承诺",
    "信用评价",
    "司法判决",
    "其他",
)
CHAPTERS = (
    "一、登记注册基础信息",
    "二、行政管理信息",
    "三、诚实守信相关荣誉信息",
    "四、严重失信主体名单信息",
    "五、经营（活动）异常名录（状态）信息",
    "六、信用承诺信息",
    "七、信用评价信息",
    "八、司法判决及执行信息",
    "九、其他信息",
    "十、信用状况提升建议",
)
# What is in no chapter by name stands in the ninth: nothing public is left out.
CHAPTER_OF = {
    "licence": 1,
    "penalty": 1,
    "red_list": 2,
    "honour": 2,
    "black_list": 3,
    "abnormal_operation": 4,
    "promise": 5,
    "evaluation": 6,
    "judgment_defaulter": 7,
}
OTHER_CHAPTER = 8

STATEMENT = (
    "声明：本报告客观中立，照录各部门报送并依法公开的信息，不主动编辑或修改信息的内容，"
    "不对主体进行评分或等级评定。报告只反映信息截至之时的情况，最新情况以核验和查询为准。"
    "字库中没有的字以“〓”代替。"
)

STATEMENT_OF_PERSON = (
    "声明：本报告由本人实名申请，只提供给本人；载有各部门报送、经本人授权可以查看的信息，"
    "自然人的信息不对社会公示，表中的“公示”指可以凭本人授权查看。请只交给您信任的人。"
) + STATEMENT.removeprefix("声明：")

REGISTERED = {
    "name": "名称",
    "uscc": "统一社会信用代码",
    "kind": "主体类型",
    "state": "登记状态",
    "successor": "合并后的主体",
    "district": "登记机关行政区划代码",
    "zone": "开发区",
    "former_names": "曾用名",
    "numbers": "其他证照号码",
    "registered_as_of": "登记信息截至",
}
UNTIL, SPAN, SINCE = "（至{:%Y-%m-%d}）", "（{} 至 {}）", "（{:%Y-%m-%d} 起）"
SUCCESSOR = "{}（{}）"
LISTED = "；"
UNDATED = "不详"
STILL = "今"
REGISTERED_OF_PERSON = {"name": "姓名", "id_number": "身份证号码", "kind": "主体类型"}
BAD_CHECK_DIGIT = "（校验位不符合国家标准，请与登记机关核对）"

COLUMNS = (
    "事项和文书",
    "决定机关、数据来源",
    "决定日期",
    "最早可申请修复",
    "公示期间",
)
DOCUMENT = "文书：{}"
BASIS = "决定依据：{}"
SOURCE = "来源：{}"
DISPUTED = "（异议处理中）"
WHY_SHOWN = "为什么公示：{}"
WHAT_TO_DO = "可以做什么：{}"
DATE_TOLD = "{:%Y-%m-%d}"
TERM = "{} 至 {}"
NO_END = {"abnormal_operation": "改正后移出", "": "长期"}
NO_REPAIR = "不适用"

# Why a record is public where no dated rule was applied to it.
WHY = {
    "licence": "行政许可决定依法向社会公开，有效期满不再公示",
    "penalty": "行政处罚决定依法向社会公开，公示期满不再公示",
    "": "依法公开的公共信用信息",
}
WHY_RULE = "依据{}公示"
ADVICE = {
    "licence": "无需办理。内容与证照不符的，请提出异议。",
    "penalty": "改正并履行完义务后，从“最早可申请修复”之日起可以申请信用修复，"
    "通过后停止公示；不申请的，公示期间满了自动停止公示。",
    "red_list": "无需办理。",
    "honour": "无需办理。",
    "black_list": "按要求改正后，从“最早可申请修复”之日起可以向认定单位申请提前移出；"
    "没有这个日期的，公示期间满了自动停止公示。",
    "abnormal_operation": "补报年报、更正信息或恢复联系后，向作出决定的机关申请移出。",
    "promise": "请按承诺履行。履行情况与实际不符的，请提出异议。",
    "judgment_defaulter": "履行义务后，向执行法院申请删除。",
    "": "无需办理。内容有误的，请提出异议。",
}

_OBJECTION = (
    "信用信息异议申诉指引：认为信息有错误、有遗漏、超过期限仍在公示或不应公示的，"
    "可以在“信用昆明”App 或政务服务大厅窗口提出异议，凭受理编号查询进度，全程免费。"
)
_REPAIR = (
    "行政处罚信息信用修复指引：到了“最早可申请修复”之日，并已改正、履行完义务的，"
    "可以在“信用昆明”App、“信用中国”网站或政务服务大厅窗口申请修复。"
    "需要准备：履行完毕的证明材料和信用承诺书。全程免费，无需代办，不需要参加培训。"
)
_WARNING = "请勿相信收费“删除记录”的说法；提供虚假材料的，将依法处理。"
GUIDANCE = (_OBJECTION, _REPAIR, _WARNING)
HINTS = {
    "now": "有 {} 条记录已到可以申请修复或提前移出的日期，改正并履行完义务后即可申请。",
    "later": "有 {} 条记录还没有到可以申请修复的日期，最早的是 {:%Y-%m-%d}。",
    "abnormal": "有 {} 条经营异常记录，改正后即可申请移出。",
    "none": "没有需要办理修复的记录，请继续保持。",
}
# What the font cannot show stands as this mark, as newspapers do.
UNSHOWN = "〓"
