"""Flaws: why a file cannot be kept."""

from core.evidence.kinds import Flaw


class FlawedError(Exception):
    """A file is not kept; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw
