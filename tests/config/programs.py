"""What programs of ours are started with in a test."""

import os

from config.settings import ROOT
from core import db
from sandbox.options import Options

GOOD = {
    "DATABASE_URL": "sqlite:///var/none.db",
    "REDIS_URL": "redis://127.0.0.1:6379",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "WECHAT_APPID": Options().appid,
    "WECHAT_SECRET": Options().secret,
    "WECHAT_TOKEN": Options().token,
    "WECHAT_AES_KEY": Options().aes_key,
    "WECHAT_OPEN_APPID": Options().open_appid,
    "WECHAT_OPEN_SECRET": Options().open_secret,
    "SMS_API": "http://127.0.0.1:8001/sms",
    "SMS_KEY": Options().sms_key,
    "IDENTITY_ISSUER": "http://127.0.0.1:8001/identity",
    "LINK_KEY": "a key for links that nobody guesses",
    "AUDIT_KEY": "a key for seals that nobody guesses",
    "PERSON_KEYS": "k1:a key for persons that nobody guesses",
    "PERSON_HASH_KEYS": "a key for hashes that nobody guesses",
}
CITY = {
    "MODE": "production",
    "DATABASE_URL": "postgresql+psycopg://xinyong:password@db/xinyong",
    "PUBLIC_URL": "https://credit.km.gov.cn",
    "SMS_API": "https://sms.example.cn",
    "IDENTITY_ISSUER": "https://id.km.gov.cn",
    "IDENTITY_CLIENT_ID": "credit-kunming",
    "TRUSTED_HOSTS": "credit.km.gov.cn",
    "PROXIES": "1",
    "TEMPLATE_ALERT": "OPENTM-alert",
    "TEMPLATE_CAMPAIGN": "OPENTM-campaign",
    "TEMPLATE_CASE": "OPENTM-case",
}


def environ(database_url, redis_url, sandbox_url):
    """Return the settings of a desk with these three behind it."""
    return GOOD | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "WECHAT_API": sandbox_url,
        "SMS_API": f"{sandbox_url}/sms",
        "IDENTITY_ISSUER": f"{sandbox_url}/identity",
    }


def surroundings(settings):
    """Return the whole environment of a child process."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PACE", "MODE"}}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | settings


def let_go(database):
    """Close what a program bound core to, and bind it to the test's own engine again."""
    for made in (db._writing, db._reading):
        if made.kw["bind"].pool is not database.engine.pool:
            made.kw["bind"].dispose()
    db.bind(database.engine)
