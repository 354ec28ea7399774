"""What the identity provider knows: who is logged in, which codes are out, how it signs."""

import base64
import functools
import hashlib
import secrets
import uuid
from dataclasses import dataclass, replace

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from sandbox import keys
from sandbox.citizens import Citizen
from sandbox.errors import Json
from sandbox.world import World

CODE_LIFE, TOKEN_LIFE, LOGIN_LIFE = 60, 300, 8 * 3600
LONG_AGO = 24 * 3600
PEOPLE = uuid.UUID("6b1f3f0e-2a51-4f0e-9d0c-3f1c0c5d7a11")
ACR = "urn:sandbox:real-name"


class WrongGrantError(Exception):
    """The code is not one of ours, is used up, or was not asked for like this."""


@dataclass(frozen=True)
class Login:
    """A citizen in front of a browser, the organisation that they represent, and until when."""

    citizen: Citizen
    organisation: str
    until: str
    at: int


@dataclass(frozen=True)
class Wanted:
    """What a client asks for: by the code it gets that, and nothing else."""

    client: str
    redirect: str
    challenge: str
    nonce: str


class Provider:
    """Logs citizens in and signs tokens; its key is made when the first is wanted."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.logins: dict[str, Login] = {}
        self.codes: dict[str, tuple[Login, Wanted, float]] = {}

    @functools.cached_property
    def key(self) -> ec.EllipticCurvePrivateKey:
        """Return the signing key."""
        return keys.kept(self.world.options.var)

    @functools.cached_property
    def public(self) -> Json:
        """Describe the public key."""
        return keys.public(self.key)

    def logged_in(self, cookie: str, max_age: int | None) -> Login | None:
        """Return who is in front of a browser, unless they logged in too long ago."""
        login = self.logins.get(cookie)
        limit = LOGIN_LIFE if max_age is None else min(max_age, LOGIN_LIFE)
        return login if login and self._now() - login.at < limit else None

    def log_in(self, citizen: Citizen, organisation: str, until: str) -> tuple[str, Login]:
        """Log a citizen in; return the cookie, too."""
        login = Login(citizen, organisation, until, self._now())
        cookie = secrets.token_urlsafe(16)
        self.logins[cookie] = login
        return cookie, login

    def code(self, login: Login, wanted: Wanted) -> str:
        """Return a code, good once and for a minute."""
        code = secrets.token_urlsafe(24)
        self.codes[code] = login, wanted, self.world.options.now() + CODE_LIFE
        return code

    def token(self, form: Json, client: str, spoilt: str = "") -> str:
        """Return an identity token for a code, spoilt as a fault says. Raises WrongGrantError."""
        login, wanted, until = self.codes.pop(form.get("code", ""), (None, None, 0.0))
        if login is None or wanted is None or self.world.options.now() >= until:
            raise WrongGrantError
        challenge = challenge_of(form.get("code_verifier", ""))
        asked = replace(wanted, redirect=form.get("redirect_uri", ""), client=client)
        if replace(asked, challenge=challenge) != wanted:
            raise WrongGrantError
        claims = self._claims(login, wanted) | self._faulty(spoilt, wanted)
        key = ec.generate_private_key(ec.SECP256R1()) if spoilt == "wrong_key" else self.key
        return jwt.encode(claims, key, "ES256", headers={"kid": self.public["kid"]})

    def _claims(self, login: Login, wanted: Wanted) -> Json:
        now, citizen = self._now(), login.citizen
        acts_for = {"organisation": login.organisation, "organisation_until": login.until}
        return {
            "iss": self.world.options.issuer,
            "aud": wanted.client,
            "sub": str(uuid.uuid5(PEOPLE, citizen.openid)),
            "iat": now,
            "exp": now + TOKEN_LIFE,
            "auth_time": login.at,
            "acr": ACR,
            "nonce": wanted.nonce,
            "name": citizen.name,
            "id_number": citizen.number,
        } | ({name: said for name, said in acts_for.items() if login.organisation and said})

    def _faulty(self, spoilt: str, wanted: Wanted) -> Json:
        now = self._now()
        faulty: dict[str, Json] = {
            "wrong_nonce": {"nonce": f"not-{wanted.nonce}"},
            "wrong_audience": {"aud": "somebody-else"},
            "wrong_issuer": {"iss": "https://elsewhere.example"},
            "expired": {"iat": now - LONG_AGO, "exp": now - LONG_AGO + TOKEN_LIFE},
            "old_login": {"auth_time": now - LONG_AGO},
        }
        return faulty.get(spoilt, {})

    def _now(self) -> int:
        return int(self.world.options.now())


def challenge_of(verifier: str) -> str:
    """Return the challenge that a verifier answers (RFC 7636, S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
