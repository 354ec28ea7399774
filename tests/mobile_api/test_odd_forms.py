"""Forms that no browser sends are refused, and nothing breaks."""


def test_a_form_with_a_part_that_bears_no_name_is_refused(client, citizen):
    part = "--b\r\nContent-Disposition: form-data{}\r\n\r\n1\r\n"
    body = part.format('; name="x"') + part.format("") + "--b--\r\n"
    headers = citizen | {"Content-Type": "multipart/form-data; boundary=b"}

    reply = client.post("/api/v1/evidence", data=body.encode(), headers=headers)

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_request")
