"""Every route of the console against every role, and nobody: exactly what the table says."""

import re
from pathlib import Path

import pytest

from core.staff.roles import Role, may
from messages.wording import console_zh
from tests.console.role_table import ALL, ANYBODY, ROUTES

PLACES = {"path": "console.css", "int": "999999999", "string": "x", "default": "x"}


def routes(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("console."):
            yield from (f"{method} {rule.rule}" for method in rule.methods - {"HEAD", "OPTIONS"})


def path_of(rule):
    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda at: PLACES[at[1] or "default"], rule)


def ask(browser, route, *, proof=None):
    method, _, rule = route.partition(" ")
    form = {"csrf": proof} if proof else {}
    answer = browser.open(
        path_of(rule), method=method, data=form if method == "POST" else None, buffered=True
    )
    answer.close()
    return answer


def is_in_the_way(answer):
    """Say what stopped a request: the way to the sign-in page, or a refusal of the guard."""
    if answer.status_code == 303 and "/console/sign-in" in answer.location:
        return "signed_out"
    code = re.search(
        r'data-code="(not_permitted|form_expired)"', answer.data.decode(errors="replace")
    )
    return code and code[1]


def test_the_table_names_every_route_and_no_other(app):
    assert set(routes(app)) == set(ROUTES)


def test_the_readme_names_every_role():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

    assert [role for role in Role if f"{console_zh.ROLES[role]} `{role}`" not in readme] == []


def test_every_view_is_guarded(app):
    unguarded = [
        name
        for name, view in app.view_functions.items()
        if name.startswith("console.") and not hasattr(view, "deeds")
    ]

    assert unguarded == ["console.static"]


@pytest.mark.parametrize("role", Role)
def test_a_role_may_open_what_the_table_says_and_nothing_else(enter, role):
    for route, deeds in ROUTES.items():
        browser = enter(role)
        wanted = deeds in {ALL, ANYBODY} or any(may({role}, deed) for deed in deeds)
        proof = None if route.startswith("GET") else browser.proof()
        if deeds == ANYBODY and proof:
            continue  # a form of somebody who is not signed in: tested with signing in

        answer = ask(browser, route, proof=proof)

        stopped = is_in_the_way(answer)
        if route.endswith("/sign-out"):  # here the sign-in page is where one wanted to go
            stopped = None if stopped == "signed_out" else stopped
        assert stopped == (None if wanted else "not_permitted"), route
        assert answer.status_code != 500, route


@pytest.mark.parametrize("role", Role)
def test_no_role_changes_anything_without_the_proof_of_its_form(enter, role):
    for route, deeds in ROUTES.items():
        if route.startswith("POST") and deeds != ANYBODY:
            wanted = deeds == ALL or any(may({role}, deed) for deed in deeds)

            answer = ask(enter(role), route)

            assert answer.status_code == 403, route
            assert is_in_the_way(answer) == ("form_expired" if wanted else "not_permitted"), route


def test_nobody_is_sent_to_the_sign_in_page(client):
    for route, deeds in ROUTES.items():
        stopped = is_in_the_way(ask(client, route))

        expected = None if route.startswith("GET") else "form_expired"
        assert stopped == (expected if deeds == ANYBODY else "signed_out"), route
