"""Texts for the user's own editor: as a file, and back."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from amts_tui.workbench.types import AmtsError

_CUT = "---- the source, to look at; what stands from this line on is not read ----"


def as_file(source: Sequence[str], target: Sequence[str]) -> str:
    """Each target text as a paragraph; under a line of its own, the source."""
    return "\n\n".join(target) + f"\n\n{_CUT}\n" + "\n".join(source) + "\n"


def from_file(text: str, count: int) -> list[str]:
    """The target texts of such a file; the lines of a paragraph are joined. Raises AmtsError if they are not
    `count`.
    """
    above = text.partition(_CUT)[0]
    paragraphs = [" ".join(part.split("\n")).strip() for part in _paragraphs(above)]
    if len(paragraphs) != count:
        raise AmtsError(
            f"{len(paragraphs)} paragraphs for {count} sentences: nothing was changed",
            remedy="keep an empty line between sentences, and none within",
        )
    return paragraphs


def _paragraphs(text: str) -> list[str]:
    found: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip():
            found[-1].append(line.strip())
        elif found[-1]:
            found.append([])
    return ["\n".join(lines) for lines in found if lines]


def command() -> list[str]:
    """The editor that the user has named in `VISUAL` or `EDITOR`. Raises AmtsError if there is none."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(named)
    except ValueError as error:
        raise AmtsError(f"EDITOR is not a command: {error}", remedy="mend its quotes") from error
    if not words:
        raise AmtsError("no editor is named", remedy="set EDITOR, for example to `nano`")
    return words


def edit(editor: Sequence[str], text: str) -> str:
    """Lets the user change a text in an editor. Raises AmtsError if that fails."""
    with tempfile.TemporaryDirectory(prefix="amts-") as folder:
        file = Path(folder) / "text.md"
        file.write_text(text, encoding="utf-8", newline="")
        try:
            done = subprocess.run([*editor, str(file)], check=False)
        except OSError as error:
            raise AmtsError(
                f"cannot start {editor[0]}: {error.strerror}",
                remedy="set EDITOR to an editor that is installed",
            ) from error
        if done.returncode:
            raise AmtsError(
                f"{editor[0]} ended with status {done.returncode}: nothing was changed", remedy="try again"
            )
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise AmtsError("the edited text cannot be read", remedy="save it as UTF-8") from error
