"""Run the sandbox: `python -m sandbox`, told by the environment."""

import os
import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sandbox.options import Options
from sandbox.server import Running

TEXTS = {
    "SANDBOX_HOST": "host",
    "PUSH_URL": "push_url",
    "PUBLIC_URL": "public_url",
    "WECHAT_APPID": "appid",
    "WECHAT_SECRET": "secret",
    "WECHAT_TOKEN": "token",
    "WECHAT_AES_KEY": "aes_key",
    "WECHAT_MESSAGE_MODE": "mode",
    "JPUSH_KEY": "jpush_key",
    "JPUSH_SECRET": "jpush_secret",
    "WECHAT_OPEN_APPID": "open_appid",
    "WECHAT_OPEN_SECRET": "open_secret",
    "SMS_KEY": "sms_key",
    "IDENTITY_CLIENT_ID": "identity_client",
    "IDENTITY_CLIENT_SECRET": "identity_secret",
}


def told(environ: Mapping[str, str]) -> Options:
    """Read the options from the environment; what is not there has its default."""
    given: dict[str, Any] = {
        field: environ[name] for name, field in TEXTS.items() if name in environ
    }
    for name, field in (("SANDBOX_PORT", "port"), ("PACE", "pace")):
        if name in environ:
            given[field] = int(environ[name])
    if "SANDBOX_VAR" in environ:
        given["var"] = Path(environ["SANDBOX_VAR"])
    return Options(**given)


def main() -> None:
    """Serve until told to stop."""
    # The sandbox is a program of its own, and this is its only look at the environment.
    options = told(os.environ)  # noqa: TID251
    options = replace(options, register=options.var / "citizens.jsonl")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Running(options, port=options.port) as running:
        sys.stdout.write(f"sandbox on {running.url}, pushing to {options.push_url}\n")
        sys.stdout.flush()
        stop.wait()


if __name__ == "__main__":
    main()
