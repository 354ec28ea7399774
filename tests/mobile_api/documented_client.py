"""A client that knows the document, and what holds for every answer."""

import re
import uuid

from flask.testing import FlaskClient


class DocumentedClient(FlaskClient):
    """A client to which every answer that the document does not know is a fault."""

    keyed = True

    def open(self, *args, **kwargs):
        if self.keyed and kwargs.get("method") == "POST":
            key = {"Idempotency-Key": uuid.uuid4().hex}  # each submission is one of its own
            kwargs["headers"] = key | dict(kwargs.get("headers") or {})
        response = super().open(*args, buffered=True, **kwargs)
        operation = _operation(self.application, response.request)
        if operation is not None:
            assert str(response.status_code) in operation["responses"], response.text
            _mind_manners(response)
        return response


def _mind_manners(response):
    """What holds for every answer, whatever is tested."""
    assert response.headers["X-Request-Id"]
    if response.status_code >= 400:
        assert response.mimetype == "application/problem+json"
    if (response.mimetype or "").endswith("json"):
        for moment in re.findall(r'"\d{4}-\d\d-\d\dT[^"]*"', response.text):
            assert moment.endswith('+08:00"'), moment


def _operation(app, request):
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    adapter = app.url_map.bind("localhost")
    if not adapter.test(request.path, request.method):
        return None
    rule, _ = adapter.match(request.path, request.method, return_rule=True)
    path = rule.rule.replace("<", "{").replace(">", "}")
    return api.spec._paths.get(path, {}).get(request.method.lower())
