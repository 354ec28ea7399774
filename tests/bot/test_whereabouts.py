"""A place that is sent is answered with its counter: by its address, else by where it lies."""

import pytest

OUTSIDE = "您的位置不在昆明市"
GUESS = "按您发的位置估计，您在{}附近"


def send(citizen, label="", at=("", "")):
    place = {"Location_X": at[0], "Location_Y": at[1], "Scale": "20", "Label": label}
    return citizen.push(citizen.message("location", **place))


@pytest.mark.parametrize(
    ("at", "district"),
    [
        (("24.8650", "102.8330"), "呈贡区"),
        (("26.0900", "103.1700"), "东川区"),
        (("24.8000", "103.3000"), "石林彝族自治县"),
        (("24.9100", "102.4700"), "安宁市"),
    ],
)
@pytest.mark.parametrize("label", ["", "位置信息", "云南师范大学"])
def test_a_place_without_an_address_is_guessed_by_where_it_lies(citizen, at, district, label):
    said = send(citizen, label, at)

    assert said.startswith(GUESS.format(district))
    assert f"{district}的线下办理" in said
    assert "发送区县名称" in said


def test_an_address_counts_more_than_the_nearest_seat(citizen):
    said = send(citizen, "云南省昆明市西山区团结街道", ("25.05", "102.70"))

    assert said.startswith("西山区的线下办理")


@pytest.mark.parametrize("at", [("25.04", "102.71"), ("", "")])
@pytest.mark.parametrize(
    ("label", "district"),
    [
        ("盘龙区家乐福超市", "盘龙区"),
        ("官渡区关上城市广场", "官渡区"),
        ("五华区篆新农贸市场", "五华区"),
        ("呈贡区大学城市民广场", "呈贡区"),
        ("安宁市连然菜市场", "安宁市"),
        ("云南省昆明市五华区篆新农贸市场", "五华区"),
    ],
)
def test_a_market_and_a_square_of_ours_are_no_other_city(citizen, label, district, at):
    assert send(citizen, label, at).startswith(f"{district}的线下办理")


@pytest.mark.parametrize("label", ["家乐福超市", "关上农贸市场"])
def test_a_shop_without_an_address_is_guessed_by_where_it_lies(citizen, label):
    assert send(citizen, label, ("25.0450", "102.7500")).startswith("按您发的位置估计")


def test_an_address_that_begins_with_a_district_of_ours_is_ours_where_the_place_is(citizen):
    label = "西山区广东省广州市商会"

    assert send(citizen, label, ("25.04", "102.66")).startswith("西山区的线下办理")
    assert send(citizen, label, ("23.13", "113.36")).startswith(OUTSIDE)


@pytest.mark.parametrize(
    ("label", "at"),
    [
        ("", ("23.134521", "113.358803")),
        ("广东省梅州市五华县", ("23.93", "115.77")),
        ("广东省梅州市五华县", ("", "")),
        ("云南省玉溪市澄江市凤麓街道", ("24.67", "102.91")),
        ("云南省楚雄彝族自治州禄丰市", ("25.15", "102.08")),
        ("玉溪市澄江市凤麓街道", ("24.67", "102.91")),
        ("安徽省宣城市宣州区", ("", "")),
        ("四川省成都市锦江区", ("", "")),
    ],
)
def test_a_place_outside_the_city_is_told_so(citizen, label, at):
    assert send(citizen, label, at).startswith(OUTSIDE)


@pytest.mark.parametrize(
    "at", [("", ""), ("north", "east"), ("0", "0"), ("nan", "102"), ("999", "0")]
)
def test_what_is_no_place_is_asked_about(citizen, at):
    assert send(citizen, "位置信息", at).startswith("请发送您在的县（市）区")


def test_a_department_whose_name_nobody_has_verified_is_not_named(citizen):
    for said in (citizen.say("五华区服务窗口"), send(citizen, "云南省昆明市五华区")):
        assert "五华区发展和改革局" not in said
        assert "当地发展改革部门" in said
