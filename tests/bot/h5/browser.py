"""A phone's browser without JavaScript: keeps cookies, follows redirects, fills in forms."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import requests


class Reading(HTMLParser):
    """What a page says: its forms with their fields, its links, its text."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.links, self.texts = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag == "form":
            self.forms.append({"action": held.get("action"), "fields": {}, "named": set()})
        if tag == "a":
            self.links.append(held.get("href"))
        if tag in {"input", "textarea", "select", "button"} and self.forms and held.get("name"):
            form = self.forms[-1]
            form["named"].add(held["name"])
            if held.get("type") == "hidden":
                form["fields"][held["name"]] = held.get("value", "")

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.texts))


class Browser:
    """One phone: our pages by the application's client, the sandbox's over HTTP."""

    def __init__(self, app, sandbox, citizen="zhangsan"):
        self.client = app.test_client()
        self.base = "http://127.0.0.1:8000"
        self.sandbox, self.citizen = sandbox, citizen
        self.organisation, self.place, self.reply = "", None, None

    def open(self, place, **options):
        """Open a page; follow wherever it leads, the sandbox's screens included."""
        return self._arrived(self.client.get(place, base_url=self.base, **options), place)

    def send(self, action, form=None, *, page=None, **options):
        """Send the form of the page in hand whose action ends like this."""
        form_there = self.form(action)
        place = form_there["action"] or page or self.place
        data = form_there["fields"] | (form or {})
        reply = self.client.post(place, base_url=self.base, data=data, **options)
        return self._arrived(reply, place)

    def form(self, action):
        forms = Reading(self.reply.text).forms
        return next(one for one in forms if (one["action"] or self.place).endswith(action))

    @property
    def page(self):
        return Reading(self.reply.text)

    def cookie(self, name):
        return self.client.get_cookie(name, domain="127.0.0.1")

    def sign_in(self):
        """Sign in, agreeing to the policies the first time."""
        self.open("/h5/me")
        if self.place == "/h5/consent":
            self.send("/consent", {"agree": "yes"})
        assert self.place == "/h5/me", (self.place, self.reply.text)
        return self

    def prove(self, organisation="", then="/h5/me"):
        """Prove at the identity provider who one is."""
        self.open(f"/h5/identity?next={then}")
        self.organisation = organisation
        self.send("/identity")
        assert self.reply.status_code == 200, self.reply.text
        return self

    def _arrived(self, reply, place, steps=8):
        self.place = urlsplit(place).path
        self.reply = reply
        while reply.status_code in {301, 302, 303} and steps:
            place, steps = reply.headers["Location"], steps - 1
            if place.startswith(self.sandbox.url):
                place = self._asked(place)
            self.place = urlsplit(place).path
            reply = self.reply = self.client.get(place, base_url=self.base)
        return reply

    def _asked(self, place):
        form = {"citizen": self.citizen, "organisation": self.organisation, "confirm": "yes"}
        reply = requests.post(place, data=form, allow_redirects=False, timeout=10)
        assert reply.status_code in {302, 303}, reply.text
        return reply.headers["Location"]
