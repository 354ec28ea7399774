"""What app.yaml may say, and how it is told what is wrong with it."""

import pytest
import yaml

from config import editions
from config.rulebook import RulebookError
from mobile_api.editions import Platform, order

EDITION = {"minimum": "1.9", "latest": "1.10.2", "store": "https://store.example/app"}
NOTICE = {
    "begins": "2026-12-06T00:00:00+08:00",
    "ends": "2026-12-06T04:00:00+08:00",
    "zh": "维护",
    "en": "Maintenance",
}


@pytest.fixture
def load(tmp_path):
    def load(edition=EDITION, notice=NOTICE, **others):
        platforms = dict.fromkeys(map(str, Platform), edition)
        given = {"platforms": platforms, "maintenance": [notice]} | others
        (tmp_path / "app.yaml").write_text(yaml.safe_dump(given), encoding="utf-8")
        return editions.load(tmp_path)

    return load


def test_what_we_ship_is_sound():
    app = editions.load()

    assert set(app.platforms) == set(Platform)


def test_versions_are_compared_by_their_numbers(load):
    app = load()

    assert order(app.platforms[Platform.IOS].minimum) < order(app.platforms[Platform.IOS].latest)
    assert order("1.10") == order("1.10.0") > order("1.9.99")
    assert app.maintenance[0].ends.utcoffset().total_seconds() == 8 * 3600


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"edition": EDITION | {"minimum": "2"}}, "platforms.ios: minimum: is newer than latest"),
        ({"edition": EDITION | {"latest": "new"}}, "should be versions like 1.4.0"),
        ({"edition": EDITION | {"store": "http://store.example"}}, "store: should be an https"),
        ({"edition": {"minimum": "1"}}, "latest: Field required"),
        ({"platforms": {"ios": EDITION}}, "platforms: harmony is missing"),
        ({"platforms": {"windows": EDITION}}, "app.yaml: platforms.windows"),
        ({"notice": NOTICE | {"ends": NOTICE["begins"]}}, "maintenance.0: ends: is not after"),
        ({"notice": NOTICE | {"ends": "2026-12-07T00:00:00"}}, "should have a time zone"),
        ({"notice": NOTICE | {"en": " "}}, "zh, en: must not be empty"),
    ],
)
def test_each_fault_is_named(load, changed, fault):
    with pytest.raises(RulebookError, match=fault):
        load(**changed)
