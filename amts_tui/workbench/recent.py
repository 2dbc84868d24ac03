"""The projects that were open lately, for the start screen."""

from __future__ import annotations

import json
from pathlib import Path

from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError
from amts_tui.project import FILE_NAME

_KEPT = 10


def _file() -> Path:
    from platformdirs import user_state_path

    return user_state_path("amts") / "recent.json"


def projects() -> list[Path]:
    """Folders of recent projects that still exist, the latest first."""
    try:
        names = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    found = [Path(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []
    return [folder for folder in found if (folder / FILE_NAME).is_file()]


def remember(folder: Path) -> None:
    """Puts a project at the top of the list. A list that cannot be written is no reason to stop."""
    names = [str(folder), *(str(other) for other in projects() if other != folder)][:_KEPT]
    try:
        write_atomically(_file(), json.dumps(names, ensure_ascii=False, indent=1))
    except AmtsError:
        return
