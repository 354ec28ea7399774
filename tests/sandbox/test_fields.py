"""A template field holds what its type allows."""

import pytest

from sandbox.fields import fits

GOOD = {
    "thing1": ["一" * 20, "a b，c"],
    "number2": ["0123456789", "3.5"],
    "letter3": ["abcXYZ"],
    "symbol4": ["#!?"],
    "character_string5": ["KM-2026/0001"],
    "time6": [
        "15:01",
        "2026年3月1日",
        "2026-03-01 15:01:02",
        "9:00~17:30",
        "2026年3月1日~2026年3月5日",
    ],
    "date7": ["2026年3月1日", "2026-03-01", "2024-02-29 08:00"],
    "amount8": ["¥39.80", "100元"],
    "phone_number9": ["+86-0871-1234"],
    "car_number10": ["云A12345"],
    "name11": ["张三", "Zhang San"],
    "phrase12": ["已受理"],
    "const13": ["红"],
    "keyword1": ["随便什么"],
}
BAD = {
    "thing1": ["", "一" * 21, None, 7],
    "number2": ["1a", "9" * 33, ""],
    "letter3": ["a1", "a" * 33],
    "symbol4": ["a", "######"],
    "character_string5": ["汉字", "x" * 33, "a b"],
    "time6": ["25:00", "2026-02-30", "tomorrow", "1:00~2:00~3:00"],
    "date7": ["2023-02-29", "15:01", "2026年3月1日 下午"],
    "amount8": ["many", "12345678901"],
    "phone_number9": ["1" * 18, "call me"],
    "car_number10": ["云A12345678"],
    "name11": ["一二三四五六七八九十一", "x" * 21],
    "phrase12": ["已受理了呢好", "ok", "已受理!"],
    "const13": [""],
    "keyword1": [""],
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in GOOD.items() for v in vs])
def test_what_the_type_allows_fits(name, value):
    assert fits(name, value)


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in BAD.items() for v in vs])
def test_what_the_type_forbids_does_not_fit(name, value):
    assert not fits(name, value)


def test_the_answer_names_the_field_that_does_not_fit(desk):
    desk.follow("oA")
    data = {
        "thing1": {"value": "异议申请"},
        "character_string2": {"value": "YY2026-0001"},
        "phrase3": {"value": "已受理啦啦啦"},
        "time4": {"value": "2026-03-01 09:30"},
    }
    answer = desk.send(template="credit-case", data=data)
    assert answer["errcode"] == 47003
    assert answer["errmsg"].startswith("argument invalid! data.phrase3.value invalid")
