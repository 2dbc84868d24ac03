"""How a person wants the screens to look, kept for the next start."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError


@dataclass(frozen=True, slots=True)
class Looks:
    """The theme's name, empty for the usual one; whether the terminal gives characters of ambiguous width
    (East Asian Width A: `“”…—①`) two cells.
    """

    theme: str = ""
    wide_ambiguous: bool = False


def _file() -> Path:
    from platformdirs import user_state_path

    return user_state_path("amts") / "looks.json"


def load() -> Looks:
    """What was kept; the usual looks if that is nothing, or damaged."""
    try:
        value = json.loads(_file().read_text(encoding="utf-8"))
        return Looks(str(value["theme"]), value["wide_ambiguous"] is True)
    except (OSError, ValueError, KeyError, TypeError):
        return Looks()


def keep(looks: Looks) -> None:
    """Remembers looks. A file that cannot be written is no reason to stop."""
    try:
        write_atomically(_file(), json.dumps(asdict(looks)))
    except AmtsError:
        return
