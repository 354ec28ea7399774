"""How long the application takes to import, beside the libraries that it is built on."""

import statistics
import subprocess
import sys
import time

from tests.bench.report import figure

ROUNDS = 7
LIBRARIES = (
    "flask, flask_smorest, sqlalchemy.orm, psycopg, wechatpy, redis, structlog, pydantic_settings,"
    " authlib.integrations.requests_client, authlib.oidc.core, joserfc.jwt, yaml, markdown_it,"
    " cryptography.hazmat.primitives.asymmetric.ec, itsdangerous,"
    " cryptography.hazmat.primitives.ciphers.aead, stdnum.iso7064.mod_11_10,"
    " sqlalchemy.dialects.postgresql, sqlalchemy.dialects.sqlite, openpyxl, limits.storage,"
    " filetype, PIL.Image, pyotp, argon2, segno, rq, hiredis"
)


def _seconds(statement):
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {statement}"], check=True)
    return time.perf_counter() - began


def figures():
    """Import both in turns; return the medians in seconds and their ratio."""
    seen = {"libraries": [], "application": []}
    _seconds("config.web")
    for _ in range(ROUNDS):
        seen["libraries"].append(_seconds(LIBRARIES))
        seen["application"].append(_seconds("config.web"))
    ours, theirs = (statistics.median(seen[name]) for name in ("application", "libraries"))
    return {
        "import_application_s": figure(ours),
        "import_libraries_s": figure(theirs),
        "import_ratio": figure(ours / theirs, "<= 1.25"),
    }
