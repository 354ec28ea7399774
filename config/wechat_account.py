"""The official account's client for what is done now and then: menu, codes, followers, tags."""

from redis import Redis

from config.settings import Settings
from messages.wechat.client import CreditWeChat
from messages.wechat.tokens import Credentials, Tokens
from messages.wechat.wire import Wire


def client(settings: Settings, redis: Redis) -> CreditWeChat:
    """Build the client from the settings."""
    who = Credentials(settings.wechat_appid, settings.wechat_secret.get_secret_value())
    wire = Wire(settings.wechat_api, timeout=(3.05, settings.wechat_timeout))
    return CreditWeChat(who, wire, Tokens(redis, wire, who))
