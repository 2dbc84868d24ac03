"""Aligning files without a project: two of them, or a list of pairs with one shared lexicon."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amts_tui.alignment.documents import Mode, TextPair, align_many, document_pair, unit_pair
from amts_tui.alignment.model import Link
from amts_tui.alignment.similarity import Similarity, choose
from amts_tui.alignment.threads import limited
from amts_tui.books.inline import file_text
from amts_tui.books.model import Document
from amts_tui.books.reading import read_document, read_text
from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError
from amts_tui.workbench.languages import checked, sentence_notes


@dataclass(frozen=True, slots=True)
class Settings:
    """How files are read and compared."""

    source_lang: str
    target_lang: str
    segmented: bool = False
    similarity: str = "default"
    mode: Mode = "thorough"


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """`value` is the JSON object of `amts align-files`."""

    value: dict[str, Any]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlignedList:
    """The files written for a list of pairs, and what failed (one line each)."""

    written: tuple[str, ...]
    failed: tuple[str, ...]
    notes: tuple[str, ...]


def align_two(source: Path | None, target: Path | None, settings: Settings) -> AlignedPair:
    """Aligns two files. Raises AmtsError for a missing or unreadable one."""
    if source is None or target is None:
        raise AmtsError("two files are needed", remedy="amts align-files SRC TGT, or --pairs LIST.tsv")
    measure = _measure(settings)
    read = _read(source, target, settings)
    with limited():
        links = next(iter(align_many([read.pair], measure, mode=settings.mode)))
    return AlignedPair(_value(read, links), _notes(settings, measure))


def align_list(
    listing: Path, output: Path | None, settings: Settings, progress: Callable[[int, int, str], None]
) -> AlignedList:
    """Aligns the pairs of a list (`SRC<TAB>TGT[<TAB>NAME]`) and writes `NAME.json` for each into a folder.

    Paths are relative to the list; what one pair teaches serves all. A pair that cannot be read is listed and
    the rest finished. Raises AmtsError for a bad line or two equal names.
    """
    if output is None:
        raise AmtsError("--pairs needs a folder for the results", remedy="add --output-dir D")
    jobs = _read_list(listing)
    measure = _measure(settings)
    written: list[str] = []
    failed: list[str] = []
    files: list[tuple[str, _Files]] = []
    for source, target, name in jobs:
        try:
            files.append((name, _read(source, target, settings)))
        except AmtsError as error:
            failed.append(str(error))

    def report(done: int, steps: int) -> None:
        progress(done, steps, files[done % len(files)][0] if done < steps else "")

    found = align_many([read.pair for _, read in files], measure, mode=settings.mode, progress=report)
    with limited():
        for (name, read), links in zip(files, found, strict=True):
            try:
                write(output / f"{name}.json", _value(read, links))
                written.append(f"{name}.json")
            except AmtsError as error:
                failed.append(str(error))
    return AlignedList(tuple(written), tuple(failed), _notes(settings, measure))


def write(path: Path, value: dict[str, Any]) -> None:
    """Writes the JSON of an alignment."""
    write_atomically(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _measure(settings: Settings) -> Similarity:
    return choose(checked(settings.source_lang), checked(settings.target_lang), settings.similarity)


def _notes(settings: Settings, measure: Similarity) -> tuple[str, ...]:
    notes = () if settings.segmented else sentence_notes(settings.source_lang, settings.target_lang)
    return (*notes, measure.note) if measure.note else notes


def _read_list(listing: Path) -> list[tuple[Path, Path, str]]:
    jobs: list[tuple[Path, Path, str]] = []
    names: dict[str, int] = {}
    for number, line in enumerate(read_text(listing).split("\n"), start=1):
        fields = line.rstrip("\r").split("\t")
        if fields == [""]:
            continue
        where = f"{listing}:{number}"
        if len(fields) not in (2, 3) or not all(fields):
            raise AmtsError("not SRC<TAB>TGT[<TAB>NAME]", where=where, remedy="separate the fields by tabs")
        name = fields[2] if len(fields) == 3 else Path(fields[0]).stem
        if name in names:
            raise AmtsError(
                f"the name {name} is taken by line {names[name]}",
                where=where,
                remedy="add a third field with a name",
            )
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise AmtsError(f"{name} leads out of the folder", where=where, remedy="use a plain name")
        names[name] = number
        jobs.append((listing.parent / fields[0], listing.parent / fields[1], name))
    if not jobs:
        raise AmtsError("the list is empty", where=str(listing), remedy="a line SRC<TAB>TGT for each pair")
    return jobs


@dataclass(frozen=True, slots=True)
class _Files:
    """Two files that have been read: what to align, and the units as they are shown."""

    pair: TextPair
    source: list[str]
    target: list[str]


def _read(source: Path, target: Path, settings: Settings) -> _Files:
    if settings.segmented:
        left, right = _lines(source), _lines(target)
        return _Files(unit_pair(left, right), left, right)
    documents = _document(source, settings.source_lang), _document(target, settings.target_lang)
    return _Files(document_pair(*documents), _unit_texts(documents[0]), _unit_texts(documents[1]))


def _value(read: _Files, links: Sequence[Link]) -> dict[str, Any]:
    return {
        "beads": [
            {
                "source": list(link.source),
                "target": list(link.target),
                "confidence": round(float(link.confidence), 4),
            }
            for link in links
        ],
        "units": {"source": read.source, "target": read.target},
    }


def _document(path: Path, lang: str) -> Document:
    return read_document(path, lang=lang)


def _unit_texts(document: Document) -> list[str]:
    return [file_text(u.text, u.items) for segment in document.segments() for u in segment.units]


def _lines(path: Path) -> list[str]:
    """Lines end at LF only; an empty line is a unit; the final newline ends the last line."""
    lines = read_text(path).split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines
