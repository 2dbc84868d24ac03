"""The main job on the sample book over the embedded local endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from amts_tui import project as projects
from amts_tui.corpus.files import write_atomically
from amts_tui.errors import AmtsError
from amts_tui.workbench import aligning, endpoint, jobs, parallel_data, samples, scores
from amts_tui.workbench.exporting import Granularity
from amts_tui.workbench.holdout import hold_out
from amts_tui.workbench.jobs import JobRequest
from amts_tui.workbench.session import Pipeline, Workbench
from amts_tui.workbench.setup import ignore_work_folder

BUCKET = "amts-demo"
SEED = 2026
UNATTENDED_SPEED = 600.0
"""Service time runs so much faster when nobody watches."""
WATCHED_SPEED = 60.0
"""And so much when somebody does: a job takes a few seconds, so that its states can be seen."""
WITHOUT = "without"
COLUMNS = (WITHOUT, Granularity.SENTENCE.value, Granularity.PARAGRAPH.value)

Say = Callable[[str], None]

_MARK = "# The demo of amts"


@dataclass(frozen=True, slots=True)
class ChapterBleu:
    """A row of the demo's table: BLEU of a chapter's held-out document without and with parallel data."""

    target: str
    chapter: str
    document: str
    bleu: dict[str, float | None]

    def value(self) -> dict[str, Any]:
        """The JSON object of `amts demo`."""
        return {"target": self.target, "chapter": self.chapter, "bleu": self.bleu}


def prepare(folder: Path) -> None:
    """Puts the sample book and its project into a folder; one that holds the demo already is left as it is.

    Raises AmtsError for a foreign folder that is not empty.
    """
    file = folder / projects.FILE_NAME
    if file.exists() and file.read_text(encoding="utf-8", errors="replace").startswith(_MARK):
        return
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AmtsError(
            "the folder is not empty and not a demo",
            where=str(folder),
            remedy="name a new one: amts demo DIR",
        )
    folder.mkdir(parents=True, exist_ok=True)
    samples.copy_sample_book(folder)
    ignore_work_folder(folder)
    write_atomically(file, _project_file())


def _project_file() -> str:
    targets = [f'[targets.{lang}]\npath = "{lang}"\n' for lang in samples.TARGETS]
    return "\n".join(
        [
            f"{_MARK}: a sample book, and a bucket at the embedded local endpoint.\n",
            f'[project]\nname = "{samples.TITLE}"\n',
            f'[source]\nlang = "{samples.SOURCE}"\npath = "{samples.SOURCE}"\n',
            *targets,
            f'[aws]\nbucket = "{BUCKET}"\nrole_arn = "{endpoint.ROLE_ARN}"',
            "max_job_cost_usd = 50\n",
        ]
    )


@contextmanager
def service(*, watched: bool) -> Iterator[None]:
    """The embedded endpoint with the demo's bucket, for as long as the context lasts."""
    with endpoint.embedded(WATCHED_SPEED if watched else UNATTENDED_SPEED, [BUCKET]):
        yield


def align_all(workbench: Workbench, progress: Callable[[int, int, str], None]) -> None:
    """Aligns what has not been aligned."""
    for pipeline in workbench.pipelines():
        summary = aligning.align(workbench, pipeline, progress=progress)
        if summary.failed:
            raise AmtsError(summary.failed[0])


def held_out(workbench: Workbench, pipeline: Pipeline) -> list[str]:
    """The documents that the demo scores: one of each chapter, by seed."""
    states = workbench.documents(pipeline)
    sizes = {state.path: state.tally.paired for state in states if state.tally}
    return hold_out(sizes, {state.path: state.chapter for state in states}, SEED)


def main_job(workbench: Workbench, say: Say) -> list[ChapterBleu]:
    """Parallel data of sentences and of paragraphs, a job without and two with, for each target; then BLEU
    by chapter.
    """
    started: dict[tuple[str, str], str] = {}
    scored = {pipeline.target_lang: held_out(workbench, pipeline) for pipeline in workbench.pipelines()}
    for pipeline in workbench.pipelines():
        target = pipeline.target_lang
        documents = tuple(scored[target])
        say(f"{pipeline.name}: held out of the parallel data and translated: {', '.join(documents)}")
        started[target, WITHOUT] = _start(workbench, JobRequest((target,), documents), say)
        for granularity in (Granularity.SENTENCE, Granularity.PARAGRAPH):
            name = f"demo-{target}-{granularity.value}"
            made = parallel_data.make(
                workbench, parallel_data.Wanted(name, pipeline, granularity, exclude=documents)
            )
            data = parallel_data.wait(workbench, name)
            say(f"{name}: {made.pairs} pairs sent, {data.imported} imported")
            request = JobRequest((target,), documents, parallel_data=name)
            started[target, granularity.value] = _start(workbench, request, say)
    runs = {key: _finish(workbench, job, key[0]) for key, job in started.items()}
    return [row for target in scored for row in _rows(workbench, target, scored[target], runs)]


def _start(workbench: Workbench, request: JobRequest, say: Say) -> str:
    planned = jobs.prepare(workbench, request)
    job = jobs.launch(workbench, planned)
    kind = f"with {request.parallel_data}" if request.parallel_data else "without parallel data"
    say(
        f"job {job.job_id} {kind}: {planned.estimate.characters:,} characters, about"
        f" ${planned.estimate.usd} at Amazon"
    )
    return job.id


def _finish(workbench: Workbench, job: str, target: str) -> str:
    ended = jobs.wait(workbench, job)
    fetched = jobs.fetch(workbench, job)
    if target not in fetched.record.runs or fetched.record.failures:
        raise AmtsError(f"the job {ended.job_id} ended {ended.status}: {ended.message}")
    return fetched.record.runs[target]


def _rows(
    workbench: Workbench, target: str, documents: Sequence[str], runs: dict[tuple[str, str], str]
) -> list[ChapterBleu]:
    found: dict[str, dict[str, float | None]] = {}
    for column in COLUMNS:
        scored = scores.evaluate_run(workbench, runs[target, column], metrics=(scores.MetricName.BLEU,))
        for row in (*scored.evaluation.by, scored.evaluation.total):
            value = row.scores.bleu
            found.setdefault(row.name, {})[column] = None if value is None else round(value, 4)
    by_chapter = {workbench.chapter(path): path for path in documents}
    return [ChapterBleu(target, name, by_chapter.get(name, ""), bleu) for name, bleu in found.items()]
