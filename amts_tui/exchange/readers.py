"""Reading pairs back from a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from amts_tui.errors import AmtsError
from amts_tui.exchange.csv_tsv import DELIMITERS, parse_rows
from amts_tui.exchange.model import FileFormat
from amts_tui.exchange.tmx import parse_tmx


@dataclass(frozen=True, slots=True)
class PlainPair:
    """Two texts with their markup as in a file; `id` and `document` are empty where the format does not
    tell.
    """

    source: str
    target: str
    id: str = ""
    document: str = ""


def read_pairs(path: Path, *, file_format: FileFormat, source_lang: str, target_lang: str) -> list[PlainPair]:
    """All pairs of the two languages in file order.

    Languages are found by code, `en` also under `en-US`. A unit of a TMX file without one of them is not a
    pair. Raises AmtsError naming file and line when the file cannot be read, is not UTF-8, or is not what
    its format says.
    """
    data = _read(path)
    if file_format is FileFormat.TMX:
        return list(_from_tmx(path, data, source_lang, target_lang))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AmtsError("not UTF-8", where=f"{path}:{line}", remedy="save the file as UTF-8") from error
    return list(_from_rows(path, text, DELIMITERS[file_format], source_lang, target_lang))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AmtsError(f"cannot read: {error.strerror}", where=str(path), remedy="check the path") from error


def _from_rows(
    path: Path, text: str, delimiter: str, source_lang: str, target_lang: str
) -> Iterator[PlainPair]:
    rows = parse_rows(text, delimiter=delimiter, where=str(path))
    _, header = next(rows, (1, []))
    source, target = (_column(path, header, lang) for lang in (source_lang, target_lang))
    for line, row in rows:
        if row and len(row) != len(header):
            raise AmtsError(
                f"{len(row)} fields, the header has {len(header)}",
                where=f"{path}:{line}",
                remedy="quote fields that hold the delimiter",
            )
        if row:
            yield PlainPair(row[source], row[target])


def _column(path: Path, header: list[str], lang: str) -> int:
    column = _find_lang(header, lang)
    if column is None:
        raise AmtsError(
            f"no column for {lang}", where=f"{path}:1", remedy="the first row must hold the language codes"
        )
    return column


def _from_tmx(path: Path, data: bytes, source_lang: str, target_lang: str) -> Iterator[PlainPair]:
    for unit in parse_tmx(data, str(path)):
        langs = [lang for lang, _ in unit.variants]
        source, target = _find_lang(langs, source_lang), _find_lang(langs, target_lang)
        if source is not None and target is not None:
            yield PlainPair(unit.variants[source][1], unit.variants[target][1], unit.id, unit.document)


def _find_lang(langs: list[str], wanted: str) -> int | None:
    """Where a language stands: under its own code, else under one with a region (`en-US` for `en`)."""
    tags = [lang.strip().lower().replace("_", "-") for lang in langs]
    tag = wanted.lower().replace("_", "-")
    regional = (place for place, found in enumerate(tags) if found.startswith(f"{tag}-"))
    return tags.index(tag) if tag in tags else next(regional, None)
