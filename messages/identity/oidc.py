"""OpenID Connect: sending somebody to the identity provider, and reading what it says of them.

Authlib is the client: code and PKCE (S256). What the provider signs is believed only with a key
that it publishes, for us, now, and as the answer to what we sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import requests
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidClaimError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from core.challenges import Proven, Sent, Taken
from messages.identity.breaker import Breaker

log = structlog.get_logger()

ALGORITHMS = ("ES256", "RS256")
LEEWAY = timedelta(seconds=30)
_TIMEOUT = (1.0, 2.0)  # to connect, to answer: a web thread waits meanwhile
_LONGEST = 16 * 1024
# Whoever is registered otherwise than we believe is no worse off than with a provider that is away.
_OURS = frozenset(("invalid_client", "unauthorized_client", "invalid_request", "invalid_scope"))


class AwayError(Exception):
    """The provider cannot be asked now; the same answer may be looked at later."""


class RefusedError(Exception):
    """The provider does not know this code, or what it says cannot be believed."""


@dataclass(frozen=True)
class Provider:
    """Where a provider is and with what it signs, as its discovery document says."""

    authorization_endpoint: str
    token_endpoint: str
    keys: KeySet


@dataclass(frozen=True)
class Names:
    """What the provider calls the claims that we need."""

    name: str = "name"
    number: str = "id_number"
    organisation: str = "organisation"
    organisation_until: str = "organisation_until"


@dataclass(frozen=True)
class Client:
    """We as the provider knows us; `provider` is None while nobody could ask where it is.

    On a desk (`on_desk`) no app takes the answer over from the browser: a page shows it.
    """

    issuer: str
    client_id: str
    redirect_uri: str
    provider: Callable[[], Provider | None]
    secret: str = field(default="", repr=False)
    scopes: str = "openid profile"
    names: Names = field(default_factory=Names)
    breaker: Breaker = field(default_factory=Breaker)
    on_desk: bool = False


def address(client: Client, sent: Sent) -> str:
    """Return where somebody goes to prove who they are, newly logged in. Raises AwayError."""
    wanted = {"prompt": "login", "max_age": "0", "nonce": sent.nonce}
    with _session(client) as session:
        url, _ = session.create_authorization_url(
            _provider(client).authorization_endpoint,
            state=sent.state,
            code_verifier=sent.verifier,
            **wanted,
        )
    return str(url)


def proven(client: Client, code: str, taken: Taken, *, now: datetime) -> Proven:
    """Exchange a code and read who it is. Raises AwayError, RefusedError."""
    keys, answer = _provider(client).keys, _exchanged(client, code, taken)
    try:
        claims = _claims(client, answer, taken, keys=keys, now=now)
    except JoseError as error:
        log.warning("identity_refused", error=error.error, claim=getattr(error, "claim", None))
        raise RefusedError from None
    names = client.names
    return Proven(
        issuer=client.issuer,
        subject=claims["sub"],
        name=_text(claims, names.name),
        number=_text(claims, names.number),
        organisation=_text(claims, names.organisation) or None,
        organisation_until=_day(claims, names.organisation_until),
    )


def _provider(client: Client) -> Provider:
    provider = client.provider()
    if provider is None:
        raise AwayError
    return provider


def _session(client: Client) -> OAuth2Session:
    return OAuth2Session(
        client.client_id,
        client.secret or None,
        scope=client.scopes,
        redirect_uri=client.redirect_uri,
        code_challenge_method="S256",
        default_timeout=_TIMEOUT,
    )


def _exchanged(client: Client, code: str, taken: Taken) -> Mapping[str, Any]:
    endpoint = _provider(client).token_endpoint
    if not client.breaker.lets_through():
        raise AwayError
    try:
        with _session(client) as session:
            answer: Mapping[str, Any] = session.fetch_token(
                endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=taken.verifier,
                allow_redirects=False,
            )
    except OAuthError as error:
        client.breaker.answered()
        _refuse(error.error)
    except (requests.RequestException, ValueError) as error:
        client.breaker.failed()
        log.warning("identity_away", error=type(error).__name__)
        raise AwayError from None
    client.breaker.answered()
    return answer


def _refuse(reason: str) -> None:
    if reason in _OURS:
        log.error("identity_misconfigured", error=reason)
        raise AwayError from None
    raise RefusedError from None


def _claims(
    client: Client, answer: Mapping[str, Any], taken: Taken, *, keys: KeySet, now: datetime
) -> dict[str, Any]:
    token = str(answer.get("id_token", ""))[:_LONGEST]
    # Other header fields than we know are none of our business; the algorithm is.
    registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    read = jwt.decode(token, keys, registry=registry)
    options = {
        "iss": {"essential": True, "value": client.issuer},
        "aud": {"essential": True, "value": client.client_id},
        "sub": {"essential": True},
        "auth_time": {"essential": True},
    }
    sent = {"nonce": taken.nonce, "client_id": client.client_id}
    sent["access_token"] = str(answer.get("access_token", ""))
    claims = CodeIDToken(read.claims, read.header, options, sent)
    claims.validate(now=int(now.timestamp()), leeway=int(LEEWAY.total_seconds()))
    # Written so that a NaN is never late enough.
    if not claims["auth_time"] >= (taken.begun_at - LEEWAY).timestamp():
        raise InvalidClaimError("auth_time")
    return dict(claims)


def _day(claims: Mapping[str, Any], name: str) -> date | None:
    """Return a last day, given as a date; what cannot be read as one is not believed."""
    given = claims.get(name)
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        log.warning("identity_refused", error="not a date", claim=name)
        raise RefusedError from None


def _text(claims: Mapping[str, Any], name: str) -> str:
    given = claims.get(name)
    return given if isinstance(given, str) else ""
