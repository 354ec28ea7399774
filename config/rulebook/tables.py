"""Tables: YAML files read row by row; every fault is kept with its file, row and field."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from core.rules.dated import Rule

AnyRule = TypeVar("AnyRule", bound=Rule)
Read = TypeVar("Read")


class RulebookError(ValueError):
    """Some table of rules is wrong; each line says which file, row and field."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(faults))


class Tables:
    """The tables of one folder, and all that is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faults: list[str] = []

    def rows(self, name: str, kind: type[AnyRule]) -> tuple[AnyRule, ...]:
        """Return the rows of a table that are right, and keep the faults of the others."""
        given = self._read(name)
        if not isinstance(given, list):
            self._faults.append(f"{name}: should be a list of rows")
            return ()
        read = TypeAdapter(kind)
        rows = [self._row(name, read, (number, row)) for number, row in enumerate(given, start=1)]
        return tuple(row for row in rows if row is not None)

    def whole(self, name: str, read: Callable[[Any], Read]) -> tuple[Read, ...]:
        """Return the one thing that a table means as a whole, or keep its faults."""
        try:
            return (read(self._read(name)),)
        except ValidationError as error:
            self._faults += [f"{name}: {_where(one)}: {one['msg']}" for one in error.errors()]
        except ValueError as error:
            self._faults.append(str(error))
        return ()

    def refuse_faults(self) -> None:
        """Raise RulebookError if anything was wrong."""
        if self._faults:
            raise RulebookError(self._faults)

    def _row(self, name: str, read: TypeAdapter[AnyRule], row: tuple[int, Any]) -> AnyRule | None:
        number, given = row
        named = given.get("name") if isinstance(given, dict) else None
        try:
            return read.validate_python(given)
        except ValidationError as error:
            place = f"{name}: row {number}" + (f" ({named})" if named else "")
            self._faults += [f"{place}: {_where(one)}: {one['msg']}" for one in error.errors()]
            return None

    def _read(self, name: str) -> Any:  # noqa: ANN401 - the models say what it must be
        try:
            text = (self._folder / name).read_text(encoding="utf-8")
            return yaml.load(text, _Once)  # noqa: S506 - a safe loader that is stricter
        except FileNotFoundError:
            self._faults.append(f"{name}: there is no such file")
        except yaml.YAMLError as error:
            self._faults.append(f"{name}: {' '.join(str(error).split())}")
        return []


class _Once(yaml.CSafeLoader):
    """A safe loader that refuses a field given twice, of which the last would win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - its signature
        keys = [key.value for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise yaml.constructor.ConstructorError(
                None, None, f"given twice: {', '.join(sorted(twice))}", node.start_mark
            )
        return super().construct_mapping(node, deep=deep)


def _where(error: Any) -> str:  # noqa: ANN401 - pydantic's details of one error
    return ".".join(str(part) for part in error["loc"]) or "row"
