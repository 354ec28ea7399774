"""The comparison for the API: a flask-smorest endpoint that gives the same bytes from memory."""

import json
import os
from pathlib import Path

from flask import Flask, Response, request
from flask_smorest import Api, Blueprint


def create():
    """Build it; BENCH_ANSWERS names a file of targets and what ours answers to each."""
    given = json.loads(Path(os.environ["BENCH_ANSWERS"]).read_text(encoding="utf-8"))
    held = {target: body.encode() for target, body in given.items()}
    app = Flask(__name__)
    app.config.update(API_TITLE="bare", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    blueprint = Blueprint("bare", __name__, url_prefix="/api/v1")

    @blueprint.get("/<path:rest>")
    def answer(rest):
        return Response(held[request.full_path.rstrip("?")], mimetype="application/json")

    @app.get("/healthz")
    def up():
        return "up"

    Api(app).register_blueprint(blueprint)
    return app
