"""`amts parallel-data`, `amts jobs`, `amts translate`: the work of Amazon Translate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from amts_tui.cli.context import Target, one_target, open_workbench
from amts_tui.cli.output import Progress, confirmed, counted, put, rows, say, show
from amts_tui.errors import AmtsError, NotFound
from amts_tui.workbench import jobs as work
from amts_tui.workbench import parallel_data as parallel
from amts_tui.workbench.exporting import Granularity
from amts_tui.workbench.jobs import Estimate, JobRecord, JobRequest, RunRecord
from amts_tui.workbench.parallel_data import ParallelData

Name = Annotated[str, typer.Argument(metavar="NAME")]
Job = Annotated[str, typer.Argument(metavar="JOB")]
Documents = Annotated[
    list[str] | None, typer.Option("--document", metavar="GLOB", help="Only these documents.")
]
Exclude = Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Without these documents.")]
GranularityOption = Annotated[Granularity, typer.Option(help="Sentence or paragraph pairs.")]
Reverse = Annotated[bool, typer.Option("--reverse", help="From the target language to the source language.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for the end of the import.")]
Yes = Annotated[bool, typer.Option("--yes", help="Accept the cost without being asked.")]


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    data = typer.Typer(help="Parallel data made from the project's pairs.", rich_markup_mode=None)
    data.command("list")(list_data)
    data.command("show")(show_data)
    data.command("create")(create_data)
    data.command("update")(update_data)
    data.command("delete")(delete_data)
    app.add_typer(data, name="parallel-data")
    jobs = typer.Typer(help="Batch translation jobs.", rich_markup_mode=None)
    jobs.command("start")(start)
    jobs.command("list")(list_jobs)
    jobs.command("show")(show_job)
    jobs.command("wait")(wait)
    jobs.command("stop")(stop)
    jobs.command("fetch")(fetch)
    jobs.command("retry")(retry)
    app.add_typer(jobs, name="jobs")
    app.command("translate")(translate)


# ---- parallel data


def list_data() -> None:
    """List the parallel data of the account and region."""
    with open_workbench() as workbench:
        found = parallel.list_all(workbench)
    _data_table(found, found)


def show_data(name: Name) -> None:
    """Show one parallel data."""
    with open_workbench() as workbench:
        found = parallel.show(workbench, name)
    _data_table(found, [found])


def _data_table(value: object, found: Sequence[ParallelData]) -> None:
    header = ["name", "state", "from", "to", "imported", "skipped", "failed", "updated"]
    show(
        value,
        lambda: rows(
            header,
            (
                [
                    d.name,
                    d.state,
                    d.source_lang,
                    " ".join(d.target_langs),
                    d.imported,
                    d.skipped,
                    d.failed,
                    d.updated,
                ]
                for d in found
            ),
            right=range(4, 7),
        ),
    )


def create_data(
    name: Name,
    target: Target = None,
    granularity: GranularityOption = Granularity.SENTENCE,
    document: Documents = None,
    exclude: Exclude = None,
    reverse: Reverse = False,
    wait: Wait = False,
) -> None:
    """Make parallel data of the chosen documents' pairs."""
    _make(name, target, granularity, document, exclude, reverse=reverse, wait=wait, update=False)


def update_data(
    name: Name,
    target: Target = None,
    granularity: GranularityOption = Granularity.SENTENCE,
    document: Documents = None,
    exclude: Exclude = None,
    reverse: Reverse = False,
    wait: Wait = False,
) -> None:
    """Replace the content of parallel data by the chosen documents' pairs."""
    _make(name, target, granularity, document, exclude, reverse=reverse, wait=wait, update=True)


