"""What hardly anybody sends, and what chance makes: nothing breaks."""

import pytest

from core import identifiers

BY_CHANCE = "18895124-5870-4097-867d-b2e16e13b58a"


def test_a_form_with_a_part_that_bears_no_name_is_refused(client, citizen):
    part = "--b\r\nContent-Disposition: form-data{}\r\n\r\n1\r\n"
    body = part.format('; name="x"') + part.format("") + "--b--\r\n"
    headers = citizen | {"Content-Type": "multipart/form-data; boundary=b"}

    reply = client.post("/api/v1/evidence", data=body.encode(), headers=headers)

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("key", [BY_CHANCE, BY_CHANCE.replace("-", ""), BY_CHANCE.upper()])
def test_a_random_key_may_look_like_a_citizens_number(client, representative, record, key):
    form = {"record_id": str(record.id), "grounds": ["wrong"], "statement": "金额有误"}
    headers = representative | {"Idempotency-Key": key, "X-Request-Id": key}

    reply = client.post("/api/v1/objections", json=form, headers=headers)

    assert identifiers.holds_citizen_id(key)
    assert (reply.status_code, reply.headers["X-Request-Id"]) == (201, key)
