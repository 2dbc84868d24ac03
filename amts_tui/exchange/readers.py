"""Reading pairs from a file, whose name tells its format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from amts_tui.corpus.model import Origin, Status
from amts_tui.errors import AmtsError
from amts_tui.exchange.codes import find_lang
from amts_tui.exchange.csv_tsv import DELIMITERS, parse_rows
from amts_tui.exchange.lines import parse_jsonl, parse_moses
from amts_tui.exchange.model import FileFormat, PlainPair
from amts_tui.exchange.po import parse_po
from amts_tui.exchange.tmx import ParsedUnit, parse_tmx
from amts_tui.exchange.xliff import parse_xliff

_XLIFF: Final = (".xlf", ".xliff", ".mxliff", ".mqxliff", ".sdlxliff")
SUFFIXES: Final = (".csv", ".tsv", ".tmx", ".po", ".jsonl", *_XLIFF)
"""What files of pairs end in; Moses files end in their language."""

_LARGEST: Final = 1 << 30  # bytes
_DOCUMENT_PROPERTIES: Final = ("x-document", "x-file", "document", "file", "x-filename", "filename")
_ID_COLUMNS: Final = ("id", "tuid")
_DOCUMENT_COLUMNS: Final = ("document", "file", "path")


def read_pairs(path: Path, *, source_lang: str, target_lang: str) -> list[PlainPair]:
    """All pairs of the two languages in file order, in CSV, TSV, TMX, XLIFF, PO or JSONL by the file's
    suffix, or in two Moses files, of which `path` is one or what their names have in common.

    Languages are found by code, `en` also under `en-US`. A unit without one of them is not a pair; one whose
    text is empty is. Raises AmtsError naming file and line when the file cannot be read, is not UTF-8, or is
    not what its format says, or when it states other languages.
    """
    suffix = path.suffix.lower()
    where = str(path)
    if suffix in _XLIFF:
        return _from_xliff(_read(path), where, source_lang, target_lang)
    if suffix == ".tmx":
        return _from_tmx(_read(path), where, source_lang, target_lang)
    if suffix == ".po":
        catalogue = parse_po(path, _read(path))
        if catalogue.lang and find_lang([catalogue.lang], target_lang) is None:
            raise _other_languages(where, [catalogue.lang], target_lang)
        return list(catalogue.pairs)
    if suffix == ".jsonl":
        return list(parse_jsonl(_text(path), where, source_lang, target_lang))
    if suffix in (".csv", ".tsv"):
        delimiter = DELIMITERS[FileFormat(suffix[1:])]
        return list(_from_rows(where, _text(path), delimiter, source_lang, target_lang))
    moses = moses_files(path, source_lang, target_lang)
    if moses is None:
        raise AmtsError(
            "no file of pairs by its name",
            where=where,
            remedy=f"names end in {', '.join(SUFFIXES)}; Moses files in .{source_lang} and .{target_lang}",
        )
    source, target = moses
    return list(parse_moses((_text(source), _text(target)), (str(source), str(target))))


def moses_files(path: Path, source_lang: str, target_lang: str) -> tuple[Path, Path] | None:
    """The two Moses files that `path` is one of, or that are named `path` and a language; None if there are
    not both.
    """
    stem = path.name.removesuffix(f".{source_lang}").removesuffix(f".{target_lang}")
    files = path.with_name(f"{stem}.{source_lang}"), path.with_name(f"{stem}.{target_lang}")
    return files if all(file.is_file() for file in files) else None


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise AmtsError("larger than 1 GiB", where=str(path), remedy="cut it into several files")
        return path.read_bytes()
    except OSError as error:
        raise AmtsError(f"cannot read: {error.strerror}", where=str(path), remedy="check the path") from error


def _text(path: Path) -> str:
    data = _read(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AmtsError("not UTF-8", where=f"{path}:{line}", remedy="save the file as UTF-8") from error


class OtherLanguages(AmtsError):
    """A sound file that holds no pairs of the languages."""


def _other_languages(where: str, found: Iterable[str], wanted: str) -> OtherLanguages:
    return OtherLanguages(
        f"no pairs for {wanted}", where=where, remedy=f"the file holds {', '.join(sorted(set(found)))}"
    )


def _from_rows(
    where: str, text: str, delimiter: str, source_lang: str, target_lang: str
) -> Iterator[PlainPair]:
    rows = parse_rows(text, delimiter=delimiter, where=where)
    _, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    source = _column(where, header, source_lang, "source")
    target = _column(where, header, target_lang, "target")
    name, document = (_first(names, wanted) for wanted in (_ID_COLUMNS, _DOCUMENT_COLUMNS))
    for line, row in rows:
        if row and len(row) != len(header):
            raise AmtsError(
                f"{len(row)} fields, the header has {len(header)}",
                where=f"{where}:{line}",
                remedy="quote fields that hold the delimiter",
            )
        if row:
            yield PlainPair(row[source], row[target], _field(row, name), _field(row, document))


def _column(where: str, header: Sequence[str], lang: str, otherwise: str) -> int:
    column = find_lang(header, lang)
    if column is None:
        column = _first([name.strip().lower() for name in header], (otherwise,))
    if column is None:
        shown = ", ".join(name.strip() for name in header)
        raise AmtsError(
            f"no column for {lang} (columns: {shown})",
            where=f"{where}:1",
            remedy="the first row must hold the language codes",
        )
    return column


def _first(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _field(row: Sequence[str], column: int | None) -> str:
    return "" if column is None else row[column]


def _from_tmx(data: bytes, where: str, source_lang: str, target_lang: str) -> list[PlainPair]:
    pairs = []
    seen: set[str] = set()
    for unit in parse_tmx(data, where):
        langs = [lang for lang, _ in unit.variants]
        seen.update(langs)
        source, target = find_lang(langs, source_lang), find_lang(langs, target_lang)
        if source is not None and target is not None:
            pairs.append(_of_unit(unit, unit.variants[source][1], unit.variants[target][1]))
    if seen and not pairs:
        raise _other_languages(where, seen, f"{source_lang} and {target_lang}")
    return pairs


def _of_unit(unit: ParsedUnit, source: str, target: str) -> PlainPair:
    """The pair of a TMX unit with what its properties say, as `amts export` writes them."""
    given = unit.properties
    document = next((given[name] for name in _DOCUMENT_PROPERTIES if name in given), "")
    status = next((status for status in Status if status == given.get("x-status")), None)
    origin = next((origin for origin in Origin if origin == given.get("x-origin")), Origin.HUMAN)
    try:
        confidence = min(max(float(given.get("x-confidence", 1)), 0.0), 1.0)
    except ValueError:
        confidence = 1.0
    return PlainPair(source, target, unit.id, document, status, confidence, origin)


def _from_xliff(data: bytes, where: str, source_lang: str, target_lang: str) -> list[PlainPair]:
    pairs = []
    seen: set[str] = set()
    for found in parse_xliff(data, where):
        stated = (found.source_lang, found.target_lang)
        if all(
            not code or find_lang([code], lang) is not None
            for code, lang in zip(stated, (source_lang, target_lang), strict=True)
        ):
            pairs.append(found.pair)
        else:
            seen.add("-".join(stated))
    if seen and not pairs:
        raise _other_languages(where, seen, f"{source_lang} and {target_lang}")
    return pairs
