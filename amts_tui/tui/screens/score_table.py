"""The table of scores: chapters as rows, metrics or runs as columns, a bar in every cell."""

from __future__ import annotations

from collections.abc import Sequence

from amts_tui.tui.widgets.bars import eighths
from amts_tui.tui.widgets.key_table import Column, TableRow
from amts_tui.tui.widgets.wrapping import clip_start
from amts_tui.workbench.scores import DEFAULT_METRICS, Evaluation, MetricName, Row

TOTAL = "total"
_BEST = 100.0
_BAR = 8
_UNDER_WAY = "  ..."
_TITLE_WIDTH = 14
_TITLES = {MetricName.BLEU: "BLEU", MetricName.CHRF: "chrF", MetricName.TER: "TER (lower)"}


def columns(titles: Sequence[str], metric: MetricName) -> list[Column]:
    """The columns for so many runs: all metrics of a single one, the chosen metric of several."""
    if len(titles) == 1:
        first, scores = "chapter", [_TITLES[each] for each in DEFAULT_METRICS]
    else:
        first, scores = f"{_TITLES[metric]} by chapter", [_title(*run) for run in enumerate(titles, start=1)]
    return [Column(first, flexible=True, tail=True), Column("segments", right=True), *map(Column, scores)]


def signature(evaluations: Sequence[Evaluation], metric: MetricName) -> str:
    """The settings of what the table shows, as sacrebleu writes them."""
    whole = evaluations[0].signature
    if len(evaluations) == 1:
        return whole
    sign = _TITLES[metric].split()[0]
    return next((part for part in whole.split("; ") if part.startswith(sign)), whole)


def _title(number: int, name: str) -> str:
    """The number and the end of the name: names of one family differ there."""
    return f"{number} {clip_start(name, _TITLE_WIDTH - 2)}"


def rows(evaluations: Sequence[Evaluation], metric: MetricName, *, alike: bool = True) -> list[TableRow]:
    """A row for each chapter that any of the runs has, and one for all of them; its scores are `-` unless the
    runs are `alike`: cover the same documents.
    """
    if not evaluations:
        return []
    by_name = [{row.name: row for row in evaluation.by} for evaluation in evaluations]
    names = list(dict.fromkeys(name for found in by_name for name in found))
    table = [_row(name, [found.get(name) for found in by_name], metric) for name in names]
    if not alike:
        return [*table, TableRow(TOTAL, (TOTAL, "-", *("    -" for _ in evaluations)))]
    return [*table, _row(TOTAL, [evaluation.total for evaluation in evaluations], metric)]


def chapter_name(chapter: str) -> str:
    """A chapter as it is shown: documents in the book's own folder have none."""
    return "(top)" if chapter == "." else chapter


def _row(name: str, found: Sequence[Row | None], metric: MetricName) -> TableRow:
    segments = max(row.segments for row in found if row is not None)
    if len(found) == 1:
        cells = [_cell(found[0], each) for each in DEFAULT_METRICS]
    else:
        cells = [_cell(row, metric) for row in found]
    return TableRow(name, (chapter_name(name), str(segments), *cells))


def _cell(row: Row | None, metric: MetricName) -> str:
    if row is None:
        return ""
    score: float | None = getattr(row.scores, metric.value)
    return _UNDER_WAY if score is None else f"{score:5.1f} {eighths(score, _BEST, _BAR)}"
