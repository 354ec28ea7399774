"""Calls over connections that stay open: whatever answer comes, or none."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from messages.wechat import connections
from messages.wechat.connections import Connections, NoAnswerError, NotSentError, Place
from tests.messages.scripted import LAST, Server, calling, said

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
# As the other side goes, or as it went with something of ours unread.
HUNG_UP = {"closed", "ConnectionResetError"}


def test_a_post_and_a_get_are_written_as_http_wants_them():
    server = Server(GOOD, GOOD)

    async def both():
        async with calling(server) as call:
            await call('{"a":"诚"}'.encode())
            await call(None)

    asyncio.run(both())

    post, get = server.heard
    assert post.startswith(b"POST /base/send?token=t HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"\r\nContent-Length: 11\r\n\r\n" in post
    assert post.endswith('{"a":"诚"}'.encode())
    assert get.startswith(b"GET /base/send?token=t HTTP/1.1\r\n")
    assert get.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (GOOD, (200, b"ok")),
        (tuple(bytes([one]) for one in GOOD), (200, b"ok")),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
            (200, b"ok"),
        ),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + GOOD, (200, b"ok")),
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>", (502, b"<html>")),
        (b"HTTP/1.1 204 No Content\r\n\r\n", (204, b"")),
    ],
)
def test_an_answer_is_read_however_it_is_written(answer, expected):
    server = Server(answer, GOOD)

    assert said(server, calls=2) == [expected, (200, b"ok")]
    assert server.connections == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((None,), HUNG_UP),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", None), HUNG_UP),
        (b"SSH-2.0-OpenSSH_9.2\r\n", {"no HTTP"}),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" + b"x" * 2_000_000, {"too large"}),
    ],
)
def test_without_a_whole_answer_it_may_have_been_sent_and_the_next_call_goes_on(answer, why):
    server = Server(answer, GOOD)

    broken, good = said(server, calls=2)

    assert isinstance(broken, NoAnswerError)
    assert str(broken) in why
    assert good == (200, b"ok")
    assert server.connections == 2


def test_an_answer_that_does_not_come_is_given_up():
    server = Server(b"HTTP/1.1 200 OK\r\n", GOOD)

    late, good = said(server, calls=2, seconds=0.2)

    assert isinstance(late, NoAnswerError)
    assert str(late) == "timeout"
    assert good == (200, b"ok")


def test_whom_the_other_side_hangs_up_on_between_calls_connects_anew():
    server = Server(LAST, GOOD)

    assert said(server, calls=2) == [(200, b"ok"), (200, b"ok")]
    assert server.connections == 2


def test_what_nobody_asked_for_is_not_taken_for_an_answer():
    server = Server((GOOD, b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"), GOOD)

    assert said(server, calls=2) == [(200, b"ok"), (200, b"ok")]
    assert server.connections == 2


def test_whoever_stops_waiting_leaves_no_answer_behind_for_the_next():
    server = Server((b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", b"old"), GOOD)

    async def cancelled():
        async with calling(server) as call:
            first = asyncio.create_task(call())
            await server.asked.wait()
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            return await call()

    assert asyncio.run(cancelled()) == (200, b"ok")
    assert server.connections == 2


def test_nobody_there_means_that_nothing_was_sent():
    async def nobody():
        place = Place.of("http://127.0.0.1:1")
        lines = Connections(place, most=1, timeout=(1.0, 1.0))
        await lines.call(connections.request(place, "/")(b"{}"))

    with pytest.raises(NotSentError, match="Refused"):
        asyncio.run(nobody())


@pytest.mark.parametrize("address", ["", "127.0.0.1:80", "ftp://example.com", "https://"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="not an address"):
        Place.of(address)


@pytest.mark.parametrize("path", ["/a b", "/a\r\nX: y", "/诚"])
def test_a_path_adds_no_line_of_its_own(path):
    with pytest.raises(ValueError, match="does not belong"):
        connections.request(Place.of("https://example.com"), path)


@pytest.fixture
def certified(tmp_path, monkeypatch):
    """A server's TLS for the name localhost, by an authority that this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    chain = tmp_path / "chain.pem"
    chain.write_bytes(
        certificate.public_bytes(pem) + key.private_bytes(pem, form, serialization.NoEncryption())
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(chain)
    return tls


def test_calls_are_encrypted_for_the_name_that_the_certificate_bears(certified):
    assert said(Server(GOOD, GOOD), calls=2, tls=certified, host="localhost") == [
        (200, b"ok"),
        (200, b"ok"),
    ]


def test_a_certificate_for_another_name_gets_no_call(certified):
    server = Server(GOOD)

    (refused,) = said(server, tls=certified)

    assert isinstance(refused, NotSentError)
    assert server.heard == []
