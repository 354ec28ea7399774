"""No page of a citizen escapes the walk that looks at each in a browser."""

import pytest

from tests.browser import places

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_every_page_is_walked(app):
    served = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/h5", "/wechat")) and "GET" in rule.methods
    }
    walked = places.PUBLIC | places.OWN | places.PROBLEMS

    assert served - places.UNSEEN == set(walked)