def _make(
    name: str,
    target: list[str] | None,
    granularity: Granularity,
    document: list[str] | None,
    exclude: list[str] | None,
    *,
    reverse: bool,
    wait: bool,
    update: bool,
) -> None:
    with open_workbench() as workbench:
        pipeline = workbench.pipeline(one_target(target), reverse=reverse)
        wanted = parallel.Wanted(name, pipeline, granularity, tuple(document or ()), tuple(exclude or ()))
        made = parallel.make(workbench, wanted, update=update, on_wait=say)
        data = made.data
        if wait:
            data = parallel.wait(workbench, name)
    value = {
        "name": data.name,
        "status": data.state,
        "pairs": made.pairs,
        "left_out": len(made.left_out),
        "imported": data.imported,
        "skipped": data.skipped,
        "failed": data.failed,
    }
    show(value, lambda: put(f"{name}: {data.state}, {made.pairs} pairs sent, {len(made.left_out)} left out"))


def delete_data(name: Name, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete parallel data."""
    with open_workbench() as workbench:
        if not confirmed(f"Delete the parallel data {name}?", yes=yes):
            raise typer.Exit(1)
        status = parallel.delete(workbench, name)
    show({"name": name, "status": status}, lambda: put(f"{name}: {status}"))


# ---- jobs


def start(
    target: Annotated[list[str], typer.Option(help="A target language; repeatable.")],
    document: Documents = None,
    parallel_data: Annotated[
        str | None, typer.Option(metavar="N", help="Translate with this parallel data.")
    ] = None,
    terminology: Annotated[
        str | None, typer.Option(metavar="N", help="Translate with this terminology.")
    ] = None,
    formality: Annotated[str | None, typer.Option(metavar="FORMAL|INFORMAL")] = None,
    reverse: Reverse = False,
    yes: Yes = False,
) -> None:
    """Start a batch job: shows documents, characters and cost, and asks."""
    request = JobRequest(tuple(target), tuple(document or ()), parallel_data, terminology, formality, reverse)
    with open_workbench() as workbench:
        planned = work.prepare(workbench, request)
        estimate = planned.estimate
        say(_estimate_line(estimate))
        if not confirmed("Start the job?", yes=yes):
            raise typer.Exit(1)
        progress = Progress("upload")
        try:
            job = work.launch(workbench, planned, progress=progress)
        finally:
            progress.end()
    value = [
        {
            "job_id": job.job_id,
            "targets": list(job.targets),
            "documents": estimate.documents,
            "characters": estimate.characters,
            "estimate_usd": float(estimate.usd),
        }
    ]
    show(value, lambda: put(f"{job.job_id}: {job.status}"))


def _estimate_line(estimate: Estimate) -> str:
    kind = "with parallel data" if estimate.act else "plain"
    return (
        f"{counted(estimate.documents, 'document')}, {counted(estimate.characters, 'character')},"
        f" {estimate.source} to {', '.join(estimate.targets)}, {kind}:"
        f" about ${estimate.usd} at ${estimate.rate} per million"
    )


def list_jobs() -> None:
    """List the project's jobs, the latest first, with their present state (else the last one known)."""
    found: list[JobRecord] = []
    troubles: list[str] = []
    with open_workbench() as workbench:
        for job in work.records_of(workbench):
            try:
                found.append(work.refresh(workbench, job.id))
            except AmtsError as error:
                found.append(job)
                troubles.append(str(error))
    _jobs_table([work.job_value(job) for job in found], found)
    for trouble in dict.fromkeys(troubles):
        say(f"amts: {trouble}")
    if troubles:
        raise typer.Exit(2)


def show_job(job: Job) -> None:
    """Show a job with its present state."""
    with open_workbench() as workbench:
        found = work.refresh(workbench, job)
    _jobs_table(work.job_value(found), [found])
    _tell(found)


def _jobs_table(value: object, found: Sequence[JobRecord]) -> None:
    header = ["job", "status", "targets", "parallel data", "documents", "characters", "created", "runs"]
    show(
        value,
        lambda: rows(
            header,
            (
                [
                    job.job_id or job.id,
                    job.status,
                    " ".join(job.targets),
                    job.parallel_data,
                    len(job.documents),
                    job.characters,
                    job.created,
                    " ".join(job.runs.values()),
                ]
                for job in found
            ),
            right=[4, 5],
        ),
    )


def _tell(job: JobRecord) -> None:
    if job.message:
        say(f"note: {job.message}")
    for failure in job.failures:
        say(f"amts: {failure.document} ({failure.target}): {failure.reason}")


def wait(
    job: Job,
    timeout: Annotated[float | None, typer.Option(metavar="S", help="Give up after so many seconds.")] = None,
) -> None:
    """Wait for the end of a job: exit status 1 unless it completed without an error."""
    progress = Progress("wait")

    def on_status(record: JobRecord, trouble: str) -> None:
        progress(0, 1, f"{record.status} {trouble}")

    with open_workbench() as workbench:
        try:
            found = work.wait(workbench, job, on_status=on_status, timeout=timeout)
        finally:
            progress.end()
    show(work.job_value(found), lambda: put(f"{found.job_id}: {found.status}"))
    if found.status != "COMPLETED":
        _tell(found)
        raise typer.Exit(1)


def stop(job: Job) -> None:
    """Ask a job to stop; what it has translated may be billed."""
    with open_workbench() as workbench:
        found = work.stop(workbench, job)
    show(work.job_value(found), lambda: put(f"{found.job_id}: {found.status}"))


def fetch(job: Job) -> None:
    """Bring a finished job's documents home as runs, one for each target."""
    progress = Progress("fetch")
    with open_workbench() as workbench:
        try:
            found = work.fetch(workbench, job, progress=progress)
        finally:
            progress.end()

    def table() -> None:
        for run in found.runs:
            put(_run_line(run))

    show(work.job_value(found.record), table)
    for run in found.runs:
        if run.problems:
            refused = sum(problem.refused for problem in run.problems)
            count = counted(len(run.problems), "problem")
            say(
                f"note: {run.name}: {count} in what came back, {refused} left the source's text in place;"
                f" `amts runs show {run.name}` names them"
            )
    if found.record.failures:
        _tell(found.record)
        raise typer.Exit(1)


def _run_line(run: RunRecord) -> str:
    size = f"{counted(len(run.documents), 'document')}, {counted(run.characters, 'character')}"
    return f"{run.name}: {size}, ${run.cost_usd}"


def retry(job: Job, yes: Yes = False) -> None:
    """Go on with an interrupted start, or start a new job with only the documents that failed."""
    with open_workbench() as workbench:
        known = work.record(workbench, job)
        if known.job_id is None:
            found = work.resume(workbench, job)
        else:
            if not known.failed_documents:
                raise NotFound(
                    f"no document of the job {job} failed", remedy="`amts jobs show` tells how it is"
                )
            planned = work.prepare(workbench, work.again(workbench, known))
            say(_estimate_line(planned.estimate))
            if not confirmed("Start the job?", yes=yes):
                raise typer.Exit(1)
            found = work.launch(workbench, planned)
    show(work.job_value(found), lambda: put(f"{found.job_id}: {found.status}"))


# ---- TranslateText


def translate(
    document: Annotated[list[str], typer.Option(metavar="GLOB", help="The documents; repeatable.")],
    target: Annotated[list[str] | None, typer.Option(help="Only these targets; repeatable.")] = None,
    yes: Yes = False,
) -> None:
    """Translate documents one by one, without parallel data (TranslateText), as a run for each target."""
    progress = Progress("translate")
    with open_workbench() as workbench:
        planned = [
            work.prepare_text(workbench, pipeline, document)
            for pipeline in workbench.chosen_pipelines(target or ())
        ]
        if not planned:
            raise AmtsError("the project has no target", remedy="add one to amts.toml")
        for plan in planned:
            say(_estimate_line(plan.estimate))
        if not confirmed("Translate?", yes=yes):
            raise typer.Exit(1)
        try:
            runs = [work.translate(workbench, plan, progress=progress) for plan in planned]
        finally:
            progress.end()
    value = {
        "runs": [{"target": run.target_lang, "run": run.name} for run in runs],
        "characters": sum(run.characters for run in runs),
        "cost_usd": sum(float(run.cost_usd) for run in runs),
    }

    def table() -> None:
        for run in runs:
            put(_run_line(run))

    show(value, table)
