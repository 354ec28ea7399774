"""The sandbox as one Flask application."""

from flask import Flask

from sandbox import api, control, identity, jpush, open_platform, phone, texts, visiting
from sandbox.options import Options
from sandbox.world import World


def create_sandbox(options: Options | None = None) -> Flask:
    """Put the sandbox together; its state is `app.extensions["world"]`."""
    world = World(options or Options())
    app = Flask(__name__, template_folder="pages")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["world"] = world
    app.register_blueprint(api.blueprint(world))
    app.register_blueprint(control.blueprint(world))
    app.register_blueprint(identity.blueprint(world))
    app.register_blueprint(jpush.blueprint(world))
    app.register_blueprint(texts.blueprint(world))
    app.register_blueprint(open_platform.blueprint(world))
    app.register_blueprint(visiting.blueprint(world))
    app.register_blueprint(phone.blueprint(world))
    return app
