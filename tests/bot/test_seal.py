import json
from pathlib import Path

import pytest

from bot.errors import BadPushError
from bot.seal import Seal, page_signature, signature
from tests.fixtures.service import AES_KEY, APPID, TOKEN

VECTORS = json.loads(Path("tests/data/wechat/crypto_vectors.json").read_text("utf-8"))


BROKEN = [
    ("不是", "not base64"),
    ("AAA", "not base64"),
    ("", "wrong length"),
    ("AAAAAAAAAAAAAAAAAAAAAA==", "wrong length"),
]


def of(kind):
    return pytest.mark.parametrize(
        "vector", [v for v in VECTORS if v["kind"] == kind], ids=lambda v: v["id"]
    )


def seal_of(vector):
    return Seal(vector["token"], vector["encoding_aes_key"], vector["appid"])


@of("url_signature")
def test_signature_of_an_address(vector):
    parts = vector["token"], vector["timestamp"], vector["nonce"]

    assert signature(*parts) == vector["signature"]
    Seal(vector["token"], AES_KEY, APPID).check(vector["signature"], *parts[1:])


@of("decrypt")
def test_wechats_own_envelope_opens(vector):
    seal = seal_of(vector)

    seal.check(vector["msg_signature"], vector["timestamp"], vector["nonce"], vector["encrypt"])
    assert seal.open(vector["encrypt"]).decode() == vector["plaintext"]


@of("decrypt")
def test_what_opens_is_sealed_again_to_the_same_bytes(vector):
    sealed = seal_of(vector).encrypt(vector["plaintext"].encode(), random=vector["random"].encode())

    assert sealed == vector["encrypt"]


@of("encrypt")
def test_our_envelope_is_wechats_to_the_byte(vector):
    seal = seal_of(vector)
    stamp = {"timestamp": vector["timestamp"], "nonce": vector["nonce"]}

    reply = seal.close(vector["plaintext"], **stamp, random=vector["random"].encode())

    assert f"<![CDATA[{vector['encrypt']}]]></Encrypt>" in reply
    assert f"<![CDATA[{vector['msg_signature']}]]>" in reply


@of("jssdk")
def test_signature_of_a_page(vector):
    stamp = {"nonce": vector["noncestr"], "timestamp": vector["timestamp"]}

    for url in (vector["url"], vector["url"] + "#part"):
        signed = page_signature(vector["jsapi_ticket"], **stamp, url=url)
        assert signed == vector["signature"]


def test_every_kind_of_vector_is_tested():
    assert {v["kind"] for v in VECTORS} == {"url_signature", "decrypt", "encrypt", "jssdk"}


@pytest.mark.parametrize("empty", range(3))
def test_an_empty_parameter_never_signs(empty):
    parts = ["1", "2"]
    claimed = signature(TOKEN, *parts)
    given = [claimed, *parts]
    given[empty] = ""
    if empty:
        given[0] = signature(TOKEN, *given[1:])

    with pytest.raises(BadPushError, match="empty"):
        Seal(TOKEN, AES_KEY, APPID).check(*given)


def test_a_signature_of_other_characters_is_refused():
    with pytest.raises(BadPushError, match="does not match"):
        Seal(TOKEN, AES_KEY, APPID).check("签名", "1", "2")


SEAL = Seal(TOKEN, AES_KEY, APPID)


def raw(framed):
    import base64

    return base64.b64encode(SEAL._cipher.encrypt(framed)).decode()


@pytest.mark.parametrize(("encrypted", "why"), BROKEN)
def test_what_is_no_envelope_is_refused(encrypted, why):
    with pytest.raises(BadPushError, match=why):
        SEAL.open(encrypted)


FRAMES = {
    "no padding": (b"x" * 31 + b"\x00", "wrong padding"),
    "a padding of 33": (b"x" * 31 + b"\x21", "wrong padding"),
    "an uneven padding": (b"x" * 29 + b"\x01\x02\x03", "wrong padding"),
    "nothing but padding": (b"\x20" * 32, "too short"),
    "a length beyond the end": (b"r" * 16 + b"\0\0\0\xff" + b"m" * 11 + b"\x01", "somebody else"),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_broken_envelope_is_refused(name):
    framed, why = FRAMES[name]

    with pytest.raises(BadPushError, match=why):
        SEAL.open(raw(framed))


def test_an_envelope_for_another_account_is_refused():
    with pytest.raises(BadPushError, match="somebody else"):
        SEAL.open(Seal(TOKEN, AES_KEY, "wx_other").encrypt(b"<xml/>"))
