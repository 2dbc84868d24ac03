"""Small text files that hold people's work: written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

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


def write_atomically(path: Path, content: str | bytes) -> None:
    """Writes bytes, or text as UTF-8, so that a reader, or a crash, sees the old file or the new one, never
    half of it.

    A link is followed; a device or a pipe (`/dev/stdout`) is written to, not replaced.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path.resolve(), data)
    except OSError as error:
        raise AmtsError(
            f"cannot write: {error.strerror}", where=str(path), remedy="check rights and free space"
        ) from error


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name[:60]}.{uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o7777)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
