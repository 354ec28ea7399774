"""Stamps (核验码): a short code on every message that we send outside, which only we can make.

It stands for the event, the same for all who hear of it, so that it tells of no recipient. Of a
billion events a code has ten characters: a card has room for no more.
"""

import hashlib
import hmac

from core import privacy

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PROOF, _BITS = 4, 5  # characters; 20 bits: whoever guesses is stopped by the limits of the doors
_LONGEST = 12 + _PROOF
LONGEST_SHOWN = 10  # of a billion events


def stamp(key: bytes, event_id: int) -> str:
    """Return the code of an event."""
    return _written(event_id) + _proof(key, event_id)


def event_of(key: bytes, typed: str) -> int | None:
    """Return the event that a code stands for, however it is typed; None for what is no code."""
    code = privacy.read_code(typed)
    body, proof = code[:-_PROOF], code[-_PROOF:]
    if not body or len(code) > _LONGEST or any(char not in _ALPHABET for char in code):
        return None
    event_id = 0
    for char in body:
        event_id = (event_id << _BITS) + _ALPHABET.index(char)
    is_ours = hmac.compare_digest(proof.encode(), _proof(key, event_id).encode())
    return event_id if is_ours and _written(event_id) == body else None


def _written(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 1 << _BITS)
        digits = _ALPHABET[digit] + digits
    return digits


def _proof(key: bytes, event_id: int) -> str:
    made = hmac.new(key, f"stamp\x1f{event_id}".encode(), hashlib.sha256).digest()
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in made[:_PROOF])
