"""Time as the local endpoint sees it: real instants, service durations divided by a speed."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` gives epoch seconds; a duration of the service is over `speed` times sooner than it says."""

    speed: float = 1.0
    now: Callable[[], float] = time.time

    def passed(self, since: float, seconds: float) -> bool:
        """Whether something that lasts `seconds` at speed 1 and began at `since` is over."""
        return self.now() - since >= seconds / self.speed
