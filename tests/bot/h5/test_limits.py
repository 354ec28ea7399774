"""How often the pages may be asked for: counted in a real Valkey, refused with a way to go on."""

import pytest
from limits import parse

from bot import limits
from bot.limits import Budget
from config.web import Ground, create_app
from tests.bot.h5.scene import USCC

CODE = "7KQ2-M9XD-4TBV-W8RE"


@pytest.fixture
def standing(settings, database, redis):
    """One of its own for each test: what was counted is paid for in advance, and remembered."""
    return create_app(settings, Ground(database.engine, redis))


@pytest.fixture
def budget(monkeypatch):
    """Make a budget smaller."""

    def budget(what, **amounts):
        smaller = {per: parse(amount) for per, amount in amounts.items()}
        monkeypatch.setitem(limits.BUDGETS, what, smaller)

    return budget


def _statuses(phone, times, place, **options):
    reply = [phone.client.get(place, base_url=phone.base, **options) for _ in range(times)]
    return [one.status_code for one in reply]


def _refused(phone, said="操作得太多"):
    assert phone.reply.status_code == 429
    assert 1 <= int(phone.reply.headers["Retry-After"]) <= 60
    assert said in phone.page.text


def test_who_guesses_codes_is_stopped_and_told_when_to_come_back(browse, budget):
    budget(Budget.CODE, address="2/minute")
    phone = browse()

    for _ in range(2):
        phone.open("/h5/progress")
        phone.send("/progress", {"code": CODE})
        assert phone.reply.status_code == 404
    phone.open("/h5/progress")
    phone.send("/progress", {"code": CODE})

    _refused(phone)
    assert "几秒以后可以再试" in phone.page.text
    for form in ("/share", "/messages"):  # one budget for all that is asked by a code
        phone.open(f"/h5{form}")
        phone.send(form, {"code": CODE, "text": CODE})
        _refused(phone)


def test_what_was_typed_stays_on_the_page_and_is_sent_again(browse, budget):
    budget(Budget.CODE, address="1/minute")
    phone = browse()
    phone.open("/h5/messages")
    phone.send("/messages", {"text": "<b>请缴费</b>"})
    phone.open("/h5/messages")
    phone.send("/messages", {"text": "<b>请缴费</b>"})
    _refused(phone)
    assert "<b>请" not in phone.reply.text

    budget(Budget.CODE, address="9/minute")
    phone.send("/messages")

    assert phone.reply.status_code == 200
    assert "没有找到" in phone.page.text


def test_searching_is_counted_for_each_browser_and_for_an_address(browse, budget):
    budget(Budget.SEARCH, browser="2/minute", address="5/minute")
    one, other, third = browse(), browse("lisi"), browse("lisi")
    for phone in (one, other):
        phone.open("/h5/")

    place = "/h5/search?q=示例"
    assert _statuses(one, 3, place) == [200, 200, 429]
    assert _statuses(other, 1, place) == [200]
    assert _statuses(third, 2, place) == [200, 429]  # without a cookie the address still counts
    elsewhere = {"REMOTE_ADDR": "198.51.100.9"}
    assert _statuses(third, 1, place, environ_overrides=elsewhere) == [200]


def test_signing_in_is_counted(browse, budget):
    budget(Budget.SIGN_IN, address="2/minute")
    phone = browse()

    assert _statuses(phone, 3, "/h5/sign-in") == [303, 303, 429]


def test_forms_are_counted_for_each_account_in_all_its_browsers(scene, budget):
    scene.entity()
    phone, again, other = scene.phone(), scene.browse().sign_in(), scene.phone("lisi")
    budget(Budget.WRITE, account="1/minute")
    for each in (phone, again, other):
        each.open(f"/h5/entities/{USCC}")
    phone.send(f"/follows/entities/{USCC}", {"follow": "yes"})
    assert phone.reply.status_code == 200

    again.send(f"/follows/entities/{USCC}", {"follow": "no"})
    other.send(f"/follows/entities/{USCC}", {"follow": "yes"})

    _refused(again)
    assert other.reply.status_code == 200


def test_every_page_is_counted_in_the_readers_language(browse, budget):
    phone = browse()
    phone.open("/h5/?language=en")
    budget(Budget.PAGE, address="1/minute")

    phone.open("/h5/rules")
    phone.open("/h5/rules")

    _refused(phone, "short time")


def test_verifying_a_paper_by_its_code_is_counted(browse, budget):
    budget(Budget.CODE, address="2/minute")
    phone = browse()

    place = "/wechat/reports/20261126000000ABCDEFGH/7KQ2M9XD"
    assert _statuses(phone, 3, place) == [404, 404, 429]
    phone.open(place)
    _refused(phone)
    assert "short time" in phone.page.text
    assert _statuses(phone, 1, "/wechat/certificates") == [200]


def test_redis_keeps_nobodys_address(browse, redis):
    phone = browse()
    phone.open("/h5/")

    held = b" ".join(redis.keys("*"))

    assert b"h5:page" in held
    assert b"127.0.0.1" not in held
