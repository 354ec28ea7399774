"""Layouts: which columns a department's file has, and how its header row is recognised."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Each line: code, name, our field, marks. A header may use codes or names.
# `!` must be given · `u` a credit code · `n` a name or number, on one line · `-` read at the door
# only, never stored: representatives, papers of persons, old numbers, remarks.
_PENALTY = """
CF_XDR_MC 行政相对人名称 counterparty_name !n
CF_XDR_LB 行政相对人类别 counterparty_type !n
CF_XDR_SHXYM 行政相对人代码_1(统一社会信用代码) uscc u
CF_XDR_GSZC 行政相对人代码_2(工商注册号) registration_no -
CF_XDR_ZZJG 行政相对人代码_3(组织机构代码) org_code -
CF_XDR_SWDJ 行政相对人代码_4(税务登记号) tax_no -
CF_XDR_SYDW 行政相对人代码_5(事业单位证书号) institution_cert_no -
CF_XDR_SHZZ 行政相对人代码_6(社会组织登记证号) social_org_no -
CF_FRDB 法定代表人 legal_representative -
CF_FR_ZJLX 法定代表人证件类型 legal_rep_id_type -
CF_FR_ZJHM 法定代表人证件号码 legal_rep_id_no -
CF_XDR_ZJLX 证件类型 person_id_type -
CF_XDR_ZJHM 证件号码 person_id_no -
CF_WSH 行政处罚决定书文号 document_no !n
CF_WFXW 违法行为类型 violation_type !
CF_SY 违法事实 violation_facts !
CF_YJ 处罚依据 legal_basis !
CF_CFLB 处罚类别 penalty_types !
CF_NR 处罚内容 penalty_content !
CF_NR_FK 罚款金额(万元) fine_amount_wan n
CF_NR_WFFF 没收违法所得、没收非法财物的金额(万元) confiscated_amount_wan n
CF_NR_ZKDX 暂扣或吊销证照名称及编号 suspended_or_revoked_licence .
CF_JDRQ 处罚决定日期 decision_date !n
CF_YXQ 处罚有效期 valid_to !n
CF_GSJZQ 公示截止期 publication_end n
CF_CFJG 处罚机关 authority !n
CF_CFJGDM 处罚机关统一社会信用代码 authority_uscc !u
CF_SJLY 数据来源单位 source_department !n
CF_SJLYDM 数据来源单位统一社会信用代码 source_department_uscc !u
BZ 备注 remark -
"""
_LICENCE = """
XK_XDR_MC 行政相对人名称 counterparty_name !n
XK_XDR_LB 行政相对人类别 counterparty_type !n
XK_XDR_SHXYM 行政相对人代码_1(统一社会信用代码) uscc u
XK_XDR_GSZC 行政相对人代码_2(工商注册号) registration_no -
XK_XDR_ZZJG 行政相对人代码_3(组织机构代码) org_code -
XK_XDR_SWDJ 行政相对人代码_4(税务登记号) tax_no -
XK_XDR_SYDW 行政相对人代码_5(事业单位证书号) institution_cert_no -
XK_XDR_SHZZ 行政相对人代码_6(社会组织登记证号) social_org_no -
XK_FRDB 法定代表人 legal_representative -
XK_FR_ZJLX 法定代表人证件类型 legal_rep_id_type -
XK_FR_ZJHM 法定代表人证件号码 legal_rep_id_no -
XK_XDR_ZJLX 证件类型 person_id_type -
XK_XDR_ZJHM 证件号码 person_id_no -
XK_XKWS 行政许可决定文书名称 document_title !n
XK_WSH 行政许可决定文书号 document_no !n
XK_XKLB 许可类别 licence_category !n
XK_XKZS 许可证书名称 certificate_name n
XK_XKBH 许可编号 licence_no n
XK_NR 许可内容 licence_content !
XK_JDRQ 许可决定日期 decision_date !n
XK_YXQZ 有效期自 valid_from !n
XK_YXQZI 有效期至 valid_to !n
XK_XKJG 许可机关 authority !n
XK_XKJGDM 许可机关统一社会信用代码 authority_uscc !u
XK_ZT 当前状态 state !n
XK_LYDW 数据来源单位 source_department !n
XK_LYDWDM 数据来源单位统一社会信用代码 source_department_uscc !u
BZ 备注 remark -
"""
_LIST = """
list_kind 名单种类 list_kind !n
list_name 名单名称 list_name n
subject_name 主体名称 counterparty_name !n
uscc 统一社会信用代码 uscc u
basis_document 列入依据 document_no !n
authority 认定机关 authority !n
listed_on 列入日期 decision_date !n
term_months 公示月数 term_months n
early_removal_after 提前移出条件 early_removal_after .
remark 备注 remark -
"""


class LayoutName(StrEnum):
    """What a file brings."""

    PENALTY = "penalty"
    LICENCE = "licence"
    LIST = "list"


TITLES = {
    LayoutName.PENALTY: "双公示行政处罚",
    LayoutName.LICENCE: "双公示行政许可",
    LayoutName.LIST: "名单",
}


class FileRefusedError(Exception):
    """A file cannot be taken in at all; the text says what was expected."""


@dataclass(frozen=True)
class Column:
    """One column of a layout."""

    code: str
    name: str
    field: str
    required: bool
    stored: bool
    is_code: bool
    is_short: bool


@dataclass(frozen=True)
class Layout:
    """One layout, and in a recognised file the field that each place holds (None: not ours)."""

    name: LayoutName
    columns: Mapping[str, Column]
    places: tuple[str | None, ...] = ()
    unused: tuple[str, ...] = ()
    heads: Mapping[str, str] | None = None

    def head(self, field: str) -> str:
        """Return a column's heading as the file has it."""
        return (self.heads or {}).get(field) or self.columns[field].name


