"""The sandbox on a port."""

import threading
from dataclasses import replace
from types import TracebackType
from typing import Self

from sandbox.app import create_sandbox
from sandbox.options import Options
from sandbox.wire import Server
from sandbox.world import World


class Running:
    """A sandbox that runs in a thread, on a free port unless one is asked for."""

    def __init__(self, options: Options | None = None, *, port: int = 0) -> None:
        options = options or Options()
        # The port must be known before the application is made.
        self.server = Server((options.host, port))
        self.port = int(self.server.server_address[1])
        app = create_sandbox(replace(options, port=self.port))
        self.server.app = app
        self.world: World = app.extensions["world"]
        self.url = f"http://{options.host}:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop serving, and all threads of the sandbox."""
        self.world.close()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
