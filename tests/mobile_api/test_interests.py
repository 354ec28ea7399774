"""What I say of myself, so that campaigns for my setting and my places reach me."""

import pytest

URL = "/api/v1/me/interests"


def test_what_is_said_replaces_what_was_said(client, citizen):
    assert client.get(URL, headers=citizen).json["settings"] == []
    said = {"settings": ["schools", "families"], "places": ["530102"]}
    answer = client.put(URL, json=said, headers=citizen).json
    assert [(one["code"], one["label"]) for one in answer["settings"]] == [
        ("families", "家庭"),
        ("schools", "学校"),
    ]
    assert answer["places"] == ["530102"]

    client.put(URL, json={"places": ["530103", "530103"]}, headers=citizen)
    held = client.get(URL, headers=citizen).json
    assert (held["settings"], held["places"]) == ([], ["530103"])


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"settings": ["moon"]}, (422, "invalid_request")),
        ({"places": ["火星"]}, (409, "place_unknown")),
        ({"x": 1}, (422, "invalid_request")),
    ],
)
def test_what_there_is_not_is_refused(client, citizen, wrong, refused):
    answer = client.put(URL, json=wrong, headers=citizen)

    assert (answer.status_code, answer.json["code"]) == refused
