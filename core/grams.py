"""Bigrams: the pairs of neighbouring characters by which names are indexed on both engines."""


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring characters, in order."""
    return [text[start : start + 2] for start in range(len(text) - 1)]


def tokens(text: str | None) -> str:
    """Return the pairs as words of hexadecimal digits, which no tokenizer splits or folds."""
    return " ".join(map(_token, bigrams(text or "")))


def telling(text: str) -> list[str]:
    """Return the pairs by which to ask for a text: up to three that few names have.

    Half the names of a city hold 昆明, 有限 and 公司: to ask the index for these, too, costs far
    more than to compare the few names that the others leave.
    """
    pairs = list(dict.fromkeys(bigrams(text)))
    rare = [pair for pair in pairs if pair not in _COMMON]
    return (rare or pairs)[:_ENOUGH]


def terms(pairs: list[str]) -> str:
    """Return an FTS5 query for names that hold all these pairs."""
    return " AND ".join(_token(pair) for pair in pairs)


def _token(pair: str) -> str:
    return "".join(f"{ord(char):06x}" for char in pair)


_ENOUGH = 3
_COMMON_NAMES = (
    "云南省昆明市五华区盘龙区官渡区西山区东川区呈贡区晋宁区安宁市",
    "有限责任公司分公司",
    "股份有限公司",
    "有限公司",
    "个体工商户",
    "合伙企业",
    "农民专业合作社",
    "经营部",
    "服务部",
    "商贸有限公司",
    "贸易有限公司",
    "科技有限公司",
    "建筑工程有限公司",
    "文化传播有限公司",
    "餐饮管理有限公司",
    "信息咨询服务",
)
_COMMON = frozenset(pair for name in _COMMON_NAMES for pair in bigrams(name))
