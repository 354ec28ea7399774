"""An operation that will go says so on every answer, refusals too."""

from datetime import date

from mobile_api.fields import Answer
from mobile_api.problems import DoorError
from mobile_api.resource import Resource
from mobile_api.retiring import retiring

from .conftest import World, create_app


class Nothing(Answer):
    """Nothing at all."""


def test_it_tells_since_when_until_when_and_what_comes_instead():
    old = Resource("old-things", description="旧的")

    @old.get("/<name>")
    @retiring(date(2026, 12, 1), until=date(2027, 6, 30), instead="/api/v1/things")
    @old.refuses("not_found")
    @old.response(200, Nothing)
    def show(name):
        if name == "gone":
            raise DoorError("not_found")
        return {}

    app = create_app(World())
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    api.register_blueprint(old)
    client = app.test_client()

    for name, status in (("here", 200), ("gone", 404)):
        reply = client.get(f"/api/v1/old-things/{name}")
        assert reply.status_code == status
        assert reply.headers["Deprecation"] == "@1796054400"  # midnight in Kunming
        assert reply.headers["Sunset"] == "Wed, 30 Jun 2027 15:59:59 GMT"
        assert reply.headers["Link"] == '</api/v1/things>; rel="successor-version"'
    assert api.spec._paths["/api/v1/old-things/{name}"]["get"]["deprecated"] is True
    assert "Deprecation" not in client.get("/api/v1/lists/none/records").headers
