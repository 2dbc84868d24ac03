"""Writing pairs to a file, in whatever format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from amts_tui.amazon import parallel_rules
from amts_tui.amazon.languages import normalise_code
from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError
from amts_tui.exchange.csv_tsv import DELIMITERS, render_rows
from amts_tui.exchange.model import SETTLED, FileFormat, Form, Granularity, LeftOut, Pair, Written
from amts_tui.exchange.tmx import illegal_characters, render_tmx

_RULES: Final[dict[FileFormat, parallel_rules.Format]] = {
    FileFormat.CSV: "CSV",
    FileFormat.TSV: "TSV",
    FileFormat.TMX: "TMX",
}


def write_pairs(
    path: Path,
    pairs: Sequence[Pair],
    *,
    file_format: FileFormat,
    source_lang: str,
    target_lang: str,
    form: Form,
    granularity: Granularity = Granularity.SENTENCE,
) -> Written:
    """Writes the pairs in their order as UTF-8 without BOM, lines ending in LF; the file appears whole or
    not at all.

    In the amazon form, what CreateParallelData would refuse is left out, of several pairs with one source
    all but the best, and the languages get the service's own codes. Raises AmtsError for a language that
    Amazon Translate does not have and for a path that cannot be written.
    """
    left_out: list[LeftOut] = []
    if form is Form.AMAZON:
        source_lang, target_lang = _service_codes(source_lang, target_lang)
        pairs, left_out = _acceptable(pairs, _RULES[file_format])
        pairs, doubled = _best_of_each_source(pairs)
        left_out += doubled
    if file_format is FileFormat.TMX:
        text = render_tmx(
            pairs, source_lang=source_lang, target_lang=target_lang, granularity=granularity, form=form
        )
        warnings = tuple(illegal_characters(pairs))
    else:
        text = render_rows(
            pairs, delimiter=DELIMITERS[file_format], source_lang=source_lang, target_lang=target_lang
        )
        warnings = ()
    write_atomically(path, text)
    return Written(len(pairs), tuple(left_out), warnings)


def _service_codes(source_lang: str, target_lang: str) -> tuple[str, str]:
    codes = normalise_code(source_lang), normalise_code(target_lang)
    for lang, code in zip((source_lang, target_lang), codes, strict=True):
        if code is None:
            raise AmtsError(
                f"Amazon Translate has no language {lang!r}", remedy="export with `--for exchange`"
            )
    source, target = codes
    if source == target:
        raise AmtsError(f"{source_lang} and {target_lang} are one language to Amazon Translate")
    return str(source), str(target)


def _acceptable(pairs: Sequence[Pair], rules: parallel_rules.Format) -> tuple[list[Pair], list[LeftOut]]:
    accepted: list[Pair] = []
    left_out: list[LeftOut] = []
    for pair in pairs:
        sides = {"source": pair.source, "target": pair.target}
        reasons = [
            f"{side} {why}" for side, text in sides.items() if (why := parallel_rules.refusal(text, rules))
        ]
        if reasons:
            left_out.append(LeftOut(pair.id, pair.document, "; ".join(reasons)))
        else:
            accepted.append(pair)
    return accepted, left_out


def _best_of_each_source(pairs: Sequence[Pair]) -> tuple[list[Pair], list[LeftOut]]:
    """Of pairs with one source: what a person settled, then the higher confidence, then the later one."""
    best: dict[str, Pair] = {}
    for pair in pairs:
        rival = best.get(pair.source)
        if rival is None or _rank(pair) >= _rank(rival):
            best[pair.source] = pair
    kept = [pair for pair in pairs if best[pair.source] is pair]
    left_out = [
        LeftOut(pair.id, pair.document, f"same source text as {best[pair.source].id}")
        for pair in pairs
        if best[pair.source] is not pair
    ]
    return kept, left_out


def _rank(pair: Pair) -> tuple[bool, float]:
    return pair.status in SETTLED, pair.confidence
