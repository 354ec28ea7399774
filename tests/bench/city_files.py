"""Files as a city's departments send them, of any size, the same from the same seed.

A share of the rows is bad, in turn of every kind that the layout can have; `write_file` says
which row is bad and why, numbered as the report numbers them.
"""

import csv
import random
from collections import deque

from core.intake.layouts import LayoutName
from core.intake.reasons import Reason
from tests.bench import city_rows
from tests.bench.city_rows import City

_WHO = "行政相对人名称 行政相对人类别 行政相对人代码_1(统一社会信用代码)"
_WHO += " 行政相对人代码_2(工商注册号) 行政相对人代码_3(组织机构代码) 行政相对人代码_4(税务登记号)"
_WHO += " 行政相对人代码_5(事业单位证书号) 行政相对人代码_6(社会组织登记证号)"
_WHO += " 法定代表人 法定代表人证件类型 法定代表人证件号码 证件类型 证件号码"
_SOURCE = "数据来源单位 数据来源单位统一社会信用代码 备注"
HEADS = {
    LayoutName.PENALTY: f"{_WHO} 行政处罚决定书文号 违法行为类型 违法事实 处罚依据 处罚类别"
    " 处罚内容 罚款金额(万元) 没收违法所得、没收非法财物的金额(万元) 暂扣或吊销证照名称及编号"
    f" 处罚决定日期 处罚有效期 公示截止期 处罚机关 处罚机关统一社会信用代码 {_SOURCE}".split(),
    LayoutName.LICENCE: f"{_WHO} 行政许可决定文书名称 行政许可决定文书号 许可类别 许可证书名称"
    " 许可编号 许可内容 许可决定日期 有效期自 有效期至 许可机关 许可机关统一社会信用代码 当前状态"
    f" {_SOURCE}".split(),
    LayoutName.LIST: "list_kind list_name subject_name uscc basis_document authority listed_on"
    " term_months early_removal_after remark".split(),
    LayoutName.REGISTRATION: "主体名称 统一社会信用代码 登记状态 状态日期 存续主体代码 行政区划"
    " 开发区 曾用名 更名日期 法定代表人 工商注册号 工商注册号启用日期 工商注册号停用日期"
    " 数据日期".split(),
}
_CODE = "行政相对人代码_1(统一社会信用代码)"
_CHILD = city_rows.citizen(1, year=2020)
_PERSON = {"行政相对人类别": "自然人", _CODE: "", "证件类型": "", "证件号码": ""}
# What spoils a row, by the reason that the report must give. None: the row is spoilt as it is
# written; a value that is a function gets the row.
_STANDARD = {
    Reason.EMPTY_ROW: None,
    Reason.BROKEN: None,
    Reason.CELLS: None,
    Reason.CONFLICT: None,
    Reason.UNKNOWN_COUNTERPARTY: _PERSON | {"行政相对人类别": "其他", _CODE: city_rows.code(7)},
    Reason.BAD_USCC: {"行政相对人类别": "法人及非法人组织", _CODE: "91530102I00000019G"},
    Reason.NO_USCC: _PERSON | {"行政相对人类别": "法人及非法人组织"},
    Reason.PERSON: _PERSON,
    Reason.MINOR: _PERSON | {"证件号码": _CHILD},
    Reason.CITIZEN_ID: {"行政相对人名称": f"示例某{city_rows.citizen(3)}"},
}
SPOILT = {
    LayoutName.PENALTY: _STANDARD
    | {
        Reason.MISSING: {"违法事实": ""},
        Reason.TOO_LONG: {"违法事实": "长" * 5001},
        Reason.INVISIBLE: {"违法行为类型": "经营\u202e食品"},
        Reason.BAD_DATE: {"处罚决定日期": "2026-02-30"},
        Reason.FUTURE: {"处罚决定日期": "2098-01-01", "公示截止期": ""},
        Reason.ENDS_BEFORE_START: {"公示截止期": "2001-01-01"},
        Reason.BAD_AMOUNT: {"罚款金额(万元)": "-1"},
        Reason.SEALED: {"处罚机关": "昆明市公安局"},
    },
    LayoutName.LICENCE: _STANDARD
    | {
        Reason.MISSING: {"许可内容": ""},
        Reason.TOO_LONG: {"行政许可决定文书号": "1" + "号" * 200},
        Reason.INVISIBLE: {"许可内容": "经营\u202e食品"},
        Reason.BAD_DATE: {"许可决定日期": "2026年13月1日"},
        Reason.ENDS_BEFORE_START: {"有效期至": "2001-01-01"},
    },
    LayoutName.LIST: {
        Reason.BAD_MONTHS: {"term_months": "601"},
        Reason.UNKNOWN_LIST: {"list_kind": "NO_SUCH_LIST"},
        Reason.BAD_USCC: {"uscc": "91530102I00000019G"},
        Reason.NO_USCC: {"uscc": ""},
        Reason.FUTURE: {"listed_on": "2098-01-01"},
        Reason.CONFLICT: None,
    },
    LayoutName.REGISTRATION: {
        Reason.MISSING: {"登记状态": ""},
        Reason.BAD_USCC: {"统一社会信用代码": "91530102I00000019G"},
        Reason.UNKNOWN_STATE: {"登记状态": "不明"},
        Reason.UNKNOWN_DISTRICT: {"行政区划": "西城区"},
        Reason.UNKNOWN_ZONE: {"开发区": "火星园区"},
        Reason.NO_SUCCESSOR: {"登记状态": "合并", "存续主体代码": ""},
        Reason.NOT_MERGED: {"登记状态": "存续", "存续主体代码": city_rows.code(7)},
        Reason.UNKNOWN_SUCCESSOR: {"登记状态": "合并", "存续主体代码": "91530102000000019G"},
        Reason.AFTER_AS_OF: {"状态日期": "2026-11-22"},
        Reason.BAD_NUMBER: {"工商注册号": "X" * 40},
        Reason.CITIZEN_ID: {"曾用名": f"示例某{city_rows.citizen(3)}"},
        Reason.BAD_DATE: {"更名日期": "2026-02-30"},
        Reason.FUTURE: {"数据日期": "2098-01-01"},
        Reason.TWO_AS_OF_A_DAY: None,
    },
}
_CHANGED = {
    LayoutName.PENALTY: {"违法事实": "与前面的一行不同"},
    LayoutName.LICENCE: {"许可内容": "与前面的一行不同"},
    LayoutName.LIST: {"early_removal_after": "与前面的一行不同"},
    LayoutName.REGISTRATION: {"主体名称": "与前面的一行不同"},
}
_REMEMBERED = 100  # a contradiction follows within so many rows


