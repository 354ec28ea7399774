"""Who has a phone and who follows, written down so that the next run goes on with it."""

import json
from pathlib import Path

from sandbox.errors import Json


class Register:
    """One line a change, the last of a citizen counts; without a file nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def read(self) -> list[Json]:
        """Return how every citizen stood at last, and write the file anew and short."""
        if self.path is None or not self.path.exists():
            return []
        stood: dict[str, Json] = {}
        for line in self.path.read_text("utf-8").splitlines():
            if entry := _entry(line):
                stood[entry["openid"]] = entry
        shorter = self.path.with_suffix(".new")
        shorter.write_text("".join(map(_line, stood.values())), "utf-8")
        shorter.replace(self.path)
        return list(stood.values())

    def note(self, entry: Json) -> None:
        """Write down how a citizen stands now."""
        if self.path is None:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(_line(entry))

    def clear(self) -> None:
        """Forget everybody."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _line(entry: Json) -> str:
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _entry(line: str) -> Json | None:
    # Whoever was killed while writing left half a line.
    try:
        entry: Json = json.loads(line)
    except ValueError:
        return None
    return entry
