"""Tokens as an identity provider signs them, and as forgers do."""

import base64
import json
from datetime import timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

ISSUER = "https://identity.example"
AUDIENCE = "credit-kunming"
KEY = ec.generate_private_key(ec.SECP256R1())
STRANGERS_KEY = ec.generate_private_key(ec.SECP256R1())


def encoded(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def public(key, kid):
    numbers = key.public_key().public_numbers()
    x, y = encoded(numbers.x.to_bytes(32)), encoded(numbers.y.to_bytes(32))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "alg": "ES256", "use": "sig"}


JWKS = {"keys": [public(KEY, "k1")]}


def claims(now, **changed):
    began = int(now.timestamp())
    held = {"iss": ISSUER, "aud": AUDIENCE, "sub": "person-1", "iat": began, "exp": began + 3600}
    return {name: value for name, value in (held | changed).items() if value is not None}


def token(now, *, key=KEY, kid="k1", **changed):
    headers = {"kid": kid} if kid else {}
    return jwt.encode(claims(now, **changed), key, "ES256", headers=headers)


def raw(header, payload, signature=b""):
    parts = (json.dumps(header).encode(), json.dumps(payload).encode(), signature)
    return ".".join(map(encoded, parts))


def later(now, **span):
    return int((now + timedelta(**span)).timestamp())
