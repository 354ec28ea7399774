"""Kinds of records: how common each is, who decides on it, how long it is shown, what it says."""

from dataclasses import dataclass

from tests.bench.city.words import DISTRICTS, OFFICES

COURT = "人民法院"
_PLACES = {"530100": "", **DISTRICTS}
# Every department: its office, its district, its name.
DEPARTMENTS = [
    (office, code, f"昆明市{place}{office}")
    for office in (*OFFICES, COURT)
    for code, place in _PLACES.items()
]
_FIRST = {office: place * len(_PLACES) for place, office in enumerate((*OFFICES, COURT))}


@dataclass(frozen=True)
class Kind:
    """One kind; `share` is of a thousand, months are until repair and until the end."""

    share: int
    kind: str
    title: str
    offices: tuple[str, ...]
    facts: str
    list_kind: str | None = None
    severity: str | None = None
    repairable: int | None = None
    ends: int | None = None
    rule: str | None = None

    def department(self, one, place):
        """Return the number of a department, by two numbers that were drawn."""
        return _FIRST[self.offices[one % len(self.offices)]] + place % len(_PLACES)


MARKET, HEALTH, SCHOOLS, LAND, TAX, TRAFFIC, CULTURE, SAFETY, LABOUR, HOUSING, NATURE, FARMS = OFFICES[
    :12
]
_ALL = tuple(OFFICES)
_LICENCE = (
    '{"document_title":"准予行政许可决定书","category":"普通","licence_no":"JY253%s","content":'
    '"准予从事许可范围内的经营活动","state":"1","valid_from":"%s","valid_to":null}'
)
_PENALTY = (
    '{"violation_type":"违反经营管理规定","violation_facts":"经查，当事人于检查当日未按规定建立台账，案号%s",'
    '"legal_basis":"《中华人民共和国行政处罚法》第二十八条","penalty_types":["罚款"],'
    '"content":"处以罚款","fine_wan":"0.5","decided":"%s"}'
)
_LISTED = '{"list_name":null,"basis":"认定书%s","listed_on":"%s","early_removal_after":null}'
_SAID = '{"number":"%s","said_on":"%s","content":"依法诚信经营，提供的材料真实有效"}'
_GRADED = '{"number":"%s","on":"%s","grade":"A"}'

KINDS = (
    Kind(260, "licence", "食品经营许可证", (MARKET,), _LICENCE, ends=60),
    Kind(90, "licence", "公共场所卫生许可证", (HEALTH,), _LICENCE, ends=48),
    Kind(60, "licence", "道路运输经营许可证", (TRAFFIC,), _LICENCE, ends=48),
    Kind(40, "licence", "建筑工程施工许可证", (HOUSING, LAND, NATURE), _LICENCE),
    Kind(110, "penalty", "违反食品安全管理规定", (MARKET,), _PENALTY, None, "general", 3, 12, "令36 一般行政处罚"),
    Kind(50, "penalty", "未按规定申报纳税", (TAX,), _PENALTY, None, "minor"),
    Kind(30, "penalty", "违反安全生产管理规定", (SAFETY, HOUSING, NATURE), _PENALTY, None, "serious", 12, 36, "令36 严重行政处罚"),
    Kind(90, "red_list", "纳税缴费信用A级", (TAX,), _LISTED, "TAXPAYER_A", None, None, 12, "纳税缴费信用A级"),
    Kind(6, "black_list", "拖欠农民工工资失信联合惩戒对象", (LABOUR,), _LISTED, "WAGE_ARREARS", None, 6, 36, "令45 拖欠农民工工资"),
    Kind(8, "black_list", "重大税收违法失信主体", (TAX,), _LISTED, "MAJOR_TAX_VIOLATION", None, 6, 36, "令54 重大税收违法"),
    Kind(6, "black_list", "市场监管严重违法失信", (MARKET,), _LISTED, "MARKET_SERIOUS", None, 12, 36, "令44 市场监管严重违法失信"),
    Kind(70, "abnormal_operation", "经营异常名录", (MARKET,), _LISTED, "ABNORMAL_OPERATION", None, None, None, "经营异常名录"),
    Kind(20, "judgment_defaulter", "失信被执行人", (COURT,), _LISTED, None, None, None, 24),
    Kind(70, "promise", "审批替代型信用承诺", _ALL, _SAID),
    Kind(30, "evaluation", "公共信用综合评价", _ALL, _GRADED, None, None, None, 12),
    Kind(20, "honour", "守合同重信用企业", (MARKET, FARMS, CULTURE), _GRADED, None, None, None, 24),
    Kind(15, "contract_performance", "政府采购合同履约", _ALL, _GRADED),
    Kind(15, "qualification", "建筑业企业资质", (HOUSING, SCHOOLS), _LICENCE, ends=60),
    Kind(10, "voluntary_statement", "自主申报信用信息", _ALL, _SAID),
)
# A thousand places, so that one number drawn below a thousand names a kind.
DRAWN = [kind for kind in KINDS for _ in range(kind.share)]
