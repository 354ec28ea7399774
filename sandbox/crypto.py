"""WXBizMsgCrypt as WeChat's own side does it: sign, encrypt, verify, decrypt."""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32  # PKCS#7 over 32 bytes, although AES has blocks of 16
HEAD = 20


class BadEnvelopeError(Exception):
    """The other side sealed its answer wrongly."""


def sign(*parts: str) -> str:
    """Sign as WeChat does: SHA-1 over the sorted parts."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - the protocol's


@dataclass(frozen=True)
class Seal:
    """The keys that the account and WeChat share."""

    token: str
    aes_key: str
    appid: str

    def signature(self, timestamp: str, nonce: str, *parts: str) -> str:
        """Sign a push, or its ciphertext."""
        return sign(self.token, timestamp, nonce, *parts)

    def encrypt(self, text: str) -> str:
        """Encrypt a message, each time with another random head."""
        body = text.encode()
        full = secrets.token_bytes(16) + struct.pack("!I", len(body)) + body + self.appid.encode()
        fill = BLOCK - len(full) % BLOCK
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(full + bytes([fill]) * fill) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def decrypt(self, sealed: str) -> str:
        """Decrypt a message and refuse one that is not ours or not whole."""
        try:
            decryptor = self._cipher().decryptor()
            full = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
            return self._unpack(full)
        except (ValueError, struct.error, binascii.Error) as error:
            raise BadEnvelopeError(f"cannot decrypt: {error}") from error

    def verify(self, signature: str, *signed: str) -> None:
        """Refuse an answer with a wrong signature."""
        if not hmac.compare_digest(signature, sign(self.token, *signed)):
            raise BadEnvelopeError("wrong MsgSignature")

    def _unpack(self, full: bytes) -> str:
        fill = full[-1] if full else 0
        if not 1 <= fill <= BLOCK or full[-fill:] != bytes([fill]) * fill:
            raise BadEnvelopeError("wrong padding")
        content = full[:-fill]
        (size,) = struct.unpack("!I", content[HEAD - 4 : HEAD])
        if content[HEAD + size :] != self.appid.encode():
            raise BadEnvelopeError("wrong appid")
        return content[HEAD : HEAD + size].decode()

    def _cipher(self) -> Cipher[modes.CBC]:
        # The last character of an EncodingAESKey may carry spare bits, which strict base64 refuses.
        key = base64.b64decode(self.aes_key + "=")
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
