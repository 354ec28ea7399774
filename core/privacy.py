"""Privacy: a secret that only we can make, for links and codes that nobody may guess."""

import hashlib
import hmac
import secrets
import unicodedata

# Crockford's base 32: no I, L, O, U, so that a code read over the telephone stays right.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 16  # 80 bits
_SERIAL_LENGTH = 8
_TAIL = 4


def receipt_code() -> str:
    """Return a new receipt code of 80 random bits, without the hyphens people may add."""
    return _random(_CODE_LENGTH)


def serial() -> str:
    """Return eight characters that tell apart what began in the same second."""
    return _random(_SERIAL_LENGTH)


def file_key() -> str:
    """Return a name of 128 random bits for a file that nobody may find by guessing."""
    return secrets.token_hex(16)


def public_id() -> str:
    """Return a name of 128 random bits by which its owner asks for something."""
    return secrets.token_hex(16)


def tail(number: str) -> str:
    """Return an identity number of which only the last four characters can be read."""
    return "*" * (len(number) - _TAIL) + number[-_TAIL:]


def proof(key: bytes, *facts: object) -> str:
    """Return 96 bits (hex) that only a holder of `key` can derive from these facts."""
    text = "\x1f".join(map(str, facts)).encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()[:24]


def is_proof(key: bytes, claimed: str, *facts: object) -> bool:
    """Check a proof in constant time."""
    return hmac.compare_digest(claimed.encode(), proof(key, *facts).encode())


def read_code(typed: str) -> str:
    """Forgive how a code is typed: hyphens, spaces, width, case, O for 0, I and L for 1."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    kept = "".join(char for char in folded if char.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def show_code(code: str) -> str:
    """Group a receipt code for the eye."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
