"""Words about accounts in Chinese."""

DOCUMENTS = {"privacy": "隐私政策", "terms": "用户协议"}
