"""`amts evaluate`, `amts score`, `amts runs`: what the machine's text is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from amts_tui.cli.context import Target, one_target, open_workbench
from amts_tui.cli.output import Progress, counted, put, rows, say, show
from amts_tui.errors import AmtsError
from amts_tui.workbench import jobs, scores
from amts_tui.workbench.scores import By, ScoredRun

ByOption = Annotated[By, typer.Option("--by", help="What a row stands for.")]
MetricOption = Annotated[str, typer.Option(help="Of bleu, chrf, chrf++, ter; by commas.")]
SegmentsOut = Annotated[
    Path | None,
    typer.Option(metavar="F", help="Write document, chapter, source, hypothesis, reference as JSONL."),
]


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("evaluate")(evaluate)
    app.command("score")(score)
    runs = typer.Typer(
        help="Machine-translated documents, from jobs or from elsewhere.", rich_markup_mode=None
    )
    runs.command("list")(list_runs)
    runs.command("show")(show_run)
    runs.command("add")(add_run)
    app.add_typer(runs, name="runs")


def evaluate(
    run: Annotated[str, typer.Argument(metavar="RUN")],
    by: ByOption = By.CHAPTER,
    metric: MetricOption = "bleu,chrf,ter",
    segments_out: SegmentsOut = None,
    fail_under: Annotated[
        list[str] | None, typer.Option(metavar="METRIC=X", help="Exit status 1 below this total; repeatable.")
    ] = None,
) -> None:
    """Score a run against the human translation, chapter by chapter."""
    gates = [_gate(text) for text in fail_under or ()]
    progress = Progress("score")
    with open_workbench() as workbench:
        try:
            scored = scores.evaluate_run(
                workbench, run, by=by, metrics=scores.parse_metrics(metric), progress=progress
            )
        finally:
            progress.end()
    _show(scored, segments_out)
    _check_gates(scored, gates)


def score(
    hypothesis: Annotated[Path, typer.Option(metavar="DIR", help="The machine's documents.")],
    reference: Annotated[Path, typer.Option(metavar="DIR", help="The human translation.")],
    source: Annotated[Path, typer.Option(metavar="DIR", help="The source book.")],
    target_lang: Annotated[str, typer.Option(help="The language of the translations.")],
    source_lang: Annotated[str, typer.Option(help="The language of the source.")] = "en",
    by: ByOption = By.CHAPTER,
    metric: MetricOption = "bleu,chrf,ter",
    segments_out: SegmentsOut = None,
) -> None:
    """Score a folder of translations without a project."""
    progress = Progress("score")
    try:
        scored = scores.score_folders(
            scores.Folders(source, hypothesis, reference, source_lang, target_lang),
            by=by,
            metrics=scores.parse_metrics(metric),
            progress=progress,
        )
    finally:
        progress.end()
    _show(scored, segments_out)


def _show(scored: ScoredRun, segments_out: Path | None) -> None:
    evaluation = scored.evaluation
    if segments_out is not None:
        scores.write_segments(segments_out, scored.segments)

    def table() -> None:
        lines = [*evaluation.by, evaluation.total]
        rows(
            ["name", "segments", "BLEU", "chrF", "TER"],
            ([row.name, row.segments, row.scores.bleu, row.scores.chrf, row.scores.ter] for row in lines),
            right=range(1, 5),
        )
        put(evaluation.signature)

    show(evaluation.value(), table)
    if evaluation.leaked:
        say(f"note: leaked: in the run's parallel data: {', '.join(evaluation.leaked)}")
    if evaluation.aligned:
        say(f"note: found by alignment, as their structure differs: {', '.join(evaluation.aligned)}")
    if evaluation.unscored:
        say(f"note: without a counterpart, not scored: {counted(evaluation.unscored, 'reference segment')}")
    for line in scored.left_out:
        say(f"amts: not scored: {line}")
    if scored.left_out:
        raise typer.Exit(2)


def _gate(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        (metric,) = scores.parse_metrics(name)
        return metric.value.removesuffix("++"), float(value)
    except ValueError as error:
        raise AmtsError(f"not a gate: {text!r}", remedy="such as --fail-under bleu=30") from error


def _check_gates(scored: ScoredRun, gates: list[tuple[str, float]]) -> None:
    failed = False
    for name, limit in gates:
        value = getattr(scored.evaluation.total.scores, name)
        if value is None:
            raise AmtsError(f"{name} was not computed", remedy=f"add it to --metric for --fail-under {name}")
        worse = value > limit if name == "ter" else value < limit
        if worse:
            say(f"amts: {name} is {value:.1f}, the gate asks for {limit:g}")
            failed = True
    if failed:
        raise typer.Exit(1)


def list_runs() -> None:
    """List the runs, the latest first."""
    with open_workbench() as workbench:
        found = jobs.runs_of(workbench)
    header = ["run", "direction", "kind", "parallel data", "documents", "created", "translator"]
    show(
        found,
        lambda: rows(
            header,
            (
                [
                    run.name,
                    f"{run.source_lang}-{run.target_lang}",
                    run.kind.value,
                    run.parallel_data,
                    len(run.documents),
                    run.created,
                    run.translator,
                ]
                for run in found
            ),
            right=[4],
        ),
    )


def show_run(run: Annotated[str, typer.Argument(metavar="RUN")]) -> None:
    """Show a run with its documents."""
    with open_workbench() as workbench:
        found = jobs.run(workbench, run)

    def table() -> None:
        put(f"{found.name}: {found.source_lang}-{found.target_lang}, {found.translator}, {found.created}")
        for document in found.documents:
            put(f"  {document.path}{'  (held out)' if document.path in found.held_out else ''}")
        for problem in found.problems:
            kept = ", the source's text is kept" if problem.refused else ""
            put(f"  {problem.document} segment {problem.segment + 1}: {problem.reason}{kept}")

    show(found, table)


def add_run(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Documents named as in the source book.")],
    target: Target = None,
    reverse: Annotated[bool, typer.Option("--reverse")] = False,
) -> None:
    """Take a folder of translated documents as a run."""
    with open_workbench() as workbench:
        made = jobs.add_run(workbench, name, folder, workbench.pipeline(one_target(target), reverse=reverse))
    show(made, lambda: put(f"{made.name}: {len(made.documents)} documents"))
