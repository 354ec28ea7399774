"""How long the tokens of the app last."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Lives:
    """How long a token opens the door, and how long a step-up counts."""

    access: timedelta = timedelta(minutes=15)
    refresh: timedelta = timedelta(days=30)
    step_up: timedelta = timedelta(minutes=10)
