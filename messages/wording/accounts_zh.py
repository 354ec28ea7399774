"""Words about accounts in Chinese."""

DOCUMENTS = {"privacy": "隐私政策", "terms": "用户协议"}
PLATFORMS = {"ios": "iOS", "android": "安卓", "harmony": "鸿蒙", "other": "其他"}
