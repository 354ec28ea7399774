"""The page that reads the document to people: Swagger UI from our own host."""

from flask import Blueprint, Response

from mobile_api import problems

blueprint = Blueprint(
    "api-pages",
    __name__,
    url_prefix="/api/v1/docs",
    static_folder="static",
    static_url_path="/static",
)

problems.answer_for(blueprint)

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


@blueprint.after_request
def guard(response: Response) -> Response:
    """Let the page load nothing from elsewhere, and tell nobody where its reader came from."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
