"""A browser and a client that go to the sandbox's identity provider."""

import base64
import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt

USCC = "91530102000000019G"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=")
REDIRECT = "http://127.0.0.1:8000/verification/return"
ISSUER = "http://127.0.0.1:8001/identity"
ASKED = {
    "response_type": "code",
    "client_id": "credit-kunming-sandbox",
    "redirect_uri": REDIRECT,
    "scope": "openid profile",
    "state": "s",
    "nonce": "n",
    "code_challenge": CHALLENGE.decode(),
    "code_challenge_method": "S256",
}


def address(**changed):
    asked = {name: value for name, value in (ASKED | changed).items() if value is not None}
    return f"/identity/authorize?{urlencode(asked)}"


def log_in(desk, citizen="zhangsan", form=None, **changed):
    """Choose a citizen on the page; return what the browser brings back to the client."""
    reply = desk.client.post(address(**changed), data={"citizen": citizen} | (form or {}))
    assert reply.status_code == 303, reply.text
    back = urlsplit(reply.headers["Location"])
    assert back._replace(query="").geturl() == REDIRECT
    return dict(parse_qsl(back.query))


def exchange(desk, code, headers=None, **changed):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT,
        "client_id": "credit-kunming-sandbox",
        "code_verifier": VERIFIER,
    }
    form = {name: value for name, value in (form | changed).items() if value is not None}
    return desk.client.post("/identity/token", data=form, headers=headers)


def claims(desk, token, **options):
    (key,) = desk.client.get("/identity/jwks.json").get_json()["keys"]
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "typ": "JWT", "kid": key["kid"]}
    return jwt.decode(
        token,
        jwt.PyJWK(key),
        algorithms=["ES256"],
        audience="credit-kunming-sandbox",
        issuer=ISSUER,
        options={"verify_iat": False, "verify_exp": False} | options,
    )


def walked(desk, citizen="zhangsan", form=None):
    """Walk the whole way; return the claims."""
    code = log_in(desk, citizen, form)["code"]
    return claims(desk, exchange(desk, code).get_json()["id_token"])
