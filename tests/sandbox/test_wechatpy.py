"""Unmodified wechatpy talks to the sandbox; only the address is another."""

import pytest
import requests
from requests.adapters import HTTPAdapter
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException


class Redirected(HTTPAdapter):
    """Sends what is meant for WeChat to the sandbox."""

    def __init__(self, url):
        super().__init__()
        self.url = url

    def send(self, request, **options):
        request.url = request.url.replace("https://api.weixin.qq.com", self.url)
        return super().send(request, **options)


@pytest.fixture
def client(running):
    options = running.world.options
    client = WeChatClient(options.appid, options.secret)
    client._http.close()
    client._http = requests.Session()
    client._http.mount("https://", Redirected(running.url))
    yield client
    client._http.close()


@pytest.fixture
def follower(running):
    requests.post(f"{running.url}/_control/followers", json={"openids": ["oA"]}, timeout=30)
    return "oA"


def test_it_fetches_a_token(client):
    assert client.fetch_access_token()["expires_in"] == 7200


def test_it_sends_a_template_message(client, follower, running):
    values = {"thing1": "甲", "time2": "2026-03-01", "thing3": "乙"}
    data = {name: {"value": value} for name, value in values.items()}
    answer = client.message.send_template(follower, "credit-alert", data, url="http://127.0.0.1/")
    assert answer["errcode"] == 0
    assert running.world.journal.counts()["by_openid"] == {"oA": 1}


def test_it_sends_customer_service_messages(client, follower, running):
    say = {"openid": "oA", "text": "你好"}
    requests.post(f"{running.url}/_control/say", json=say, timeout=30)
    client.message.send_text(follower, "你好")
    client.message.send_articles(
        follower, [{"title": "题", "description": "说明", "url": "http://127.0.0.1/", "image": ""}]
    )
    kinds = [entry["kind"] for entry in running.world.citizens.known("oA").chat]
    assert kinds == ["text", "text", "news"]


def test_it_reads_errors(client):
    with pytest.raises(WeChatClientException) as refused:
        client.message.send_text("oStranger", "你好")
    assert refused.value.errcode == 40003


def test_it_keeps_the_menu(client):
    menu = {"button": [{"type": "click", "name": "查信用", "key": "query"}]}
    assert client.menu.get() is None
    client.menu.create(menu)
    assert client.menu.get()["menu"] == menu
    client.menu.delete()
    assert client.menu.get() is None


def test_it_reads_followers(client, follower):
    assert list(client.user.iter_followers()) == [follower]
    assert client.user.get(follower)["subscribe"] == 1
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]


def test_it_recovers_from_a_stolen_token(client, follower, running):
    client.fetch_access_token()
    requests.post(f"{running.url}/_control/token/steal", json={"pool": "legacy"}, timeout=30)
    assert client.user.get(follower)["subscribe"] == 1
