"""Home: the first page, and what is one's own (我的)."""

from flask import Blueprint, Response

from bot.h5 import asking, guard, shown
from bot.h5.asking import Caller
from core import inbox, realname
from core.consents import Document
from core.db import Reading
from messages import policies
from messages.articles import html


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""

    @blueprint.get("/")
    @guard.anyone()
    def home() -> Response:
        return shown.show("home.html")

    @blueprint.get("/me")
    @guard.citizen()
    def me(who: Caller) -> Response:
        with Reading() as session:
            held = realname.of_account(session, who.account_id)
            unread = inbox.unread(session, who.account_id)
        return shown.show("me.html", held=held, acts_for=who.organisation, unread=unread)

    @blueprint.get("/policies/<any(privacy,terms):name>")
    @guard.anyone()
    def policy(name: str) -> Response:
        text = policies.read(Document(name), asking.current().language)
        _, _, body = text.text.partition("\n")  # its first line is the title
        return shown.show("text.html", title=text.title, body=html(body))
