"""Logs: one JSON line each, with the request's id, and nothing that names a person."""

import logging
import re
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A citizen's number, a mobile phone: no code of ours logs them; this is the last net.
_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?!\d)")


# Every log line, ours or a library's, begins with these.
_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def set_up(level: str, *more: Processor) -> None:
    """Send our logs and the libraries' to standard error as JSON; `more` adds to every line."""
    shared = [*_SHARED, *more]
    # Ours go straight to the stream: by way of the library's logging each would be made twice.
    structlog.configure(
        processors=[*shared, *_LINE],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json(shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # RQ tells of every job that it took, kept and cleaned; its worker sets a level of its own.
    for name in ("rq", "rq.worker"):
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # At DEBUG it writes whole addresses, and secrets stand in WeChat's.
    logging.getLogger("urllib3").setLevel(max(logging.INFO, root.level))


def _json(shared: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_LINE,
        ],
    )


def without_persons(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Blot out what looks like a person's number in any text."""
    return {key: _blotted(value) for key, value in event.items()}


def _blotted(value: Any) -> Any:  # noqa: ANN401 - whatever was logged
    if isinstance(value, dict):
        return {_blotted(key): _blotted(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_blotted(inner) for inner in value]
    if value is None or isinstance(value, bool | float):
        return value
    text = str(value)
    blotted = _PERSONAL.sub("[personal]", text)
    return value if blotted == text and isinstance(value, int) else blotted


# Every log line ends with these.
_LINE: list[Processor] = [
    structlog.processors.format_exc_info,
    without_persons,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]
