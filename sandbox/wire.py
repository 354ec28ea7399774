"""HTTP/1.1 with connections that stay open: werkzeug's own server closes each after one answer."""

import io
import socket
import sys
import threading
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication

from sandbox.gate import DROP

BIGGEST = 16 * 1024 * 1024
IDLE = 75
LINGER = 1.0  # seconds without a byte


class Server(ThreadingHTTPServer):
    """One thread a connection; closing ends the open connections too."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    app: WSGIApplication

    def __init__(self, address: tuple[str, int]) -> None:
        self.open: set[socket.socket] = set()
        self.guard = threading.Lock()
        super().__init__(address, Handler)

    def finish_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as inherited
        """Serve a connection, and know of it meanwhile."""
        with self.guard:
            self.open.add(request)
        try:
            super().finish_request(request, client_address)
        finally:
            with self.guard:
                self.open.discard(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as inherited
        """Say nothing of clients that went away."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        """Close the door and all that came through it."""
        super().server_close()
        with self.guard:
            for connection in self.open:
                self.shutdown_request(connection)


class Handler(BaseHTTPRequestHandler):
    """One connection: request after request, each handed to the WSGI application."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE
    # Head and body go out in one write: in two, the second waits for the first's acknowledgement.
    wbufsize = -1

    def answer(self) -> None:
        """Answer one request, or drop the connection if the application says so."""
        if not self._length_is_fine():
            self._refuse(413)
            return
        status, headers, body = self._run()
        if DROP in dict(headers):
            self.close_connection = True
            return
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        if "Content-Length" not in dict(headers):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what the base class asks for
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """Keep quiet; the sandbox has its own log."""

    def _refuse(self, code: int) -> None:
        """Refuse, and let the client finish: to close on unread bytes would cost it the answer."""
        self.send_error(code)
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(LINGER)
        try:
            while self.connection.recv(65536):
                pass
        except TimeoutError:
            return

    def _length_is_fine(self) -> bool:
        length = self.headers.get("Content-Length", "0")
        chunked = "Transfer-Encoding" in self.headers
        return not chunked and length.isdigit() and int(length) <= BIGGEST

    def _run(self) -> tuple[str, list[tuple[str, str]], bytes]:
        started: list[Any] = []
        written: list[bytes] = []

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> Any:  # noqa: ANN401 - WSGI
            started[:] = [status, headers]
            return written.append

        chunks = cast("Server", self.server).app(self._environ(), start)
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        return started[0], started[1], b"".join(written) + body

    def _environ(self) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length", "0"))
        host, port = cast("tuple[str, int]", self.server.server_address)
        return named(self.headers) | {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(length),
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.rfile.read(length)),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def named(headers: Message) -> dict[str, Any]:
    """Name the headers as WSGI does."""
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
