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
