"""Every setting that is missing or wrong is named, all in one message, and no value is shown."""

import pytest

from config import settings
from config.settings import Settings, SettingsError
from tests.config.programs import CITY, GOOD

NAMES = [name.upper() for name in Settings.model_fields]
SECRETS = (
    "WECHAT_SECRET",
    "WECHAT_TOKEN",
    "WECHAT_AES_KEY",
    "WECHAT_OPEN_SECRET",
    "SMS_KEY",
    "LINK_KEY",
    "AUDIT_KEY",
    "PERSON_KEYS",
    "PERSON_HASH_KEYS",
)


@pytest.fixture
def read(monkeypatch):
    """Read settings from an environment that holds these and no others of ours."""

    def read(given):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return settings.read()

    return read


@pytest.fixture
def refused(read):
    def refused(given):
        with pytest.raises(SettingsError) as caught:
            read(given)
        return str(caught.value)

    return refused


def test_a_desk_needs_these_and_no_more(read):
    found = read(GOOD)

    assert (found.mode, found.pace_of_waits.speed, found.hosts) == ("development", 1, None)
    assert found.wechat_api == "https://api.weixin.qq.com"


def test_all_that_is_missing_is_named_at_once(refused):
    said = refused({})

    assert said.startswith("设置有误")
    assert [name for name in GOOD if f"{name}：缺少" not in said] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODE", "holiday"),
        ("DATABASE_URL", "mysql://somewhere"),
        ("DATABASE_URL", "postgresql://somewhere"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("PUBLIC_URL", "credit.km.gov.cn"),
        ("PUBLIC_URL", "https://credit.km.gov.cn/"),
        ("WECHAT_API", "ftp://api.weixin.qq.com"),
        ("IDENTITY_ISSUER", "https://"),
        ("IDENTITY_CLIENT_ID", ""),
        ("IDENTITY_SCOPES", "profile"),
        ("PACE", "0"),
        ("PACE", "quick"),
        ("WECHAT_APPID", ""),
        ("WECHAT_SECRET", ""),
        ("WECHAT_TOKEN", ""),
        ("WECHAT_AES_KEY", "x" * 42),
        ("WECHAT_AES_KEY", "x" * 42 + "!"),
        ("WECHAT_MESSAGE_MODE", "open"),
        ("WECHAT_TIMEOUT", "0"),
        ("LINK_KEY", ""),
        ("LOG_LEVEL", "LOUD"),
        ("WEB_WORKERS", "0"),
        ("WEB_THREADS", "65"),
        ("ALERT_MAX_AGE_DAYS", "-1"),
        ("PUSH_WINDOW_SECONDS", "0"),
    ],
)
def test_what_is_wrong_is_named_and_not_shown(refused, name, value):
    said = refused(GOOD | {name: value})

    assert f"{name}：不合要求" in said
    assert len(said.splitlines()) == 2
    assert not value or value not in said.replace(name, "") or len(value) < 2


def test_many_wrong_ones_are_named_together(refused):
    said = refused({**GOOD, "PACE": "0", "LINK_KEY": "", "MODE": "holiday", "REDIS_URL": "x"})

    assert len(said.splitlines()) == 5


def test_no_message_shows_a_secret(refused):
    given = GOOD | {"PACE": "0", "WECHAT_AES_KEY": "a-very-secret-key", "LINK_KEY": "hidden-key"}

    for said in (refused(given), refused(given | CITY)):
        for secret in ("a-very-secret-key", "hidden-key", GOOD["WECHAT_SECRET"], "password"):
            assert secret not in said


def test_settings_can_be_printed(read):
    said = repr(read(GOOD | CITY))

    for secret in (*(GOOD[name] for name in SECRETS), "password"):
        assert secret not in said


