"""The key with which the identity provider signs, made at its first use and kept."""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sandbox.errors import Json

NAME = "identity-key.pem"
SIZE = 32


def kept(folder: Path) -> ec.EllipticCurvePrivateKey:
    """Load the key of a folder, or make one that only its owner can read."""
    path = folder / NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} holds no elliptic key")
    return key


def public(key: ec.EllipticCurvePrivateKey) -> Json:
    """Describe the public half as a JSON web key, named by its own hash."""
    numbers = key.public_key().public_numbers()
    point = {"x": encoded(numbers.x.to_bytes(SIZE)), "y": encoded(numbers.y.to_bytes(SIZE))}
    digest = hashlib.sha256((point["x"] + point["y"]).encode()).digest()
    return {
        "kty": "EC",
        "crv": "P-256",
        **point,
        "use": "sig",
        "alg": "ES256",
        "kid": encoded(digest),
    }


def encoded(raw: bytes) -> str:
    """Encode as web tokens do."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
