"""What a session has scored: TER of Chinese takes long, and nothing is computed twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from amts_tui.corpus import runs
from amts_tui.errors import Cancelled
from amts_tui.evaluation.metrics import DEFAULT_METRICS
from amts_tui.evaluation.report import Evaluation, Row
from amts_tui.workbench import last_scores
from amts_tui.workbench.scores import (
    Collected,
    MetricName,
    Progress,
    ScoredRun,
    Scores,
    collect_run,
    evaluate_collected,
    pipeline_of_run,
)
from amts_tui.workbench.session import Workbench

State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """A run as it was scored while its record, its sources and its beads were in `state`."""

    state: State
    collected: Collected
    metrics: tuple[MetricName, ...]
    scored: ScoredRun


class ScoreMemory:
    """Scores by run, state of its documents, and metric, for as long as the workbench is open."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._runs: dict[str, _Known] = {}

    def state(self, name: str) -> State:
        """What the scores of a run hang on. Raises NotFound without such a run, AmtsError without its
        direction.
        """
        workbench = self._workbench
        run = runs.read(workbench.project.data, name)
        pipeline = pipeline_of_run(workbench, run)
        revisions = []
        for document in run.documents:
            stored = workbench.workspace.document(pipeline.store, document.path)
            revision = None if stored is None else stored.revision
            revisions.append((revision, workbench.file_hash(pipeline.source_lang, document.path)))
        return (run, *revisions)

    def missing(self, name: str, metrics: Sequence[MetricName] = DEFAULT_METRICS) -> tuple[MetricName, ...]:
        """The metrics that would have to be computed now."""
        known = self._current(name)
        return tuple(metric for metric in metrics if known is None or metric not in known.metrics)

    def known(self, name: str) -> ScoredRun | None:
        """What has been computed for the run as it is now."""
        known = self._current(name)
        return known.scored if known else None

    def score(
        self,
        name: str,
        metrics: Sequence[MetricName] = DEFAULT_METRICS,
        *,
        progress: Progress = lambda _done, _all, _what: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ScoredRun:
        """All that is known of a run once these metrics are. Raises AmtsError if it cannot be scored, and
        Cancelled.
        """
        known = self._current(name)
        missing = self.missing(name, metrics)
        if known is not None and not missing:
            return known.scored
        state = known.state if known else self.state(name)
        collected = known.collected if known else collect_run(self._workbench, name, progress=progress)
        what = ", ".join(missing)

        def step(done: int, total: int) -> None:
            if cancelled():
                raise Cancelled(f"stopped scoring {name}")
            progress(done, total, what)

        scored = evaluate_collected(collected, metrics=missing, step=step)
        if known is not None:
            scored = replace(scored, evaluation=_joined(known.scored.evaluation, scored.evaluation))
        if MetricName.BLEU in missing:
            last_scores.keep(self._workbench, collected)
        metrics_known = (*(known.metrics if known else ()), *missing)
        self._runs[name] = _Known(state, collected, metrics_known, scored)
        return scored

    def _current(self, name: str) -> _Known | None:
        known = self._runs.get(name)
        return known if known is not None and known.state == self.state(name) else None


def _joined(first: Evaluation, second: Evaluation) -> Evaluation:
    """One evaluation of two over the same documents that have no metric in common."""
    return replace(
        first,
        signature=f"{first.signature}; {second.signature}",
        total=_joined_row(first.total, second.total),
        by=tuple(_joined_row(one, other) for one, other in zip(first.by, second.by, strict=True)),
    )


def _joined_row(first: Row, second: Row) -> Row:
    one, other = first.scores, second.scores
    return replace(
        first,
        scores=Scores(
            bleu=other.bleu if one.bleu is None else one.bleu,
            chrf=other.chrf if one.chrf is None else one.chrf,
            ter=other.ter if one.ter is None else one.ter,
        ),
    )
