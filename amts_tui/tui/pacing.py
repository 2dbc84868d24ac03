"""How often a service is asked, and how long ago something was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

_FIRST, _MOST, _GROWTH = 2.0, 30.0, 1.5


@dataclass(slots=True)
class Backoff:
    """Seconds between questions: few while something happens, more and more while nothing does."""

    seconds: float = _FIRST

    def quiet(self) -> None:
        """Nothing has changed."""
        self.seconds = min(self.seconds * _GROWTH, _MOST)

    def stirred(self) -> None:
        """Something has changed."""
        self.seconds = _FIRST


def age(then: datetime, now: datetime) -> str:
    """`40s`, `3m`, `5h`, `12d`."""
    seconds = max(int((now - then).total_seconds()), 0)
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"
