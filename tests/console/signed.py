"""Signing in as a browser does, and looking at what it got."""

import re

PLACE = "/console/sign-in"


def proof_of(client):
    return re.search(r'name="csrf" value="([^"]+)"', client.get(PLACE).text)[1]


def sign_in(client, who, **changed):
    form = {"login": who.login, "password": who.password, "code": who.code()}
    return client.post(PLACE, data=form | {"csrf": proof_of(client)} | changed)


def cookie(answer, name="console"):
    found = [held for held in answer.headers.getlist("Set-Cookie") if held.startswith(f"{name}=")]
    return found[0] if found else None


def token_of(answer):
    return cookie(answer).partition("=")[2].partition(";")[0]


def is_in(client):
    status = client.get("/console/").status_code
    assert status in {200, 303}
    return status == 200
