"""How good the newest run of a direction is, document by document, kept so that a list shows it at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from amts_tui.corpus.files import write_atomically
from amts_tui.corpus.runs import RunRecord
from amts_tui.errors import Cancelled
from amts_tui.workbench.jobs import runs_of
from amts_tui.workbench.scores import By, Collected, MetricName, collect_run, evaluate_collected
from amts_tui.workbench.session import Pipeline, Workbench

_FOLDER = "scores"


@dataclass(frozen=True, slots=True)
class LastScores:
    """The BLEU of a run, 0 to 100, in all and by the path of each document."""

    run: str
    total: float
    documents: Mapping[str, float]


def newest_run(workbench: Workbench, pipeline: Pipeline) -> RunRecord | None:
    """The latest run of a direction."""
    names = (pipeline.source_lang, pipeline.target_lang)
    return next((run for run in runs_of(workbench) if (run.source_lang, run.target_lang) == names), None)


def known(workbench: Workbench, pipeline: Pipeline) -> LastScores | None:
    """What was computed last for the newest run, whatever has changed since; None if nothing was."""
    run = newest_run(workbench, pipeline)
    return None if run is None else _read(_file(workbench, run.name), run.name)


def ensure(
    workbench: Workbench, pipeline: Pipeline, cancelled: Callable[[], bool] = lambda: False
) -> LastScores | None:
    """What is known of the newest run, which is scored now if it never was; None without a run.

    Raises AmtsError if nothing of the run can be scored, and Cancelled.
    """
    run = newest_run(workbench, pipeline)
    before = known(workbench, pipeline)
    if run is None or before is not None:
        return before

    def step(_done: int, _all: int, _what: str = "") -> None:
        if cancelled():
            raise Cancelled(f"stopped scoring {run.name}")

    return keep(workbench, collect_run(workbench, run.name, progress=step), step)


def keep(
    workbench: Workbench, collected: Collected, step: Callable[[int, int], None] = lambda _done, _all: None
) -> LastScores:
    """Scores what was collected of a run by document, and keeps it for the next time."""
    found = evaluate_collected(collected, by=By.DOCUMENT, metrics=(MetricName.BLEU,), step=step).evaluation
    scores = LastScores(
        collected.run,
        found.total.scores.bleu or 0.0,
        {row.name: row.scores.bleu for row in found.by if row.scores.bleu is not None},
    )
    if not workbench.read_only:
        text = json.dumps({"total": scores.total, "documents": scores.documents}, ensure_ascii=False)
        write_atomically(_file(workbench, collected.run), text)
    return scores


def _file(workbench: Workbench, run: str) -> Path:
    return workbench.project.work / _FOLDER / f"{run}.json"


def _read(file: Path, run: str) -> LastScores | None:
    """What the file holds; one that is damaged is as good as none, since it can be computed again."""
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
        documents = {str(path): float(bleu) for path, bleu in value["documents"].items()}
        return LastScores(run, float(value["total"]), documents)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
