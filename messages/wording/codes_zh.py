"""Words for codes in Chinese: states of records, levels, platforms, districts and zones."""

RECORD_STATES = {
    "loaded": "已载入，尚未公示",
    "held": "暂缓公示",
    "quarantined": "待核对",
    "published": "公示中",
    "disputed": "异议处理中",
    "corrected": "已更正",
    "repaired": "已修复",
    "expired": "公示期满",
    "withdrawn": "已撤销",
    "shielded": "已屏蔽",
    "removed": "已移出",
}

LEVELS = {
    "state": "国家级",
    "province": "省级",
    "city": "市级",
    "county": "县（市、区）级",
    "zone": "开发（度假）园区",
}

ADVICE = {
    "should_not_be_public": "不应公示，请提出异议",
    "repair_now": "现在可以申请修复",
    "repair_later": "以后可以申请修复",
    "object": "可以提出异议",
    "await_objection": "等待异议结果",
}

SHARE_SUBJECTS = {"person": "本人", "organisation": "本人代表的单位"}

PLATFORMS = {
    "ios": "苹果 iOS",
    "android": "安卓",
    "harmony": "鸿蒙",
    "wechat": "微信",
    "other": "其他",
}
VENDORS = {
    "huawei": "华为",
    "honor": "荣耀",
    "xiaomi": "小米",
    "oppo": "OPPO",
    "vivo": "vivo",
    "meizu": "魅族",
    "apple": "苹果",
    "other": "其他",
}
LOCALES = {"zh": "中文", "en": "英文"}

FULFILMENTS = {
    "ongoing": "履行中",
    "performed": "全部履行",
    "partly_performed": "部分履行",
    "not_performed": "未履行",
    "broken": "违背",
}

# GB/T 2260.
DISTRICTS = {
    "530100": "昆明市",
    "530102": "五华区",
    "530103": "盘龙区",
    "530111": "官渡区",
    "530112": "西山区",
    "530113": "东川区",
    "530114": "呈贡区",
    "530115": "晋宁区",
    "530124": "富民县",
    "530125": "宜良县",
    "530126": "石林彝族自治县",
    "530127": "嵩明县",
    "530128": "禄劝彝族苗族自治县",
    "530129": "寻甸回族彝族自治县",
    "530181": "安宁市",
}

# Development zones have no division code of their own.
ZONES = {
    "hi_tech": "昆明高新技术产业开发区",
    "economic": "昆明经济技术开发区",
    "dianchi": "昆明滇池国家旅游度假区",
    "yangzonghai": "昆明阳宗海风景名胜区",
    "dianzhong": "云南滇中新区",
}
