"""WeChat's seal: signatures and AES envelopes (消息加解密), exact to the byte.

Source: WXBizMsgCrypt as WeChat documents it. AES is wechatpy's; around it we close what it leaves
open: comparison in constant time, PKCS#7 and lengths checked, empty parameters refused.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from wechatpy.crypto.cryptography import WeChatCipher

from bot.errors import BadPushError, forged

_BLOCK = 32  # WXBizMsgCrypt pads to 32 bytes, not to AES's 16
_RANDOM = 16
_HEAD = _RANDOM + 4


def signature(*parts: str) -> str:
    """Return WeChat's SHA-1 over the sorted parts."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - WeChat's choice


class Seal:
    """Opens and closes the envelopes of one official account."""

    def __init__(self, token: str, aes_key: str, appid: str) -> None:
        # The key's last character carries stray bits that a strict decoder refuses.
        self._cipher = WeChatCipher(base64.b64decode(aes_key + "="))
        self._token = token
        self._appid = appid.encode()

    def check(self, claimed: str, *parts: str) -> None:
        """Let pass only what was signed with our token. Raises BadPushError."""
        if not all((claimed, *parts)):
            raise forged("a parameter of the signature is empty")
        expected = signature(self._token, *parts)
        if not hmac.compare_digest(claimed.encode(), expected.encode()):
            raise forged("the signature does not match")

    def open(self, encrypted: str) -> bytes:
        """Return what an <Encrypt> holds. Raises BadPushError."""
        try:
            sealed = binascii.a2b_base64(encrypted.encode("ascii"), strict_mode=True)
        except (UnicodeEncodeError, binascii.Error):
            raise BadPushError("Encrypt is not base64") from None
        if not sealed or len(sealed) % _BLOCK:
            raise BadPushError("Encrypt has a wrong length")
        plain = self._cipher.decrypt(sealed)
        padding = plain[-1]
        if not 1 <= padding <= _BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise BadPushError("Encrypt has a wrong padding")
        return self._content(plain[:-padding])

    def _content(self, framed: bytes) -> bytes:
        if len(framed) < _HEAD:
            raise BadPushError("Encrypt is too short")
        (length,) = struct.unpack(">I", framed[_RANDOM:_HEAD])
        content, appid = framed[_HEAD : _HEAD + length], framed[_HEAD + length :]
        if len(content) != length or not hmac.compare_digest(appid, self._appid):
            raise BadPushError("Encrypt is for somebody else")
        return content

    def close(self, content: str, *, timestamp: str, nonce: str, random: bytes = b"") -> str:
        """Return a signed and encrypted reply; `random` (16 bytes) is fixed by tests only."""
        encrypted = self.encrypt(content.encode(), random=random)
        signed = signature(self._token, timestamp, nonce, encrypted)
        return (
            f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt>"
            f"<MsgSignature><![CDATA[{signed}]]></MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        )

    def encrypt(self, content: bytes, *, random: bytes = b"") -> str:
        """Return the base64 of an envelope around a content."""
        head = (random or secrets.token_bytes(_RANDOM)) + struct.pack(">I", len(content))
        framed = head + content + self._appid
        padding = _BLOCK - len(framed) % _BLOCK
        sealed = self._cipher.encrypt(framed + bytes([padding]) * padding)
        return base64.b64encode(sealed).decode()


def page_signature(ticket: str, *, nonce: str, timestamp: str, url: str) -> str:
    """Return the JS-SDK signature of a page; what follows # in its address does not count."""
    facts = {"jsapi_ticket": ticket, "noncestr": nonce, "timestamp": timestamp}
    signed = "&".join(f"{name}={value}" for name, value in facts.items())
    text = f"{signed}&url={url.partition('#')[0]}"
    return hashlib.sha1(text.encode()).hexdigest()  # noqa: S324 - WeChat's choice
