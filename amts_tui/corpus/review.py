"""The review files: what people did to a document's beads, as text in their repository.

`amts-data/<source-target>/<document>.jsonl`: a header line, then one touched bead a line in the document's
order. Unit texts stand as in the file; `edit` is a text that a person wrote and that is not in the book's
file yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from amts_tui.books.formats import mask_as
from amts_tui.corpus.files import read_utf8
from amts_tui.corpus.model import Bead, BeadUnit, Mark, Origin, Status
from amts_tui.errors import AmtsError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Review:
    """A review file, read. The beads' units know their key and text, not yet their place in the document."""

    source_path: str
    target_path: str
    beads: tuple[Bead, ...]


def review_path(data: Path, pipeline: str, source_path: str) -> Path:
    """Where the review of a document lies below `amts-data/`."""
    return data / pipeline / f"{source_path}.jsonl"


def render(source_path: str, target_path: str, beads: Iterable[Bead]) -> str | None:
    """The text of a review file; None when nobody has touched a bead."""
    said = lines(beads)
    if not said:
        return None
    header = _line({"amts-review": FORMAT, "source": source_path, "target": target_path})
    return "\n".join([header, *said.values(), ""])


def lines(beads: Iterable[Bead]) -> dict[str, str]:
    """What a review file says about each touched bead, by id."""
    return {bead.id: _line(_bead_value(bead)) for bead in beads if bead.touched}


def rendered_lines(text: str) -> dict[str, str]:
    """The same from a text that `render` has made."""
    return {json.loads(line)["id"]: line for line in text.split("\n")[1:] if line}


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _bead_value(bead: Bead) -> dict[str, Any]:
    value: dict[str, Any] = {"id": bead.id, "status": bead.status.value}
    if bead.marks:
        value["marks"] = sorted(mark.value for mark in bead.marks)
    if bead.note:
        value["note"] = bead.note
    value["source"] = [_unit_value(unit) for unit in bead.source]
    value["target"] = [_unit_value(unit) for unit in bead.target]
    return value


def _unit_value(unit: BeadUnit) -> dict[str, str]:
    value = {"key": unit.key, "text": unit.raw if unit.in_file is None else unit.in_file}
    if unit.in_file is not None:
        value["edit"] = unit.raw
    if unit.origin is not Origin.HUMAN:
        value["origin"] = unit.origin.value
    return value


def read(path: Path) -> Review:
    """Reads a review file. Raises AmtsError with the line of whatever is not as it should be."""
    text = read_utf8(path)
    numbered = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not numbered:
        raise AmtsError(
            "the review file is empty", where=str(path), remedy="restore it from git or delete it"
        )
    header = _parsed(path, *numbered[0])
    if header.get("amts-review") != FORMAT:
        raise AmtsError(
            f"not a review file of format {FORMAT}", where=f"{path}:1", remedy="use the amts that wrote it"
        )
    paths = (str(header.get("source", "")), str(header.get("target", "")))
    beads: dict[str, Bead] = {}
    for number, line in numbered[1:]:
        bead = _bead(path, number, _parsed(path, number, line), paths)
        if bead.id in beads:
            raise AmtsError(
                f"bead {bead.id} stands on two lines",
                where=f"{path}:{number}",
                remedy="keep the one that you want",
            )
        beads[bead.id] = bead
    return Review(*paths, tuple(beads.values()))


def target_of(path: Path) -> str:
    """The target document that a review file names; empty if its first line does not tell."""
    try:
        with path.open(encoding="utf-8") as file:
            header = json.loads(file.readline())
    except (OSError, ValueError):
        return ""
    return str(header.get("target", "")) if isinstance(header, dict) else ""


def _parsed(path: Path, number: int, line: str) -> Mapping[str, Any]:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise AmtsError(
            "the review file holds an unresolved merge",
            where=f"{path}:{number}",
            remedy="keep the lines of both sides that you want and delete the conflict marks",
        )
    try:
        value = json.loads(line)
    except ValueError as error:
        raise AmtsError(
            f"not JSON: {error}", where=f"{path}:{number}", remedy="restore the line from git"
        ) from error
    if not isinstance(value, dict):
        raise AmtsError("not a JSON object", where=f"{path}:{number}", remedy="restore the line from git")
    return value


def _bead(path: Path, number: int, value: Mapping[str, Any], documents: tuple[str, str]) -> Bead:
    try:
        bead = Bead(
            id=_text(value["id"]),
            source=tuple(_unit(unit, documents[0]) for unit in value["source"]),
            target=tuple(_unit(unit, documents[1]) for unit in value["target"]),
            confidence=1.0,
            status=Status(value["status"]),
            marks=frozenset(Mark(mark) for mark in value.get("marks", ())),
            note=_text(value.get("note", "")),
        )
        if not bead.source and not bead.target:
            raise ValueError("it holds no text")
    except KeyError as error:
        raise _no_bead(path, number, f"{error} is missing") from error
    except (TypeError, ValueError) as error:
        raise _no_bead(path, number, str(error)) from error
    return bead


def _no_bead(path: Path, number: int, why: str) -> AmtsError:
    return AmtsError(f"not a bead: {why}", where=f"{path}:{number}", remedy="restore the line from git")


def _unit(value: Mapping[str, Any], document: str) -> BeadUnit:
    in_file = _text(value["text"])
    raw = _text(value.get("edit", in_file))
    text, items, _breaks = mask_as(document, raw)
    unit = BeadUnit(_text(value["key"]), text, items, origin=Origin(value.get("origin", Origin.HUMAN)))
    return replace(unit, in_file=in_file) if "edit" in value else unit


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
