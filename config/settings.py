"""The only place that reads the environment: every setting, checked together, secrets kept out."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.envelope import MessageMode
from config import keyring, pairs, production
from core.pace import Pace
from core.vault import Vault

ROOT = Path(__file__).parent.parent
_SPANS = r"^([01]\d:[0-5]\d-[012]\d:[0-5]\d ?)+$"
_UNFIT = "unfit_for_production"


class Mode(StrEnum):
    """Where we run: on a desk, or for the city."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SettingsError(Exception):
    """Settings are missing or wrong; the text names every one and shows no value."""


def _is_aes_key(key: SecretStr) -> SecretStr:
    if not re.fullmatch("[0-9A-Za-z]{43}", key.get_secret_value()):
        raise ValueError("应为 43 个字母或数字")
    return key


def _is_database(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("应以 sqlite:/// 或 postgresql+psycopg:// 开头")
    return url


def _is_redis(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("应以 redis://、rediss:// 或 unix:// 开头")
    return url


def _is_keyring(keys: SecretStr) -> SecretStr:
    keyring.split(keys.get_secret_value())
    return keys


def _is_address(url: str) -> str:
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ValueError("应为 http(s)://主机[:端口][/路径]")
    return url


def _has_no_slash(url: str) -> str:
    if url.endswith("/"):
        raise ValueError("末尾不带 /")
    return url


def _asks_who(scopes: str) -> str:
    if "openid" not in scopes.split():
        raise ValueError("其中应有 openid，几个用空格分隔")
    return scopes


Address = Annotated[str, AfterValidator(_is_address)]
Base = Annotated[Address, AfterValidator(_has_no_slash)]


class Settings(BaseSettings):
    """What differs between machines; each field is an upper-case environment variable."""

    model_config = SettingsConfigDict(
        extra="ignore", hide_input_in_errors=True, frozen=True, validate_default=True
    )

    mode: Mode = Mode.DEVELOPMENT  # the first: it says what the others may be
    database_url: Annotated[SecretStr, AfterValidator(_is_database)]
    redis_url: Annotated[SecretStr, AfterValidator(_is_redis)]
    public_url: Base
    trusted_hosts: str = ""
    proxies: int = Field(default=0, ge=0, le=5)
    var_dir: Path = ROOT / "var"
    pace: int = Field(default=1, ge=1, le=10_000)

    wechat_appid: str = Field(min_length=1)
    wechat_secret: SecretStr = Field(min_length=1)
    wechat_token: SecretStr = Field(min_length=1)
    wechat_aes_key: Annotated[SecretStr, AfterValidator(_is_aes_key)]
    wechat_api: Base = "https://api.weixin.qq.com"
    wechat_page: Address = "https://open.weixin.qq.com/connect/oauth2/authorize"
    wechat_sdk: Address = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"
    wechat_timeout: float = Field(default=5.0, gt=0, le=30)
    sends_in_flight: int = Field(default=50, ge=1, le=1000)
    mass_list: int = Field(default=10_000, ge=2, le=10_000)
    sends_per_second: float = Field(default=500, gt=0, le=20_000)
    wechat_message_mode: MessageMode = MessageMode.SAFE
    template_alert: str = Field(default=production.TEMPLATES["alert"], min_length=1)
    template_campaign: str = Field(default=production.TEMPLATES["campaign"], min_length=1)
    template_case: str = Field(default=production.TEMPLATES["case"], min_length=1)
    subscription_templates: Annotated[str, AfterValidator(pairs.are_templates)] = ""
    daily_quotas: Annotated[str, AfterValidator(pairs.are_quotas)] = pairs.QUOTAS

    wechat_open_appid: str = Field(min_length=1)
    wechat_open_secret: SecretStr = Field(min_length=1)
    sms_api: Base
    sms_key: SecretStr = Field(min_length=1)

    identity_issuer: Address
    identity_client_id: str = Field(default=production.SANDBOX_CLIENT, min_length=1)
    identity_client_secret: SecretStr = SecretStr("")
    identity_scopes: Annotated[str, AfterValidator(_asks_who)] = "openid profile"
    identity_claim_name: str = Field(default="name", min_length=1)
    identity_claim_number: str = Field(default="id_number", min_length=1)
    identity_claim_organisation: str = Field(default="organisation", min_length=1)
    identity_claim_organisation_until: str = Field(default="organisation_until", min_length=1)
    link_key: SecretStr = Field(min_length=1)
    audit_key: SecretStr = Field(min_length=1)
    person_keys: Annotated[SecretStr, AfterValidator(_is_keyring)]
    person_hash_keys: SecretStr = Field(min_length=1)

    clamd: Annotated[str, AfterValidator(pairs.is_clamd)] = ""
    clamd_timeout: float = Field(default=20.0, gt=0, le=60)
    jpush_api: Base = "https://api.jpush.cn"
    jpush_key: str = ""
    jpush_secret: SecretStr = SecretStr("")

    alert_max_age_days: int = Field(default=30, ge=0, le=36_500)
    access_minutes: int = Field(default=15, ge=1, le=1440)
    refresh_days: int = Field(default=30, ge=1, le=365)
    step_up_minutes: int = Field(default=10, ge=1, le=60)
    report_valid_days: int = Field(default=30, ge=1, le=3650)
    messages_per_minute: int = Field(default=60, ge=5, le=600)
    service_hours: str = Field(default="09:00-12:00 13:30-17:00", pattern=_SPANS)
    service_account: str = ""
    push_window_seconds: int = Field(default=300, ge=1)
    web_workers: int = Field(default=2, ge=1, le=64)
    web_threads: int = Field(default=1, ge=1, le=64)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    @field_validator("*")
    @classmethod
    def _suits_the_city(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - any setting
        if info.data.get("mode") is Mode.PRODUCTION and info.field_name:
            text = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            if reason := production.fault(info.field_name, text):
                raise PydanticCustomError(_UNFIT, "{reason}", {"reason": reason})
        return value

    @property
    def pace_of_waits(self) -> Pace:
        """Return the pace as core takes it."""
        return Pace(self.pace)

    @property
    def vault(self) -> Vault:
        """Return what encrypts natural persons' data."""
        return keyring.vault(
            self.person_keys.get_secret_value(), self.person_hash_keys.get_secret_value()
        )

    @property
    def audit_dir(self) -> Path:
        """Return where the heads of the audit trail are written down."""
        return self.var_dir / "audit"

    @property
    def evidence_dir(self) -> Path:
        """Return where the files of cases lie, encrypted."""
        return self.var_dir / "evidence"

    @property
    def uploads_dir(self) -> Path:
        """Return where files lie that the staff sent in, until they are taken in."""
        return self.var_dir / "uploads"

    @property
    def report_dir(self) -> Path:
        """Return where the files of credit reports lie."""
        return self.var_dir / "reports-pdf"

    @property
    def hosts(self) -> list[str] | None:
        """Return the host names that we answer to, or None for any."""
        return [host.strip() for host in self.trusted_hosts.split(",") if host.strip()] or None


def read() -> Settings:
    """Read every setting from the environment.

    Raises SettingsError, whose text names all that is missing, wrong or not fit for the city.
    """
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        faults = error.errors()
    of_city = any(item["type"] == _UNFIT for item in faults)
    first = "正式环境（MODE=production）不能启动：" if of_city else "设置有误："
    lines = [f"{str(item['loc'][0]).upper()}：{_reason(item)}" for item in faults]
    raise SettingsError("\n".join([first, *lines]))


def _reason(item: Any) -> str:  # noqa: ANN401 - pydantic's own error record
    kind, about = item["type"], item.get("ctx", {})
    if kind == "missing":
        return "缺少"
    if kind == _UNFIT:
        return str(about["reason"])
    if "expected" in about:  # pydantic joins the choices in English
        about["expected"] = "可选 " + "、".join(re.findall("'([^']*)'", about["expected"]))
    words = _WORDS.get(kind)
    return f"不合要求（{words.format(**about)}）" if words else "不合要求"


_WORDS = {
    "string_too_short": "至少 {min_length} 个字符",
    "int_parsing": "应为整数",
    "int_parsing_size": "数字太大",
    "float_parsing": "应为数字",
    "finite_number": "应为数字",
    "greater_than": "应大于 {gt:g}",
    "greater_than_equal": "不能小于 {ge:g}",
    "less_than_equal": "不能大于 {le:g}",
    "value_error": "{error}",
    "enum": "{expected}",
    "literal_error": "{expected}",
}
