"""Walking to the sandbox's identity provider and back, as the browser of a telephone does."""

from urllib.parse import parse_qsl, urlsplit

import requests

WAY = "/api/v1/me/verification"


class Walk:
    """Somebody with a telephone: begins in the app, goes to the provider, comes back."""

    def __init__(self, client, sandbox):
        self.client, self.sandbox = client, sandbox

    def begin(self, headers, purpose="verify"):
        return self.client.post(WAY, json={"purpose": purpose}, headers=headers)

    def go(self, url, citizen="zhangsan", organisation="", until=""):
        """Choose a citizen at the provider; return what the address has that leads back."""
        acts_for = {"organisation": organisation, "until": until}
        form = {"citizen": citizen, "confirm": "yes"} | acts_for
        reply = requests.post(url, data=form, allow_redirects=False, timeout=10)
        assert reply.status_code == 303, reply.text
        return dict(parse_qsl(urlsplit(reply.headers["Location"]).query))

    def complete(self, headers, answer):
        return self.client.post(f"{WAY}/complete", json=answer, headers=headers)

    def to_the_door(self, headers, purpose="verify", **chosen):
        """Walk as far as the answer that the app hands in."""
        begun = self.begin(headers, purpose)
        assert begun.status_code == 201, begun.text
        return self.go(begun.json["authorization_url"], **chosen)

    def whole(self, headers, purpose="verify", **chosen):
        """Walk the whole way; return the last reply."""
        return self.complete(headers, self.to_the_door(headers, purpose, **chosen))

    def order(self, what="faults", **order):
        requests.post(f"{self.sandbox.url}/_control/{what}", json=order, timeout=10)

    def ordered(self):
        return requests.get(f"{self.sandbox.url}/_control/faults", timeout=10).json()["faults"]
