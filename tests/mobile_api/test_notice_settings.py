"""How I want to be told, from the app: read whole, replaced whole, by who saw what there is."""

import pytest

URL = "/api/v1/me/notice-settings"


def read(client, who):
    answer = client.get(URL, headers=who)
    return answer.json, {**who, "If-Match": answer.headers["ETag"]}


def of(answer, kind):
    return next(one for one in answer["kinds"] if one["kind"] == kind)


def test_who_has_said_nothing_reads_what_holds(client, citizen):
    held, _ = read(client, citizen)

    assert (held["quiet_from"], held["daily_most"], held["digest"]) == (None, None, False)
    assert held["language_label"] == "中文"
    assert of(held, "case") == {
        "kind": "case",
        "kind_label": "我的办件",
        "mandatory": True,
        "inbox": True,
        "wechat": True,
        "push": True,
        "sms": False,
    }
    assert of(held, "campaign")["sms"] is None


def test_what_was_read_can_be_sent_back_changed(client, citizen, sign_in):
    _, seen = read(client, citizen)
    wanted = {
        "language": "en",
        "quiet_from": "22:30",
        "quiet_until": "07:00",
        "daily_most": 3,
        "digest": True,
        "kinds": [
            {"kind": "alert", "wechat": False, "push": True, "sms": True},
            {"kind": "campaign", "sms": None},
        ],
    }

    answer = client.put(URL, json=wanted, headers=seen)

    assert answer.status_code == 200
    held, _ = read(client, citizen)
    assert {name: held[name] for name in wanted if name != "kinds"} == {
        name: value for name, value in wanted.items() if name != "kinds"
    }
    assert (of(held, "alert")["wechat"], of(held, "alert")["sms"]) == (False, True)
    assert of(held, "case")["wechat"] is True
    assert read(client, sign_in())[0]["digest"] is False


def test_who_saw_an_older_version_changes_nothing(client, citizen):
    _, seen = read(client, citizen)
    assert client.put(URL, json={"digest": True}, headers=seen).status_code == 200

    late = client.put(URL, json={"digest": False}, headers=seen)
    blind = client.put(URL, json={"digest": False}, headers=citizen)

    assert (late.status_code, blind.status_code) == (412, 428)
    assert read(client, citizen)[0]["digest"] is True


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"quiet_from": "22:00"}, "quiet_hours_half"),
        ({"quiet_from": "24:00", "quiet_until": "07:00"}, "invalid_request"),
        ({"daily_most": 0}, "invalid_request"),
        ({"kinds": [{"kind": "case"}, {"kind": "case"}]}, "kind_twice"),
        ({"kinds": [{"kind": "case", "sms": 0}]}, "invalid_request"),
        ({"digest": "yes"}, "invalid_request"),
        ({"kinds": [{"kind": "gossip"}]}, "invalid_request"),
        ({"kinds": [{"kind": "campaign", "sms": True}]}, "sms_not_offered"),
    ],
)
def test_what_cannot_be_said_is_refused(client, citizen, wanted, code):
    _, seen = read(client, citizen)

    answer = client.put(URL, json=wanted, headers=seen)

    status = 422 if code == "invalid_request" else 409
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_leaving_campaigns_in_one_tap_shows_here(client, citizen):
    client.delete("/api/v1/me/follows/campaigns", headers=citizen)

    held, _ = read(client, citizen)

    assert (of(held, "campaign")["wechat"], of(held, "campaign")["push"]) == (False, False)