def test_the_city_starts_with_proper_settings(read):
    found = read(GOOD | CITY | {"TRUSTED_HOSTS": "credit.km.gov.cn, m.km.gov.cn"})

    assert found.hosts == ["credit.km.gov.cn", "m.km.gov.cn"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DATABASE_URL": "sqlite:////var/x.db"}, "DATABASE_URL"),
        ({"WECHAT_MESSAGE_MODE": "plain"}, "WECHAT_MESSAGE_MODE"),
        ({"WECHAT_MESSAGE_MODE": "compatible"}, "WECHAT_MESSAGE_MODE"),
        ({"TRUSTED_HOSTS": ""}, "TRUSTED_HOSTS"),
        ({"TRUSTED_HOSTS": " , "}, "TRUSTED_HOSTS"),
        ({"PACE": "60"}, "PACE"),
        ({"LINK_KEY": "short"}, "LINK_KEY"),
        ({"AUDIT_KEY": "short"}, "AUDIT_KEY"),
        ({"PERSON_KEYS": "k2:short,k1:a key that is long enough to stay"}, "PERSON_KEYS"),
        ({"PERSON_KEYS": f"k2:{'x' * 32},k1:generated{'x' * 32}"}, "PERSON_KEYS"),
        ({"PERSON_HASH_KEYS": f"{'x' * 32},short"}, "PERSON_HASH_KEYS"),
        ({"TEMPLATE_ALERT": "credit-alert"}, "TEMPLATE_ALERT"),
        ({"TEMPLATE_CAMPAIGN": "credit-campaign"}, "TEMPLATE_CAMPAIGN"),
        ({"TEMPLATE_CASE": "credit-case"}, "TEMPLATE_CASE"),
        ({"PUBLIC_URL": "http://credit.km.gov.cn"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://localhost"}, "PUBLIC_URL"),
        ({"WECHAT_API": "http://127.0.0.1:8001"}, "WECHAT_API"),
        ({"WECHAT_API": "https://[::1]:8001"}, "WECHAT_API"),
        ({"SMS_API": "http://sms.example.cn"}, "SMS_API"),
        ({"IDENTITY_ISSUER": "http://id.km.gov.cn"}, "IDENTITY_ISSUER"),
        ({"IDENTITY_CLIENT_ID": "credit-kunming-sandbox"}, "IDENTITY_CLIENT_ID"),
        *(({name: "generated".ljust(43, "x")}, name) for name in SECRETS),
    ],
)
def test_the_city_does_not_start_with_what_suits_a_desk(refused, given, named):
    first, *faults = refused(GOOD | CITY | given).splitlines()

    assert "MODE=production" in first
    assert [fault.split("：")[0] for fault in faults] == [named]


def test_the_city_hears_of_all_faults_at_once(refused):
    said = refused(GOOD | {"MODE": "production", "LINK_KEY": "generated-short", "PACE": "2"})

    named = {line.split("：")[0] for line in said.splitlines()[1:]}
    assert named == {
        *("DATABASE_URL", "TRUSTED_HOSTS", "PROXIES", "PACE", "LINK_KEY", "PUBLIC_URL"),
        *("IDENTITY_ISSUER", "IDENTITY_CLIENT_ID", "SMS_API"),
        *("TEMPLATE_ALERT", "TEMPLATE_CAMPAIGN", "TEMPLATE_CASE"),
    }


def test_the_city_hears_of_what_is_missing_and_of_what_is_unfit_together(refused):
    said = refused({"MODE": "production", "PUBLIC_URL": "http://127.0.0.1:8000", "PACE": "quick"})

    assert said.startswith("正式环境（MODE=production）不能启动：\n")
    for line in (
        "DATABASE_URL：缺少",
        "PUBLIC_URL：指向本机的沙箱，请换成正式地址",
        "PACE：不合要求（应为整数）",
        "TRUSTED_HOSTS：请列出允许的域名",
        "TEMPLATE_CASE：是沙箱的模板编号，请换成公众号的",
    ):
        assert line in said.splitlines()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("MODE", "holiday", "可选 development、production"),
        ("LOG_LEVEL", "LOUD", "可选 DEBUG、INFO、WARNING、ERROR、CRITICAL"),
        ("DATABASE_URL", "x", "应以 sqlite:/// 或 postgresql+psycopg:// 开头"),
        ("WECHAT_APPID", "", "至少 1 个字符"),
        ("PACE", "quick", "应为整数"),
        ("PACE", "9" * 5000, "数字太大"),
        ("PACE", "0", "不能小于 1"),
        ("ALERT_MAX_AGE_DAYS", "99999999999", "不能大于 36500"),
        ("WECHAT_TIMEOUT", "long", "应为数字"),
        ("WECHAT_TIMEOUT", "0", "应大于 0"),
        ("WECHAT_TIMEOUT", "inf", "不能大于 30"),
    ],
)
def test_a_reason_is_plain_chinese(refused, name, value, reason):
    assert refused(GOOD | {name: value}) == f"设置有误：\n{name}：不合要求（{reason}）"
