"""Folders on disk, for a line in which somebody types a path."""

from __future__ import annotations

import os
from pathlib import Path


def completions(typed: str, most: int = 50) -> list[str]:
    """The folders that a typed path may go on to, sorted, as they would be typed, each with a slash at its
    end; hidden ones only if the typed name begins with a dot. Empty for a path that leads nowhere.
    """
    head, slash, start = typed.rpartition("/")
    place = Path(f"{head}{slash}" or ".").expanduser()
    try:
        with os.scandir(place) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir())
    except (OSError, ValueError):
        return []
    fitting = (
        name
        for name in names
        if name.casefold().startswith(start.casefold()) and name.startswith(".") == start.startswith(".")
    )
    return [f"{head}{slash}{name}/" for name in fitting][:most]
