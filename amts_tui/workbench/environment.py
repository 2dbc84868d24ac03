"""What a bug report needs to know about an installation."""

from __future__ import annotations

import platform
import re
from importlib import metadata

from amts_tui import __version__

_PACKAGE = "amts-tui"


def facts() -> dict[str, str]:
    """Names and versions: amts, Python, the system, and every dependency that is installed, extras too."""
    names = sorted({re.split(r"[^A-Za-z0-9._-]", need)[0] for need in _requirements()})
    found = {name: version for name in names if (version := _version(name))}
    return {"amts": __version__, "Python": platform.python_version(), "system": platform.platform(), **found}


def _requirements() -> list[str]:
    try:
        return metadata.requires(_PACKAGE) or []
    except metadata.PackageNotFoundError:
        return []


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
