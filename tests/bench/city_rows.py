"""Rows of a city's departments, made from a seed: entities, penalties, licences, listings."""

from datetime import date, timedelta
from functools import lru_cache

from stdnum.cn import uscc

from core.identifiers import org_code_check_ok

_PLACES = (
    "五华区 盘龙区 官渡区 西山区 呈贡区 晋宁区 东川区 "
    "安宁市 宜良县 嵩明县 寻甸县 富民县 禄劝县 石林县"
).split()
_BRANDS = "滇云春城翠湖金马碧鸡彩高原红嘴鸥雪莲茶石榴核桃松茸瑞祥和泰丰盛恒通达"
_TRADES = (
    "餐饮有限公司 建筑工程有限公司 物流有限责任公司 旅行社有限公司 商贸有限公司 科技有限公司"
).split()
_BUREAUS = (
    "市场监督管理局 住房和城乡建设局 交通运输局 应急管理局 "
    "生态环境局 卫生健康局 农业农村局 城市管理局"
).split()
_VIOLATIONS = (
    ("经营超过保质期的食品", "《食品安全法》第三十四条、第一百二十四条"),
    ("未按规定进行安全生产教育和培训", "《安全生产法》第二十八条、第九十七条"),
    ("未采取有效措施防治扬尘污染", "《大气污染防治法》第六十九条、第一百一十五条"),
    ("未取得道路运输经营许可擅自从事货运经营", "《道路运输条例》第二十一条、第六十三条"),
)
_TYPES = ("罚款", "罚款", "罚款;没收违法所得", "警告;罚款", "警告", "责令停产停业")
_LICENCES = ("食品经营许可证", "道路运输经营许可证", "排污许可证", "建筑施工企业安全生产许可证")
_LISTS = (
    ("TAXPAYER_A", "纳税缴费信用A级", "12"),
    ("WAGE_ARREARS", "拖欠农民工工资失信联合惩戒对象", "36"),
    ("MAJOR_TAX_VIOLATION", "重大税收违法失信主体", "36"),
    ("ABNORMAL_OPERATION", "经营异常名录", "36"),
)
_STATES = ("存续", "存续", "存续", "注销", "吊销", "歇业")
_DISTRICTS = frozenset("530102 530103 530111 530112 530113 530114 530115".split())
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 800
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@lru_cache(1 << 20)
def code(number):
    """Return the credit code of an entity; all its check characters hold."""
    body = f"{number:08}"
    end = next(char for char in "0123456789X" if org_code_check_ok(body + char))
    whole = f"91{530102 + number % 14:06}{body}{end}"
    return whole + uscc.calc_check_digit(whole)


@lru_cache(1 << 20)
def name(number):
    """Return the name of an entity: a place, a brand of three characters, a trade."""
    size = len(_BRANDS)
    brand = "".join(_BRANDS[number * 7919 // size**power % size] for power in range(3))
    return f"昆明{_PLACES[number % 14]}{brand}{number % 97}{_TRADES[number % len(_TRADES)]}"


def citizen(number, *, year=1980):
    """Return a citizen's number, valid in form and known to nobody."""
    day = date(year, 1, 1) + timedelta(days=number % 365)
    body = f"530102{day:%Y%m%d}{number % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


class City:
    """Departments and entities of one seed; every call makes the next row as its file has it."""

    def __init__(self, chance, rows):
        self._chance = chance
        self._entities = max(20, rows // 7)
        self._offices = [
            (f"昆明市{place}{bureau}", f"11530{100 + n:03}{m:08}0A")
            for n, place in enumerate(["", *_PLACES])
            for m, bureau in enumerate(_BUREAUS)
        ]

    def penalty(self, number):
        """Return one penalty by the heads of the standard."""
        chance = self._chance
        violation, basis = chance.choice(_VIOLATIONS)
        kind = chance.choice(_TYPES)
        fine = f"{chance.randrange(1, 20_000) / 1000:.6f}" if "罚款" in kind else ""
        office, office_code = chance.choice(self._offices)
        return self._whose() | {
            "行政处罚决定书文号": f"昆{office[3:5]}罚〔2025〕{number}号",
            "违法行为类型": violation,
            "违法事实": f"检查发现当事人{violation}，编号{number}（示例）",
            "处罚依据": basis,
            "处罚类别": kind,
            "处罚内容": f"{kind}{fine and f'，罚款{fine}万元'}",
            "罚款金额(万元)": fine,
            "处罚决定日期": f"{self._day():%Y/%m/%d}",
            "处罚有效期": "2099/12/31",
            "处罚机关": office,
            "处罚机关统一社会信用代码": office_code,
            "数据来源单位": office,
            "数据来源单位统一社会信用代码": office_code,
        }

    def licence(self, number):
        """Return one licence by the heads of the standard."""
        office, office_code = self._chance.choice(self._offices)
        day, title = self._day(), self._chance.choice(_LICENCES)
        return self._whose() | {
            "行政许可决定文书名称": "准予行政许可决定书",
            "行政许可决定文书号": f"昆许可〔2025〕{number}号",
            "许可类别": "普通",
            "许可证书名称": title,
            "许可编号": f"XK{number:012}",
            "许可内容": f"{title}核准的经营范围，编号{number}（示例）",
            "许可决定日期": f"{day:%Y-%m-%d}",
            "有效期自": f"{day:%Y-%m-%d}",
            "有效期至": f"{day.year + 5}/12/31",
            "许可机关": office,
            "许可机关统一社会信用代码": office_code,
            "当前状态": "1",
            "数据来源单位": office,
            "数据来源单位统一社会信用代码": office_code,
        }

    def listing(self, number):
        """Return one listing."""
        which, title, months = self._chance.choice(_LISTS)
        entity = self._chance.randrange(self._entities)
        return {
            "list_kind": which,
            "list_name": title,
            "subject_name": name(entity),
            "uscc": code(entity),
            "basis_document": f"昆列字〔2025〕{number}号",
            "authority": self._chance.choice(self._offices)[0],
            "listed_on": self._day().isoformat(),
            "term_months": months,
        }

    def registration(self, number):
        """Return what the registrar says of one entity; every seventh has been merged."""
        merged = number and number % 7 == 0
        district = code(number)[2:8]
        return {
            "主体名称": name(number),
            "统一社会信用代码": code(number),
            "登记状态": "合并" if merged else self._chance.choice(_STATES),
            "状态日期": f"{self._day():%Y-%m-%d}",
            "存续主体代码": code(0) if merged else "",
            "行政区划": district if district in _DISTRICTS else "",
            "开发区": self._chance.choice(("", "", "高新区", "经开区")),
            "曾用名": f"昆明旧名{number}有限公司" if number % 5 == 0 else "",
            "更名日期": "",
            "法定代表人": "示例某",
            "工商注册号": f"KM{number:09}",
            "工商注册号启用日期": "2005-06-01",
            "工商注册号停用日期": "2015/10/1",
            "数据日期": "2026-11-20",
        }

    def _whose(self):
        entity = self._chance.randrange(self._entities)
        if entity % 50 == 0:
            return {
                "行政相对人名称": "示例某",
                "行政相对人类别": "自然人",
                "证件类型": "身份证",
                "证件号码": citizen(entity),
            }
        return {
            "行政相对人名称": name(entity),
            "行政相对人类别": "法人及非法人组织",
            "行政相对人代码_1(统一社会信用代码)": code(entity),
        }

    def _day(self):
        return _FIRST_DAY + timedelta(days=self._chance.randrange(_DAYS))
