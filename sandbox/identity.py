"""The city's identity provider: who a citizen is, and which organisation the citizen represents."""

import functools
import re
import uuid

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Blueprint, Response, jsonify, render_template, request

from sandbox import keys
from sandbox.citizens import openid_of
from sandbox.errors import Json
from sandbox.world import World

AUDIENCE = "credit-kunming"
LIFE = 3600
USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
PEOPLE = uuid.UUID("6b1f3f0e-2a51-4f0e-9d0c-3f1c0c5d7a11")


class UnknownError(Exception):
    """No such citizen, or no such organisation."""


class Provider:
    """Issues tokens; its key is made when the first is wanted."""

    def __init__(self, world: World) -> None:
        self.world = world

    @functools.cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """Return the signing key."""
        return keys.kept(self.world.options.var)

    @property
    def public(self) -> Json:
        """Describe the public key."""
        return keys.public(self.key)

    def issue(self, citizen: object, organisation: object) -> str:
        """Issue a token."""
        claims = claimed(self.world, citizen, organisation)
        return jwt.encode(claims, self.key, "ES256", headers={"kid": self.public["kid"]})


def blueprint(world: World) -> Blueprint:
    """Make the door of the identity provider."""
    identity = Blueprint("identity", __name__, url_prefix="/identity")
    provider = Provider(world)

    @identity.post("/token")
    def token() -> Response:
        order = request.get_json(force=True)
        issued = provider.issue(order.get("citizen"), order.get("organisation"))
        return jsonify(access_token=issued, token_type="Bearer", expires_in=LIFE)  # noqa: S106 - a kind

    @identity.route("", methods=["GET", "POST"])
    def page() -> str:
        chosen, org = request.form.get("citizen", ""), request.form.get("organisation", "").strip()
        issued = provider.issue(chosen, org or None) if request.method == "POST" else ""
        shown = [(citizen.openid, citizen.name) for citizen in world.citizens.shown]
        return render_template(
            "identity.html", citizens=shown, chosen=chosen, org=org, token=issued
        )

    describe(identity, provider)
    identity.register_error_handler(UnknownError, unknown)
    return identity


def describe(identity: Blueprint, provider: Provider) -> None:
    """Publish the key, and where everything is."""

    @identity.get("/jwks.json")
    def jwks() -> Response:
        return jsonify(keys=[provider.public])

    @identity.get("/.well-known/openid-configuration")
    def configuration() -> Json:
        return described(provider.world.options.issuer)


def unknown(error: Exception) -> tuple[Response, int]:
    """Refuse to issue a token."""
    return jsonify(error="invalid_request", error_description=str(error)), 400


def claimed(world: World, citizen: object, organisation: object) -> Json:
    """Say who somebody is; a stable number that tells nothing, and never an identity number."""
    name = str(citizen)
    with world.lock:
        known = world.citizens.get(name) or world.citizens.get(openid_of(name))
    if known is None:
        raise UnknownError("没有这位市民")
    if organisation is not None and not USCC.fullmatch(str(organisation)):
        raise UnknownError("统一社会信用代码应为 18 位数字或大写字母")
    now = int(world.options.now())
    times = {"iat": now, "exp": now + LIFE}
    subject = str(uuid.uuid5(PEOPLE, known.openid))
    claims: Json = {"iss": world.options.issuer, "aud": AUDIENCE, "sub": subject, **times}
    return claims | ({"org": organisation} if organisation else {})


def described(issuer: str) -> Json:
    """Describe the provider, as OpenID Connect discovery wants it."""
    return {
        "issuer": issuer,
        "authorization_endpoint": issuer,
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks.json",
        "response_types_supported": ["token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "claims_supported": ["iss", "aud", "sub", "iat", "exp", "org"],
    }