def write_file(path, rows, seed, bad_share=0.01, *, layout=LayoutName.PENALTY):
    """Write a CSV file of so many rows; return the reason of every bad one by its row number."""
    chance = random.Random(f"{seed}-{layout}")
    bad = {}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, HEADS[layout], restval="")
        out.writeheader()
        for number, (row, reason) in enumerate(_rows(chance, rows, bad_share, layout), 2):
            if reason:
                bad[number] = reason
            _write(out, file, row, reason)
    return bad


def _rows(chance, rows, bad_share, layout):
    city, reasons = City(chance, rows), list(SPOILT[layout])
    make = {
        LayoutName.PENALTY: city.penalty,
        LayoutName.LICENCE: city.licence,
        LayoutName.LIST: city.listing,
        LayoutName.REGISTRATION: city.registration,
    }[layout]
    good, spoilt = deque(maxlen=_REMEMBERED), 0
    for number in range(rows):
        if not good or chance.random() >= bad_share:
            good.append(make(number))
            yield good[-1], None
            continue
        reason = reasons[spoilt % len(reasons)]
        spoilt += 1
        yield _spoilt(make(number), reason, chance.choice(good), layout), reason


def _spoilt(row, reason, earlier, layout):
    if reason in (Reason.CONFLICT, Reason.TWO_AS_OF_A_DAY):
        return earlier | _CHANGED[layout]
    return row | (SPOILT[layout][reason] or {})


def _write(out, file, row, reason):
    cells = [row.get(head, "") for head in out.fieldnames]
    if reason is Reason.EMPTY_ROW:
        file.write("," * (len(cells) - 1) + "\r\n")
    elif reason is Reason.CELLS:
        file.write(",".join(cells[:-1]) + "\r\n")
    elif reason is Reason.BROKEN:
        file.write('"' + ",".join(cells) + "\r\n")
    else:
        out.writerow(row)
