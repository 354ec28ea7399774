"""Reasons: why a row was sent back, or what was odd about one that was loaded."""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.identifiers import USCC_SHAPE, holds_citizen_id, normalise

HIDDEN = "（已隐去）"
_MOST_SHOWN = 200


class Reason(StrEnum):
    """What the report says to the department."""

    EMPTY_ROW = "整行是空的"
    BROKEN = "这一行不是规范的 CSV：引号没有配对，或有一格太长"
    BROKEN_JSON = "这一条不是规范的 JSON 对象，或文件没有传完"
    CELLS = "单元格的数目与表头不一致"
    NOT_TEXT = "这一项应是文字或数字"
    MERGED = "有合并的单元格：请取消合并，每行每格都填写"
    ERROR_CELL = "这一格是出错的公式：请改成值"
    LOST_DIGITS = "数字太长，表格软件丢掉了末几位：请把这一列设为文本，再重新填写"
    MISSING = "必填项是空的"
    TOO_LONG = "内容太长"
    INVISIBLE = "含有控制字符或看不见的字符"
    BAD_DATE = (
        "日期不对：应为真实的日期，写作 2026-05-11、2026/5/11、2026.5.11、20260511 或 2026年5月11日"
    )
    FUTURE = "日期在今天之后"
    ENDS_BEFORE_START = "截止日期早于开始日期"
    BAD_AMOUNT = "金额不对：应为不小于 0 的数，单位万元，最多 6 位小数"
    BAD_MONTHS = "月数不对：应为 1 到 600 的整数"
    UNKNOWN_COUNTERPARTY = "相对人类别不对：应为 法人及非法人组织、个体工商户"
    UNKNOWN_LIST = "没有这种名单"
    UNKNOWN_PROMISE = (
        "承诺类型不对：应为 审批替代型、容缺受理型（证明替代型）、信用修复型、行业自律型、主动型"
    )
    UNKNOWN_FULFILMENT = "履行状态不对：应为 履行中、全部履行、部分履行、未履行、违背"
    NOT_YES_NO = "应为 是 或 否"
    UNKNOWN_STATEMENT = "种类不对：应为 评价、荣誉、合同履约、职业资格、自愿填报"
    UNKNOWN_KIND = "种类不对：应为 处罚、许可、名单、失信被执行人"
    UNKNOWN_ACTION = "处理方式不对：应为 撤销、更正、删除、移出"
    UNKNOWN_PARTY = "被执行人类型不对：应为 0（自然人）或 1（法人及其他组织）"
    BAD_USCC = "统一社会信用代码不对：应为 18 位数字或大写字母，不含 I、O、S、V、Z"
    NO_USCC = "没有统一社会信用代码，暂不能载入"
    BAD_ORG_CODE = "证件号码不对：单位应为 18 位统一社会信用代码或 9 位组织机构代码"
    NO_OWNER = (
        "没有（或不止一个）这个组织机构代码的主体：请写 18 位统一社会信用代码，"
        "或先导入它的许可、处罚等信息"
    )
    PERSON = "自然人没有写明有效的公民身份号码，无法确认是谁，不能载入"
    MINOR = "未成年人的信息不得归集"
    SEALED = "公安机关的案件不归集：治安管理违法记录应当封存"
    CITIZEN_ID = "含有公民身份号码"
    NO_RECORD = "没有（或不止一条）这样的记录：请核对种类、认定机关、文号和主体"
    NOT_FROM_HERE = "这条记录现在的状态不能这样处理，请与平台核对"
    UNKNOWN_STATE = "登记状态不对：应为 存续、歇业、吊销、撤销、注销、合并、迁出"
    UNKNOWN_DISTRICT = "没有这个区划：应为昆明市或其区县的代码或名称"
    UNKNOWN_ZONE = "没有这个开发区：应为开发区的名称，不在开发区的写“无”"
    NO_SUCCESSOR = "合并的主体应写明存续主体的统一社会信用代码"
    NOT_MERGED = "只有登记状态是“合并”的主体才有存续主体"
    OWN_SUCCESSOR = "存续主体不能是它自己"
    UNKNOWN_SUCCESSOR = "没有这个存续主体：请先导入它的登记信息，或与它在同一份文件里"
    AFTER_AS_OF = "日期在数据日期之后"
    BAD_NUMBER = "号码不对：应为字母和数字，最多 32 位，不能是公民身份号码"
    OLDER = "已有数据日期更近的登记信息，这一行没有采用"
    TWO_AS_OF_A_DAY = "本文件另有一行是同一主体、同一数据日期，内容却不同"
    NOT_IN_CATALOGUE = "作出决定时，这类信息不在公共信用信息目录之内，不得归集"
    CONFLICT = "本文件另有一行是同一机关、同一文号、同一主体，内容却不同"
    NOT_YOURS = "数据来源单位（没有写的看认定机关）不是报送人所在的部门"
    CORRECTED_HERE = (
        "平台核实后更正过这条记录，文件里仍是更正前的内容，没有采用：请按更正后的内容报送，"
        "确需改回的请在控制台更正"
    )

    FOLLOWED = "平台更正过这条记录；部门有了新的内容，已按部门这次报送的载入"
    CHECK_DIGIT = "统一社会信用代码的校验位不符，请核对；已照此载入"
    UNCLASSIFIED = "处罚类别或金额不能按规则表分类，已载入，分类之前不公示"
    NO_TERM = "没有当日有效的公示期规则，已载入，补充规则之前不公示"
    NOT_IN_FORCE = "许可的当前状态不是“有效”（1），已载入，不公示"


WARNINGS = frozenset(
    (
        *(Reason.CHECK_DIGIT, Reason.UNCLASSIFIED, Reason.NO_TERM, Reason.NOT_IN_FORCE),
        Reason.FOLLOWED,
    )
)


@dataclass(frozen=True)
class Fault:
    """One cell of one row, and what is wrong with it."""

    row: int
    column: str
    value: str
    reason: Reason
    note: str = ""

    @property
    def is_warning(self) -> bool:
        """Say whether the row was loaded all the same."""
        return self.reason in WARNINGS


def shown(value: str) -> str:
    """Cut a value for a report, and hide it whole if it may be a citizen's number.

    A number with a slip in it is still somebody's: any long run of digits is hidden.
    """
    number = normalise(value)
    long_run = re.search("[0-9]{14}", number) and not USCC_SHAPE.fullmatch(number)
    if long_run or holds_citizen_id(value):
        return HIDDEN
    return value if len(value) <= _MOST_SHOWN else value[:_MOST_SHOWN] + "…"
