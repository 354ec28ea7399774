"""Words of checks by institutions, in Chinese."""

CHECK_PURPOSES = {
    "procurement": "政府采购",
    "tendering": "招标投标",
    "approval": "行政审批",
    "public_funds": "财政资金安排",
    "awards": "评先评优",
    "financing": "融资授信",
    "supervision": "分级分类监管",
}

LIMITS = (
    "只含昆明市公共信用信息目录内、查询时仍在公示期的公开信息。",
    "已经修复、期满、撤销或暂停公示的记录不在其中。",
    "没有查到不等于没有失信行为；有的信息可能还没有报送。",
    "这不是信用评级或评分，办理事项时请按法律规定作出判断。",
)

CHECK_COLUMNS = {
    "line": "行号",
    "uscc": "统一社会信用代码",
    "given": "送核名称",
    "outcome": "结果",
    "name": "登记名称",
    "agrees": "名称是否相符",
    "state": "登记状态",
    "serious": "是否在严重失信主体名单上",
    "lists": "严重失信主体名单",
    "others": "其他失信名单和异常名录（条）",
    "red": "守信名单（条）",
    "penalty": "行政处罚（条）",
    "check_no": "核查编号",
    "as_of": "信息截至",
}
CHECK_OUTCOMES = {
    "found": "查到",
    "not_found": "没有这个主体",
    "rejected": "没有核查",
    "changed": "记录有变动，请重新核查",
}
LINE_FAULTS = {
    "not_a_code": "不是统一社会信用代码",
    "citizen_id": "含有身份证号，没有保存",
    "repeated": "与前面的行重复",
    "too_many_cells": "多于两列",
    "name": "名称太长或含有控制字符",
}
YES, NO = "是", "否"

AUTHORISED_SCOPES = {
    "dishonesty": "是否在严重失信主体名单上",
    "records": "授权人可以看的信用记录",
}
AUTHORISATION_STATES = {"active": "有效", "expired": "已到期", "revoked": "已撤销"}
