"""The page that the identity provider's answer leads to where no app has taken it over."""

import json

from flask import Blueprint, Response, make_response, render_template, request

from mobile_api import gate, words

PATH = "/verification/return"
_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def create_blueprint(*, on_desk: bool) -> Blueprint:
    """Build the page. Only on a desk it shows what the app would hand in."""
    blueprint = Blueprint("returning", __name__, template_folder="templates")

    @blueprint.get(PATH)
    def page() -> Response:
        answer = {name: request.args.get(name, "") for name in ("code", "state")}
        has_answer = all(answer.values())
        language = gate.language()
        shown = render_template(
            "returned.html",
            language=language,
            words=words.returned(language),
            has_answer=has_answer,
            answer=json.dumps(answer) if on_desk and has_answer else None,
        )
        return _guarded(make_response(shown))

    return blueprint


def _guarded(response: Response) -> Response:
    # The address holds a code: it is kept nowhere and told to nobody.
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response
