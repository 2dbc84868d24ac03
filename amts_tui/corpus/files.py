"""Small text files that hold people's work: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from amts_tui.errors import AmtsError


def read_utf8(path: Path) -> str:
    """The text of a file, its line ends untouched. Raises AmtsError if it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise AmtsError("the file is not UTF-8", where=str(path), remedy="restore it from git") from error
    except OSError as error:
        raise AmtsError(
            f"cannot read: {error.strerror}", where=str(path), remedy="check its rights"
        ) from error


def write_atomically(path: Path, text: str) -> None:
    """Writes UTF-8 text so that a reader, or a crash, sees the old file or the new one, never half of it.

    A link is followed; a device or a pipe (`/dev/stdout`) is written to, not replaced.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(text.encode("utf-8"))
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path.resolve(), text)
    except OSError as error:
        raise AmtsError(
            f"cannot write: {error.strerror}", where=str(path), remedy="check rights and free space"
        ) from error


def _replace(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
