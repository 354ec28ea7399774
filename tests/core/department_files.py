"""Files as departments send them, built from one good row each."""

import csv
import io
from datetime import date
from pathlib import Path

from config import keyring, rulebook
from core.intake import decisions
from core.intake.files import Line
from core.intake.layouts import LayoutName, recognise
from core.intake.rows import Known

SAMPLES = Path("config/sample_data")
TODAY = date(2026, 11, 23)
RULES = rulebook.load()
VAULT = keyring.vault("k1:a key of a test", "a hash key of a test")
CITIZEN_ID = "530112199001010004"  # a valid number that is not known to be issued
CHILD_ID = "530102201801010001"
BUREAU, BUREAU_CODE = "昆明市市场监督管理局", "11530100000090018E"

PENALTY = {
    "行政相对人名称": "昆明示例滇味餐饮有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1(统一社会信用代码)": "91530102000000019G",
    "行政相对人代码_2(工商注册号)": "",
    "行政相对人代码_4(税务登记号)": "",
    "法定代表人": "",
    "法定代表人证件号码": "",
    "证件类型": "",
    "证件号码": "",
    "行政处罚决定书文号": "昆市监罚〔2026〕12号",
    "违法行为类型": "经营超过保质期的食品",
    "违法事实": "经营超过保质期的预包装食品",
    "处罚依据": "《食品安全法》第三十四条",
    "处罚类别": "罚款",
    "处罚内容": "罚款0.5万元",
    "罚款金额(万元)": "0.5",
    "没收违法所得、没收非法财物的金额(万元)": "",
    "处罚决定日期": "2026/06/15",
    "处罚有效期": "2099/12/31",
    "公示截止期": "",
    "处罚机关": BUREAU,
    "处罚机关统一社会信用代码": BUREAU_CODE,
    "数据来源单位": BUREAU,
    "数据来源单位统一社会信用代码": BUREAU_CODE,
    "备注": "",
}
LICENCE = {
    "行政相对人名称": "昆明示例滇味餐饮有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1(统一社会信用代码)": "91530102000000019G",
    "行政许可决定文书名称": "准予行政许可决定书",
    "行政许可决定文书号": "昆许可〔2026〕1号",
    "许可类别": "普通",
    "许可证书名称": "食品经营许可证",
    "许可编号": "JY25301020000000",
    "许可内容": "热食类食品制售",
    "许可决定日期": "2026/01/10",
    "有效期自": "2026/01/10",
    "有效期至": "2031/01/10",
    "许可机关": BUREAU,
    "许可机关统一社会信用代码": BUREAU_CODE,
    "当前状态": "1",
    "数据来源单位": BUREAU,
    "数据来源单位统一社会信用代码": BUREAU_CODE,
}
LISTING = {
    "list_kind": "WAGE_ARREARS",
    "list_name": "拖欠农民工工资失信联合惩戒对象",
    "subject_name": "昆明示例滇味餐饮有限公司",
    "uscc": "91530102000000019G",
    "basis_document": "昆人社列字〔2026〕1号",
    "authority": "昆明市人力资源和社会保障局",
    "listed_on": "2026-11-20",
    "term_months": "36",
    "early_removal_after": "",
    "remark": "",
}
PROMISE = {
    "promise_type": "审批替代型",
    "promise_matter": "食品经营许可告知承诺",
    "subject_name": "昆明示例滇味餐饮有限公司",
    "uscc": "91530102000000019G",
    "accepting_unit": BUREAU,
    "promised_on": "2026-03-01",
    "fulfilment_state": "全部履行",
    "public": "是",
}
STATEMENT = {
    "种类": "荣誉",
    "主体名称": "昆明示例滇味餐饮有限公司",
    "统一社会信用代码": "91530102000000019G",
    "事项": "诚信示范单位",
    "结果/等级": "市级",
    "文号": "昆市监发〔2026〕9号",
    "认定机关": BUREAU,
    "机关代码": BUREAU_CODE,
    "日期": "2026-05-01",
    "有效期至": "2029-04-30",
    "来源": "",
}
DEFAULTER = {
    "iname": "昆明示例春城建筑工程有限公司",
    "caseCode": "(2026)云0111执示例2号",
    "cardNum": "91530111000000027C",
    "businessEntity": "示例某",
    "courtName": "昆明市官渡区人民法院",
    "partyTypeName": "1",
    "gistId": "(2025)云0111民初示例2号",
    "regDate": "2026年01月08日",
    "gistUnit": "昆明市官渡区人民法院",
    "duty": "支付工程款（示例）",
    "performance": "部分未履行",
    "performedPart": "10万元",
    "unperformPart": "90万元",
    "disruptTypeName": "有履行能力而拒不履行生效法律文书确定义务",
    "publishDate": "2026年02月01日",
}
REMOVAL = {
    "种类": "处罚",
    "名单种类": "",
    "认定机关": BUREAU,
    "机关代码": BUREAU_CODE,
    "文号": "昆市监罚〔2026〕12号",
    "主体名称": "昆明示例滇味餐饮有限公司",
    "统一社会信用代码": "91530102000000019G",
    "处理方式": "撤销",
    "理由": "复议机关撤销了处罚决定",
    "日期": "2026-11-20",
}
REGISTRATION = {
    "主体名称": "昆明示例新味餐饮有限公司",
    "统一社会信用代码": "91530102000000019G",
    "登记状态": "存续",
    "状态日期": "",
    "存续主体代码": "",
    "行政区划": "五华区",
    "开发区": "高新区",
    "曾用名": "昆明示例滇味小吃有限公司(2019-05-01)；昆明示例滇味餐饮有限公司",
    "更名日期": "2026-05-01",
    "法定代表人": "示例某",
    "工商注册号": "530100100000004",
    "工商注册号启用日期": "2010-03-01",
    "工商注册号停用日期": "2015-10-01",
    "组织机构代码": "D2143569-X",
    "数据日期": "2026-11-01",
}
BASES = {
    LayoutName.PENALTY: PENALTY,
    LayoutName.LICENCE: LICENCE,
    LayoutName.LIST: LISTING,
    LayoutName.PROMISE: PROMISE,
    LayoutName.STATEMENT: STATEMENT,
    LayoutName.JUDGMENT_DEFAULTER: DEFAULTER,
    LayoutName.REMOVAL: REMOVAL,
    LayoutName.REGISTRATION: REGISTRATION,
}


def text(*rows):
    """Return rows (dicts with equal keys) as a CSV text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(base, rules=RULES, today=TODAY, **changes):
    """Read one row as intake does: a Row, or the faults for which it is sent back."""
    row = base | changes
    layout = recognise(list(row))
    return decisions.read(Line(2, list(row.values())), layout, Known(rules, today))


def reasons(answer):
    """Return the names of what is wrong with a row."""
    return [fault.reason.name for fault in answer]
