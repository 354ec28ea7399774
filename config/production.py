"""What suits a desk and not the city: for each setting, what is refused in production and why."""

from collections.abc import Callable
from urllib.parse import urlsplit

from config import keyring

GENERATED = "generated"  # begins every secret that the launcher made up for a desk
TEMPLATES = {"alert": "credit-alert", "campaign": "credit-campaign", "case": "credit-case"}
SANDBOX_CLIENT = "credit-kunming-sandbox"
SANDBOX_PUSH = "sandbox-push"
_KEY_LENGTH = 32  # the characters of a key that nobody can guess
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})

Rule = tuple[Callable[[str], bool], str]


def fault(name: str, value: str) -> str | None:
    """Return why the city cannot start with this value of a setting, if it cannot."""
    return next((reason for is_so, reason in _RULES.get(name, ()) if is_so(value)), None)


_OURS = "是本机自动生成的，请换成正式的"
_MADE_UP: Rule = (lambda key: key.startswith(GENERATED), _OURS)
_SHORT: Rule = (lambda key: len(key) < _KEY_LENGTH, f"至少 {_KEY_LENGTH} 个字符")
_SANDBOX: Rule = (lambda url: urlsplit(url).hostname in _HERE, "指向本机的沙箱，请换成正式地址")
_OPEN: Rule = (lambda url: urlsplit(url).scheme != "https", "必须是 https 地址")
_CLIENT: Rule = (lambda id_: id_ == SANDBOX_CLIENT, "是沙箱的应用编号，请换成统一身份认证分配的")
_PUSH: Rule = (lambda key: key == SANDBOX_PUSH, "是沙箱的应用，请换成极光推送的 AppKey")
_TEMPLATE: Rule = (lambda id_: id_ in TEMPLATES.values(), "是沙箱的模板编号，请换成公众号的")
_ADDRESSES = (
    *("public_url", "wechat_api", "wechat_page", "wechat_sdk"),
    *("identity_issuer", "jpush_api", "sms_api"),
)
_SECRETS = ("wechat_secret", "wechat_token", "wechat_aes_key", "wechat_open_secret", "sms_key")
_RULES: dict[str, tuple[Rule, ...]] = {
    "database_url": ((lambda url: url.startswith("sqlite"), "正式环境要用 PostgreSQL"),),
    "wechat_message_mode": ((lambda mode: mode != "safe", "正式环境只收安全模式（safe）"),),
    "trusted_hosts": ((lambda hosts: not hosts.replace(",", "").strip(), "请列出允许的域名"),),
    "proxies": (
        (lambda number: number == "0", "前面要有 HTTPS 反向代理，写明有几层，否则分不清谁在访问"),
    ),
    "pace": ((lambda pace: pace != "1", "正式环境只能是 1"),),
    **dict.fromkeys(_SECRETS, (_MADE_UP,)),
    **dict.fromkeys(("link_key", "audit_key"), (_MADE_UP, _SHORT)),
    "person_keys": (
        (lambda keys: any(key.startswith(GENERATED) for _, key in keyring.split(keys)), _OURS),
        (lambda keys: any(len(key) < _KEY_LENGTH for _, key in keyring.split(keys)), _SHORT[1]),
    ),
    "person_hash_keys": (
        (lambda keys: any(key.startswith(GENERATED) for key in keys.split(",")), _OURS),
        (lambda keys: any(len(key.strip()) < _KEY_LENGTH for key in keys.split(",")), _SHORT[1]),
    ),
    **dict.fromkeys(_ADDRESSES, (_SANDBOX, _OPEN)),
    "jpush_key": (_PUSH,),
    "jpush_secret": (_MADE_UP,),
    "identity_client_id": (_CLIENT,),
    **{f"template_{name}": (_TEMPLATE,) for name in TEMPLATES},
}
