"""Pages of our own host: Swagger UI reads the document; each type of problem is explained."""

from flask import Blueprint, Response, render_template

from mobile_api import asking, gate, problems, words
from mobile_api.problems import DoorError

blueprint = Blueprint(
    "api-pages",
    __name__,
    url_prefix="/api/v1/docs",
    static_folder="static",
    static_url_path="/static",
)

explained = Blueprint("problems", __name__, url_prefix="/problems", template_folder="templates")

problems.answer_for(blueprint)
problems.answer_for(explained)

# The page runs our own files only; Swagger UI sets some styles on its elements.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@blueprint.get("")
def show() -> Response:
    """Show the page."""
    return blueprint.send_static_file("docs.html")


@explained.get("/<code>")
def explain(code: str) -> str:
    """Explain the problems with this code, in both languages, the one asked for first."""
    if code not in problems.STATUS:
        raise DoorError("not_found")
    first = asking.current().language
    languages = sorted(gate.LANGUAGES, key=lambda one: one != first)
    told = [
        {"language": one, "title": words.title(code, one), "detail": words.detail(code, one)}
        for one in languages
    ]
    status = problems.STATUS[code].value
    return render_template("api_problem.html", code=code, status=status, told=told)


@explained.after_request
@blueprint.after_request
def guard(response: Response) -> Response:
    """Let the page load nothing from elsewhere, and tell nobody where its reader came from."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
