"""Two doors: no citizen's token opens a page of the staff, no session of the staff the API."""

import re

import pytest

import mobile_api
from core import accounts, realname, sessions
from core.calendar import day
from core.db import Writing
from core.lives import Lives
from core.realname import Verified
from core.sign_ins import Device, Platform
from core.staff.roles import Role
from tests.console.conftest import NOW, build, let_in
from tests.console.role_table import ANYBODY, ROUTES
from tests.console.test_roles import ask, is_in_the_way, routes
from tests.mobile_api.access_table import EXPECTED
from tests.mobile_api.conftest import CURSOR_KEY, NOBODY, RULES, USCC

SENT_ANYWHERE = ("Bearer {}", "Basic {}", "Token {}")


@pytest.fixture
def app(parts, world):
    """An application with both doors, as in the city."""
    app = build(parts)
    given = mobile_api.Parts(
        *(lambda: world.now, NOBODY, CURSOR_KEY, RULES),
        vault=parts.vault,
        wechat=lambda _code: "nobody",
    )
    mobile_api.register(app, given)
    return app


@pytest.fixture
def token(database):
    """The access token of a citizen who is verified, represents an entity and is fresh."""
    with Writing() as session:
        account = accounts.open_one(session, now=NOW)
        who = Verified("https://identity.example", "somebody", None, USCC, day(NOW))
        realname.bind(session, account, who, now=NOW)
        phone = Device("phone", Platform.IOS, "iPhone")
        tokens = sessions.begin(session, account, phone, lives=Lives(), now=NOW)
        sessions.freshen(session, tokens.sign_in_id, now=NOW)
    return tokens.access


def test_no_citizens_token_opens_a_route_of_the_console(app, client, token, redis):
    me = client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert (me.status_code, me.json["organisation"]) == (200, USCC)
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    for name in ("console", "session", "token"):
        client.set_cookie(name, token)

    walked = set(routes(app))
    for route in walked:
        if ROUTES[route] != ANYBODY:
            assert is_in_the_way(ask(client, route)) == "signed_out", route

    assert walked == set(ROUTES)


def api_routes(app):
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/"):
            yield from (f"{method} {rule.rule}" for method in rule.methods - {"HEAD", "OPTIONS"})


def test_no_session_of_the_staff_opens_a_route_of_the_api(app, redis, hire, world):
    browser = let_in(app, redis, hire(*Role), world.now)
    assert browser.get("/console/").status_code == 200
    session = browser.get_cookie("console").value
    closed = {route for route, row in EXPECTED.items() if row[2] == 401}
    assert closed < set(api_routes(app))

    for route in closed:
        method, _, rule = route.partition(" ")
        form = None if method == "GET" else {"refresh_token": session}
        for scheme in SENT_ANYWHERE:
            sent = {"Authorization": scheme.format(session), "X-Api-Key": session}
            reply = browser.open(
                re.sub("<[^>]*>", "x", rule), method=method, json=form, headers=sent
            )
            assert reply.status_code == 401, route
