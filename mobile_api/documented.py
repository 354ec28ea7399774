"""What decorators note about a view, for the document to tell: refusals, headers, parameters."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

View = Callable[..., Any]


def note(
    view: View, *, refusals: Iterable[str] = (), parameters: Iterable[dict[str, Any]] = ()
) -> View:
    """Note what a view can refuse and which parameters it reads, beside what is noted already."""
    held = deepcopy(getattr(view, "_apidoc", {}))  # as flask-smorest does: wrappers share it
    held["refusals"] = [*held.get("refusals", ()), *refusals]
    held["also_reads"] = [*held.get("also_reads", ()), *parameters]
    view._apidoc = held  # type: ignore[attr-defined]  # noqa: SLF001 - where flask-smorest looks
    return view
