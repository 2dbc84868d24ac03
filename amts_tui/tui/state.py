"""What the screens share: the direction and document in hand, and what the application has said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from amts_tui.workbench.session import Pipeline

Severity = Literal["information", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Said:
    """One line that the application told its user; `detail` is what the Log alone shows."""

    at: datetime
    severity: Severity
    text: str
    detail: str = ""


@dataclass(slots=True)
class Desk:
    """The state that outlives a change of mode."""

    pipeline: Pipeline
    document: str | None = None
    said: list[Said] = field(default_factory=list)
