"""One HTTP request, each over a new connection: a kept one may just be closing."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from sandbox.errors import Json

AGENT = "Mozilla/4.0"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Letter:
    """What is posted."""

    url: str
    query: Json
    body: bytes
    content_type: str

    def post(self, timeout: float) -> Answer:
        """Post the letter; no step of it may take longer than the limit."""
        parts = urlsplit(self.url)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=timeout)
        named = urlencode({key: value for key, value in self.query.items() if value is not None})
        query = "&".join(filter(None, (parts.query, named)))
        headers = {"Content-Type": self.content_type, "User-Agent": AGENT, "Connection": "close"}
        try:
            connection.request("POST", f"{parts.path or '/'}?{query}", self.body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
        finally:
            connection.close()
