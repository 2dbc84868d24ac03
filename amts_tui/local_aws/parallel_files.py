"""Reading parallel data files (CSV, TSV, TMX) as the service does: what is imported, skipped and failed.

A record is a row or a `tu`. A segment that is empty or too long is skipped: on the source side with its whole
record, on a target side alone. A record that breaks the format fails. Of two records with the same source the
later one is used; in TMX the one with the newer `changedate` (developer guide, "Parallel data input files").
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from amts_tui.amazon.languages import is_supported
from amts_tui.amazon.parallel_rules import DELIMITERS, has_line_break, is_empty, is_too_long, starts_forbidden
from amts_tui.local_aws.records import Example, ImportResult

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record as it stands in the file; `problem` fails it; `date` orders records of the same source."""

    place: str
    source: str = ""
    targets: Mapping[str, str] | None = None
    problem: str | None = None
    date: str = ""


class UnreadableFileError(Exception):
    """A file that cannot be imported at all; the message says why."""


def parse(data: bytes, file_format: str) -> ImportResult:
    """Import a file; never raises: a file that cannot be read gives a result with its `failure`."""
    try:
        if file_format == "TMX":
            source, records = _read_tmx(data)
        else:
            source, records = _read_delimited(data, DELIMITERS[file_format])
        return _import(source, records, data)
    except UnreadableFileError as error:
        return ImportResult(failure=str(error))


def _import(source: str, records: Sequence[_Record], data: bytes) -> ImportResult:
    kept: dict[str, tuple[str, Example]] = {}
    imported = failed = skipped = characters = 0
    messages: list[tuple[str, str]] = []
    for record in records:
        reasons, targets = _screen(record)
        messages += [(record.place, reason) for reason in reasons]
        if record.problem:
            failed += 1
            continue
        skipped += len(reasons)
        if not targets:
            continue
        imported += 1
        characters += len(record.source) + sum(map(len, targets.values()))
        earlier = kept.pop(record.source, None)
        if earlier is not None and earlier[0] > record.date:
            kept[record.source] = earlier
        else:
            kept[record.source] = (record.date, Example(record.source, targets))
    if imported == 0:
        failure = "The file has no record that can be imported."
        return ImportResult(failed=failed, skipped=skipped, messages=tuple(messages), failure=failure)
    examples = tuple(example for _, example in kept.values())
    codes = tuple(dict.fromkeys(code for example in examples for code in example.targets))
    return ImportResult(source, codes, examples, imported, failed, skipped, characters, tuple(messages), data)


def _screen(record: _Record) -> tuple[list[str], dict[str, str]]:
    """One reason for each failed or skipped item of a record, and the translations that are kept."""
    if record.problem:
        return [record.problem], {}
    reason = _skip_reason(record.source)
    if reason:
        return [f"The source segment {reason}."], {}
    reasons: list[str] = []
    kept: dict[str, str] = {}
    for code, text in (record.targets or {}).items():
        reason = _skip_reason(text)
        if reason:
            reasons.append(f"The segment in {code} {reason}.")
        else:
            kept[code] = text
    return reasons, kept


def _skip_reason(text: str) -> str | None:
    if is_empty(text):
        return "is empty"
    return "exceeds 1,000 bytes" if is_too_long(text) else None


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"The file is not UTF-8 (byte {error.start}).") from error
    if text.startswith("\ufeff"):
        raise UnreadableFileError("The file starts with a byte order mark.")
    return text


def _check_codes(codes: Sequence[str]) -> None:
    if len(codes) < 2:
        raise UnreadableFileError("The file needs a source language and at least one target language.")
    for code in codes:
        if not is_supported(code):
            raise UnreadableFileError(f"The language code '{code}' is not supported.")
    if len(set(codes)) < len(codes):
        raise UnreadableFileError("A language code occurs twice in the header.")


def _read_delimited(data: bytes, delimiter: str) -> tuple[str, list[_Record]]:
    lines = [line.removesuffix("\r") for line in _decode(data).split("\n")]
    if lines[-1] == "":
        lines.pop()
    if not lines:
        raise UnreadableFileError("The file is empty.")
    codes = _cells(lines[0], delimiter)
    if codes is None:
        raise UnreadableFileError("The header cannot be read.")
    _check_codes(codes)
    records = [_row(f"Line {number}", line, delimiter, codes) for number, line in enumerate(lines[1:], 2)]
    return codes[0], records


def _cells(line: str, delimiter: str) -> list[str] | None:
    """The fields of one line; None if its quotes do not match, as in a field that spans lines."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [""])
    except csv.Error:
        return None


def _row(place: str, line: str, delimiter: str, codes: Sequence[str]) -> _Record:
    if not line.strip():
        return _Record(place)
    cells = _cells(line, delimiter)
    if cells is None:
        return _Record(place, problem="The quotes do not match.")
    if len(cells) != len(codes):
        return _Record(place, problem=f"{len(codes)} fields expected, {len(cells)} found.")
    if any(starts_forbidden(cell) for cell in cells):
        return _Record(place, problem="A field starts with + - = or @.")
    if any(has_line_break(cell) for cell in cells):
        return _Record(place, problem="A field contains a line break.")
    return _Record(place, cells[0], dict(zip(codes[1:], cells[1:], strict=True)))


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """A `tu` element: its language codes with their texts, and its `changedate`."""

    variants: Sequence[tuple[str, str]]
    date: str


def tmx_units(data: bytes) -> tuple[str, list[TmxUnit]]:
    """The source language and the units of a TMX file; raises UnreadableFileError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(f"The file is not well-formed XML: {error.msg}.") from error
    header = root.find("header")
    source = header.get("srclang") if header is not None else None
    if not source:
        raise UnreadableFileError("The header has no srclang.")
    if not is_supported(source):
        raise UnreadableFileError(f"The language code '{source}' is not supported.")
    units = [TmxUnit(list(_variants(unit)), unit.get("changedate") or "") for unit in root.findall("body/tu")]
    if not units:
        raise UnreadableFileError("The body has no tu element.")
    return source, units


def _variants(unit: "_Element") -> Iterator[tuple[str, str]]:
    for variant in unit.findall("tuv"):
        segment = variant.find("seg")
        code = variant.get(_XML_LANG)
        if code and segment is not None:
            yield code, "".join(str(text) for text in segment.itertext())


def _read_tmx(data: bytes) -> tuple[str, list[_Record]]:
    source, units = tmx_units(data)
    return source, [
        _unit_record(f"Number {number} TU element", unit, source) for number, unit in enumerate(units, 1)
    ]


def _unit_record(place: str, unit: TmxUnit, source: str) -> _Record:
    codes = [code for code, _ in unit.variants]
    if len(codes) < 2:
        return _Record(place, problem="A tu needs at least two tuv elements with xml:lang and seg.")
    if codes.count(source) != 1:
        return _Record(place, problem=f"A tu needs exactly one tuv in the source language '{source}'.")
    if len(set(codes)) < len(codes):
        return _Record(place, problem="A tu has two tuv elements in one language.")
    unknown = [code for code in codes if not is_supported(code)]
    if unknown:
        return _Record(place, problem=f"The language code '{unknown[0]}' is not supported.")
    texts = dict(unit.variants)
    return _Record(place, texts.pop(source), texts, date=unit.date)
