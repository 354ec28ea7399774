"""What decorators note about a view, for the document to tell: refusals, headers, parameters."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any

View = Callable[..., Any]


def note(
    view: View,
    *,
    refusals: Iterable[str] = (),
    parameters: Iterable[dict[str, Any]] = (),
    answers: Mapping[int, dict[str, Any]] = MappingProxyType({}),
    headers: Mapping[str, Any] = MappingProxyType({}),
) -> View:
    """Note what a view can refuse, which parameters it reads, how else it answers with what."""
    held = deepcopy(getattr(view, "_apidoc", {}))  # as flask-smorest does: wrappers share it
    held["refusals"] = [*held.get("refusals", ()), *refusals]
    held["also_reads"] = [*held.get("also_reads", ()), *parameters]
    held["also_answers"] = {**held.get("also_answers", {}), **answers}
    held["also_tells"] = {**held.get("also_tells", {}), **headers}
    view._apidoc = held  # type: ignore[attr-defined]  # noqa: SLF001 - where flask-smorest looks
    return view
