"""Scoring runs against what people wrote, chapter by chapter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amts_tui.alignment.documents import align_documents
from amts_tui.alignment.model import Link
from amts_tui.alignment.similarity import Similarity, choose
from amts_tui.books.model import Document
from amts_tui.books.reading import parse_bytes
from amts_tui.corpus import runs
from amts_tui.corpus.runs import RunRecord
from amts_tui.errors import AmtsError
from amts_tui.evaluation import folders
from amts_tui.evaluation.counterparts import Align
from amts_tui.evaluation.documents import score_beads
from amts_tui.evaluation.folders import Folders
from amts_tui.evaluation.metrics import DEFAULT_METRICS, MetricName, Scorer, Scores, Step, parse_metrics
from amts_tui.evaluation.report import By, Evaluation, Row, evaluate, write_segments
from amts_tui.evaluation.units import ScoredDocument, ScoredSegment
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = [
    "DEFAULT_METRICS",
    "By",
    "Collected",
    "Evaluation",
    "Folders",
    "MetricName",
    "Row",
    "ScoredRun",
    "ScoredSegment",
    "Scores",
    "collect_run",
    "evaluate_collected",
    "evaluate_run",
    "parse_metrics",
    "pipeline_of_run",
    "score_folders",
    "write_segments",
]

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class ScoredRun:
    """An evaluation with the segments behind it, and the documents that could not be scored (one line
    each).
    """

    evaluation: Evaluation
    segments: tuple[ScoredSegment, ...]
    left_out: tuple[str, ...]


def pipeline_of_run(workbench: Workbench, run: RunRecord) -> Pipeline:
    """The direction of the project that a run translates. Raises AmtsError if the project has it no more."""
    source = workbench.project.settings.source.lang
    if run.source_lang == source:
        return workbench.pipeline(run.target_lang)
    return workbench.pipeline(run.source_lang, reverse=True)


@dataclass(frozen=True, slots=True)
class Collected:
    """The segments of a run beside their references, with what `evaluate_collected` needs besides."""

    run: str
    pipeline: Pipeline
    documents: tuple[ScoredDocument, ...]
    learned: tuple[str, ...]
    left_out: tuple[str, ...]


def evaluate_run(
    workbench: Workbench,
    name: str,
    *,
    by: By = By.CHAPTER,
    metrics: Sequence[MetricName] = DEFAULT_METRICS,
    progress: Progress = lambda _done, _all, _name: None,
) -> ScoredRun:
    """Scores the documents of a run whose source has been aligned with a human translation. Raises
    AmtsError if there is none.
    """
    return evaluate_collected(collect_run(workbench, name, progress=progress), by=by, metrics=metrics)


def collect_run(
    workbench: Workbench, name: str, *, progress: Progress = lambda _done, _all, _name: None
) -> Collected:
    """Finds the reference of each segment of a run. Raises AmtsError if there is none at all."""
    run = runs.read(workbench.project.data, name)
    pipeline = pipeline_of_run(workbench, run)
    align = _Aligner(pipeline.source_lang, pipeline.target_lang)
    documents: list[ScoredDocument] = []
    left_out: list[str] = []
    paths = [document.path for document in run.documents]
    for done, path in enumerate(paths):
        progress(done, len(paths), path)
        try:
            documents.append(_score_document(workbench, pipeline, name, path, align))
        except AmtsError as error:
            left_out.append(str(error))
    if not any(document.segments for document in documents):
        reason = left_out[0] if left_out else "its documents have no aligned human translation"
        raise AmtsError(f"nothing of the run {name} can be scored: {reason}", remedy="run `amts align` first")
    learned = tuple(path for path in paths if run.parallel_data is not None and path not in run.held_out)
    return Collected(name, pipeline, tuple(documents), learned, tuple(left_out))


def evaluate_collected(
    collected: Collected,
    *,
    by: By = By.CHAPTER,
    metrics: Sequence[MetricName] = DEFAULT_METRICS,
    step: Step = lambda _done, _all: None,
) -> ScoredRun:
    """Scores what was collected; `step` is told of each segment and may raise to stop."""
    evaluation = evaluate(
        collected.documents,
        Scorer(collected.pipeline.target_lang, metrics),
        by=by,
        direction=collected.pipeline.name,
        run=collected.run,
        parallel_data=collected.learned,
        step=step,
    )
    return ScoredRun(evaluation, _segments(collected.documents), collected.left_out)


def _segments(documents: Sequence[ScoredDocument]) -> tuple[ScoredSegment, ...]:
    return tuple(segment for document in documents for segment in document.segments)


def _score_document(
    workbench: Workbench, pipeline: Pipeline, run: str, path: str, align: Align
) -> ScoredDocument:
    beads = workbench.beads(pipeline, path)
    if not beads:
        raise AmtsError(f"{path} has not been aligned in {pipeline.name}", remedy="run `amts align`")
    if not workbench.up_to_date(pipeline, workbench.stored(pipeline, path)):
        raise AmtsError(f"{path} has changed since it was aligned", remedy="run `amts align`")
    source = workbench.read(pipeline.source_lang, path)
    data = runs.read_document(workbench.project.data, run, path)
    hypothesis = parse_bytes(
        data,
        path=path,
        lang=pipeline.target_lang,
        options=workbench.project.reading,
        where=f"{run}/{path}",
        kept=workbench.sentences,
    )
    return score_beads(source, hypothesis, beads, chapter=workbench.chapter(path), align=align)


class _Aligner:
    """Aligns documents of one language pair; the encoder is loaded once, and only if a structure differs."""

    def __init__(self, source_lang: str, target_lang: str) -> None:
        self._langs = (source_lang, target_lang)
        self._similarity: Similarity | None = None

    def __call__(self, source: Document, target: Document) -> Sequence[Link]:
        if self._similarity is None:
            self._similarity = choose(*self._langs)
        return align_documents(source, target, self._similarity)


def score_folders(
    compared: Folders,
    *,
    by: By = By.CHAPTER,
    metrics: Sequence[MetricName] = DEFAULT_METRICS,
    progress: Progress = lambda _done, _all, _name: None,
) -> ScoredRun:
    """Scores a folder of translations against a folder of references, both of one source folder, without a
    project.

    Raises AmtsError if no document can be scored.
    """
    scorer = Scorer(compared.target_lang, metrics)
    align = _Aligner(compared.source_lang, compared.target_lang)
    scored = folders.score_folders(compared, align, progress)
    direction = f"{compared.source_lang}-{compared.target_lang}"
    evaluation = evaluate(scored.documents, scorer, by=by, direction=direction)
    return ScoredRun(evaluation, _segments(scored.documents), scored.failed)
