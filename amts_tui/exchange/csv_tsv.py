"""CSV and TSV: a header of the two language codes, source first, then one pair a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from amts_tui.amazon.parallel_rules import DELIMITERS as SERVICE_DELIMITERS
from amts_tui.errors import AmtsError
from amts_tui.exchange.model import FileFormat, Pair

DELIMITERS: Final = {
    FileFormat.CSV: SERVICE_DELIMITERS["CSV"],
    FileFormat.TSV: SERVICE_DELIMITERS["TSV"],
}


def render_rows(pairs: Iterable[Pair], *, delimiter: str, source_lang: str, target_lang: str) -> str:
    """The file's text: fields quoted where they must be, quotes doubled, lines ending in LF."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow((source_lang, target_lang))
    writer.writerows((pair.source, pair.target) for pair in pairs)
    return text.getvalue()


def parse_rows(text: str, *, delimiter: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of their last line, from 1; raises AmtsError with `where` and the line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise AmtsError(
            f"not a table: {error}", where=f"{where}:{reader.line_num}", remedy="check the quotes of this row"
        ) from error
