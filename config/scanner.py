"""The virus scanner (clamd): its INSTREAM command over a socket, with time-outs, bytes counted."""

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass

_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerAwayError(Exception):
    """The scanner is not there, too slow, or says that something is wrong with itself."""


@dataclass(frozen=True)
class Scanner:
    """Where clamd listens ("unix:/run/clamd.ctl", "host:3310"), and how long we wait for it."""

    place: str
    timeout: float

    def finds_virus(self, data: bytes) -> bool:
        """Say whether clamd finds a virus. Raises ScannerAwayError."""
        try:
            with self._connected() as connection:
                return _verdict(_asked(connection, data))
        except OSError as error:
            raise ScannerAwayError(type(error).__name__) from None

    def _connected(self) -> socket.socket:
        if self.place.startswith("unix:"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(self.timeout)
            _or_closed(connection, lambda: connection.connect(self.place.removeprefix("unix:")))
            return connection
        host, _, port = self.place.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), self.timeout)


def _or_closed(connection: socket.socket, act: Callable[[], None]) -> None:
    try:
        act()
    except OSError:
        connection.close()
        raise


def _asked(connection: socket.socket, data: bytes) -> bytes:
    connection.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        connection.sendall(struct.pack("!L", len(chunk)) + chunk)
    connection.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        part = connection.recv(_LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n")


def _verdict(answer: bytes) -> bool:
    if answer.endswith(b" FOUND"):
        return True
    if answer == b"stream: OK":
        return False
    # A limit of its own, or half an answer: that says nothing about the file.
    raise ScannerAwayError("answer")