def _layout(name: LayoutName, table: str) -> Layout:
    columns = {}
    for line in table.strip().splitlines():
        code, title, field, marks = line.split(" ")
        columns[field] = Column(
            code=code,
            name=title,
            field=field,
            required="!" in marks,
            stored="-" not in marks,
            is_code="u" in marks,
            is_short="n" in marks,
        )
    return Layout(name, columns)


LAYOUTS = (
    _layout(LayoutName.PENALTY, _PENALTY),
    _layout(LayoutName.LICENCE, _LICENCE),
    _layout(LayoutName.LIST, _LIST),
)


def recognise(header: Sequence[str]) -> Layout:
    """Return the layout of a header row, with the place of each field. Raises FileRefusedError."""
    found = max((_placed(layout, header) for layout in LAYOUTS), key=_how_much)
    needed = _needed(found)
    missing = [column.name for column in needed if column.field not in found.places]
    if len(missing) * 2 > len(needed):
        raise FileRefusedError(_expected())
    if missing:
        raise FileRefusedError(f"像是“{TITLES[found.name]}”文件，但缺少列：{'、'.join(missing)}")
    fields = [field for field in found.places if field]
    if twice := [found.head(field) for field in dict.fromkeys(fields) if fields.count(field) > 1]:
        raise FileRefusedError(f"有的列出现了两次：{'、'.join(twice)}")
    return found


def _placed(layout: Layout, header: Sequence[str]) -> Layout:
    known = {
        _fold(title): column.field
        for column in layout.columns.values()
        for title in (column.code, column.name)
    }
    places = tuple(known.get(_fold(cell)) for cell in header)
    pairs = list(zip(places, header, strict=True))
    unused = tuple(cell.strip() for field, cell in pairs if field is None and cell.strip())
    heads = {field: cell.strip() for field, cell in pairs if field}
    return Layout(layout.name, layout.columns, places, unused, heads)


def _how_much(layout: Layout) -> int:
    return sum(field is not None for field in layout.places)


def _needed(layout: Layout) -> list[Column]:
    return [column for column in layout.columns.values() if column.required or column.is_code]


def _fold(title: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", title)).upper()


def _expected() -> str:
    lines = ["不认识这种文件。第一行应是列名，并且是以下三种之一："]
    for layout in LAYOUTS:
        names = "、".join(column.name for column in _needed(layout))
        lines.append(f"  {TITLES[layout.name]}：{names}")
    codes = "、".join(column.code for column in _needed(LAYOUTS[-1]))
    lines.append(f"列名也可以写代码，例如{TITLES[LAYOUTS[-1].name]}：{codes}")
    return "\n".join(lines)
