"""Words for codes in English, key for key as in Chinese."""

RECORD_STATES = {
    "loaded": "loaded, not yet published",
    "held": "held back",
    "quarantined": "to be checked",
    "published": "published",
    "disputed": "objection being handled",
    "corrected": "corrected",
    "repaired": "repaired",
    "expired": "term over",
    "withdrawn": "revoked",
    "shielded": "shielded",
    "removed": "removed from the list",
}

LEVELS = {
    "state": "state",
    "province": "province",
    "city": "city",
    "county": "county or district",
    "zone": "development zone",
}

ADVICE = {
    "should_not_be_public": "should not be public; please object",
    "repair_now": "repair may be applied for now",
    "repair_later": "repair may be applied for later",
    "object": "an objection may be filed",
    "await_objection": "await the result of the objection",
}

SHARE_SUBJECTS = {"person": "the person", "organisation": "the organisation represented"}

PLATFORMS = {
    "ios": "Apple iOS",
    "android": "Android",
    "harmony": "HarmonyOS",
    "wechat": "WeChat",
    "other": "Other",
}
VENDORS = {
    "huawei": "Huawei",
    "honor": "Honor",
    "xiaomi": "Xiaomi",
    "oppo": "OPPO",
    "vivo": "vivo",
    "meizu": "Meizu",
    "apple": "Apple",
    "other": "Other",
}
LOCALES = {"zh": "Chinese", "en": "English"}

FULFILMENTS = {
    "ongoing": "being performed",
    "performed": "performed",
    "partly_performed": "performed in part",
    "not_performed": "not performed",
    "broken": "broken",
}

DISTRICTS = {
    "530100": "Kunming",
    "530102": "Wuhua District",
    "530103": "Panlong District",
    "530111": "Guandu District",
    "530112": "Xishan District",
    "530113": "Dongchuan District",
    "530114": "Chenggong District",
    "530115": "Jinning District",
    "530124": "Fumin County",
    "530125": "Yiliang County",
    "530126": "Shilin Yi Autonomous County",
    "530127": "Songming County",
    "530128": "Luquan Yi and Miao Autonomous County",
    "530129": "Xundian Hui and Yi Autonomous County",
    "530181": "Anning",
}

ZONES = {
    "hi_tech": "Kunming National Hi-tech Industrial Development Zone",
    "economic": "Kunming Economic and Technological Development Zone",
    "dianchi": "Kunming Dianchi National Tourist Resort",
    "yangzonghai": "Kunming Yangzonghai Scenic Area",
    "dianzhong": "Yunnan Dianzhong New Area",
}
