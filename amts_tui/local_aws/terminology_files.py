"""Reading custom terminologies (CSV, TSV, TMX)."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from amts_tui.amazon.languages import is_supported
from amts_tui.amazon.limits import TERM_BYTES, TERMINOLOGY_TARGETS
from amts_tui.amazon.parallel_rules import DELIMITERS
from amts_tui.local_aws.parallel_files import UnreadableFileError, tmx_units


class UnreadableTerminologyError(Exception):
    """A terminology file that cannot be imported."""

    def __init__(self) -> None:
        super().__init__(
            "The provided terminology is not formatted correctly. Check the contents of your file to ensure "
            "that it follows the correct format."
        )


@dataclass(frozen=True, slots=True)
class TerminologyContent:
    """The terms of a file by pair of languages; `count` counts pairs of a source term and a translation."""

    source: str
    targets: tuple[str, ...]
    terms: Mapping[tuple[str, str], Mapping[str, str]]
    count: int
    skipped: int


def parse(data: bytes, file_format: str, any_direction: bool) -> TerminologyContent:
    """Read a file; with `any_direction` (MULTI) every language is a source too.

    Raises UnreadableTerminologyError.
    """
    try:
        codes, rows = _tmx(data) if file_format == "TMX" else _delimited(data, DELIMITERS[file_format])
    except (UnreadableFileError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableTerminologyError from error
    distinct = len(set(codes)) == len(codes)
    if not (distinct and 2 <= len(codes) <= TERMINOLOGY_TARGETS + 1 and all(map(is_supported, codes))):
        raise UnreadableTerminologyError
    pairs = permutations(codes, 2) if any_direction else ((codes[0], code) for code in codes[1:])
    terms: dict[tuple[str, str], dict[str, str]] = {pair: {} for pair in pairs}
    count = skipped = 0
    for row in rows:
        texts = {code: text.strip() for code, text in row.items()}
        for code in codes[1:]:
            good = all(0 < len(texts.get(one, "").encode()) <= TERM_BYTES for one in (codes[0], code))
            count, skipped = count + good, skipped + (not good)
        for source, target in terms:
            if texts.get(source) and texts.get(target):
                terms[source, target][texts[source]] = texts[target]
    if count == 0:
        raise UnreadableTerminologyError
    return TerminologyContent(codes[0], tuple(codes[1:]), terms, count, skipped)


Rows = Iterable[Mapping[str, str]]


def _delimited(data: bytes, delimiter: str) -> tuple[Sequence[str], Rows]:
    lines = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=delimiter, strict=True))
    if not lines:
        raise UnreadableTerminologyError
    codes = [code.strip() for code in lines[0]]
    if any(len(line) != len(codes) for line in lines[1:] if line):
        raise UnreadableTerminologyError
    return codes, [dict(zip(codes, line, strict=True)) for line in lines[1:] if line]


def _tmx(data: bytes) -> tuple[Sequence[str], Rows]:
    source, units = tmx_units(data)
    rows = [dict(unit.variants) for unit in units]
    targets = dict.fromkeys(code for row in rows for code in row if code != source)
    return [source, *targets], rows
