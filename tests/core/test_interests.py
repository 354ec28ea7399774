"""Interests: what an account says of itself is kept, joined, exported and forgotten."""

from core import export, interests, leaving
from core.db import Reading, Writing
from core.interests import Interests, Setting
from tests.core.given import NOW, account
from tests.core.given_links import merge
from tests.core.test_preferences import VAULT

SCHOOLS, FAMILIES = Setting.SCHOOLS, Setting.FAMILIES


def said(one, *settings, places=()):
    with Writing() as session:
        interests.change(session, one, Interests(settings, places))


def held(one):
    with Reading() as session:
        return interests.of_account(session, one)


def test_what_is_said_later_replaces_what_was_said(database):
    one, other = account(), account()
    said(one, SCHOOLS, SCHOOLS, places=("530102",))
    said(other, FAMILIES)
    said(one, FAMILIES, places=("高新区", "530103"))

    assert held(one) == Interests((FAMILIES,), ("530103", "高新区"))
    said(one)
    assert held(one) == Interests()
    assert held(other) == Interests((FAMILIES,))


def test_of_two_that_become_one_both_are_kept(database):
    app, wechat = account(), account()
    said(app, SCHOOLS, places=("530102",))
    said(wechat, SCHOOLS, FAMILIES)

    merge(wechat, app)

    assert held(app) == Interests((FAMILIES, SCHOOLS), ("530102",))


def test_what_was_said_is_exported_and_forgotten_with_the_account(database):
    one = account()
    said(one, SCHOOLS, places=("530102",))

    with Writing() as session:
        told = export.of_account(session, VAULT, one, now=NOW)["interests"]
        leaving.leave(session, one, now=NOW)

    assert told == {"settings": ["schools"], "places": ["530102"]}
    assert held(one) == Interests()
