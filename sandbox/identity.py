"""The city's identity provider (OpenID Connect): code and PKCE, tokens signed with ES256."""

from base64 import b64decode
from binascii import Error as Base64Error
from urllib.parse import unquote

from flask import Blueprint, Request, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from sandbox import authorize
from sandbox.authorize import UnsafeError
from sandbox.errors import Json
from sandbox.faults import SPOILT, Fault
from sandbox.gate import BAD_GATEWAY, DROP
from sandbox.provider import TOKEN_LIFE, Provider, WrongGrantError
from sandbox.world import World


def blueprint(world: World) -> Blueprint:
    """Make the door of the identity provider."""
    identity = Blueprint("identity", __name__, url_prefix="/identity")
    provider = Provider(world)

    @identity.before_request
    def disturb() -> Response | None:
        # Only what was ordered for this path: a fault of WeChat's calls is not spent here.
        with world.lock:
            fault = world.faults.take(request.path, only_named=True)
        g.spoilt = fault.kind if fault and fault.kind in SPOILT else ""
        return disturbed(world, fault) if fault and not g.spoilt else None

    @identity.get("")
    def page() -> str:
        return render_template("identity.html", citizens=list(world.citizens.shown))

    @identity.route("/authorize", methods=["GET", "POST"])
    def ask() -> ResponseReturnValue:
        with world.lock:
            return authorize.page(provider)

    @identity.post("/token")
    def token() -> ResponseReturnValue:
        with world.lock:
            return exchanged(provider)

    describe(identity, provider)
    identity.register_error_handler(UnsafeError, unsafe)
    return identity


def describe(identity: Blueprint, provider: Provider) -> None:
    """Publish the key, and where everything is."""

    @identity.get("/jwks.json")
    def jwks() -> Response:
        return jsonify(keys=[provider.public])

    @identity.get("/.well-known/openid-configuration")
    def configuration() -> Json:
        return described(provider.world.options.issuer)


def exchanged(provider: Provider) -> ResponseReturnValue:
    """Give an identity token for a code."""
    options, form = provider.world.options, request.form.to_dict()
    client, secret = credentials(request, form)
    if (client, secret) != (options.identity_client, options.identity_secret):
        return refused("invalid_client", 401)
    if form.get("grant_type") != "authorization_code":
        return refused("unsupported_grant_type", 400)
    try:
        id_token = provider.token(form, client, g.spoilt)
    except WrongGrantError:
        return refused("invalid_grant", 400)
    access = {"access_token": "of-no-use", "token_type": "Bearer", "expires_in": TOKEN_LIFE}
    return jsonify(**access, id_token=id_token), {"Cache-Control": "no-store"}


def credentials(request: Request, form: Json) -> tuple[str, str]:
    """Read who the client is: from the header (client_secret_basic), or from the form."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        client, _, secret = b64decode(given, validate=True).decode().partition(":")
    except (Base64Error, UnicodeDecodeError):
        return "", ""
    return unquote(client), unquote(secret)


def refused(error: str, status: int) -> ResponseReturnValue:
    """Refuse as RFC 6749 says."""
    return jsonify(error=error), status, {"Cache-Control": "no-store"}


def unsafe(error: Exception) -> ResponseReturnValue:
    """Tell a person that they were sent here wrongly."""
    return render_template("identity.html", citizens=[], fault=str(error)), 400


def disturbed(world: World, fault: Fault) -> Response | None:
    """Answer late, broken or never; None after a delay, which is all that was wrong."""
    if fault.kind in ("delay", "timeout"):
        world.rest(fault.seconds)
    if fault.kind == "delay":
        return None
    if fault.kind == "timeout":
        return Response(status=504, headers={DROP: "1"})
    return Response(BAD_GATEWAY, status=502, content_type="text/html")


def described(issuer: str) -> Json:
    """Describe the provider, as OpenID Connect discovery wants it."""
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks.json",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "scopes_supported": ["openid", "profile"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic"],
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": ["urn:sandbox:real-name"],
        "claims_supported": (
            "iss aud sub iat exp auth_time acr nonce name id_number "
            "organisation organisation_until".split()
        ),
    }
