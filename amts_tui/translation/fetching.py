"""A finished job's documents: downloaded, put into the source's own Markdown, and kept as runs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from amts_tui.amazon.jobstates import JOB_STATES_WITH_OUTPUT
from amts_tui.amazon.rates import cost_usd
from amts_tui.books.model import Document
from amts_tui.books.options import DEFAULT_OPTIONS, ReadingOptions
from amts_tui.books.reading import parse_bytes
from amts_tui.corpus import runs
from amts_tui.corpus.runs import RunDocument, RunKind, RunProblem, RunRecord
from amts_tui.errors import AmtsError
from amts_tui.translation import records, storage
from amts_tui.translation.checks import language_code
from amts_tui.translation.jobs import started_id
from amts_tui.translation.planning import source_name
from amts_tui.translation.progress import Cancel, Progress, never, silent
from amts_tui.translation.records import Failure, JobDocument, JobRecord
from amts_tui.translation.restoring import restore
from amts_tui.translation.session import Session
from amts_tui.translation.storage import Address

_DETAILS: Final = "details/"


@dataclass(frozen=True, slots=True)
class Details:
    """A details file of the service: for one target, the billed characters, and by page name its object or
    its error.
    """

    target: str
    characters: int
    objects: Mapping[str, str]
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A job whose documents are here: its record, with failures, and a run for each target that has any
    document.
    """

    record: JobRecord
    runs: tuple[RunRecord, ...]


def fetch(
    session: Session,
    record: JobRecord,
    folder: Path,
    data: Path,
    *,
    reading: ReadingOptions = DEFAULT_OPTIONS,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Fetched:
    """Downloads what a finished job has made and writes its runs below `data`; may be repeated.

    `folder` keeps the job's record, `reading` is how the book is read. Characters billed and failed documents
    are in the record. Raises AmtsError if the job has no output, or Cancelled.
    """
    job_id = started_id(record)
    if record.status not in JOB_STATES_WITH_OUTPUT or not record.output_uri:
        said = f": {record.message}" if record.message else ""
        raise AmtsError(
            f"the job {job_id} is {record.status}{said}", remedy="only a completed job can be fetched"
        )
    output = Address.parse(record.output_uri)
    names = storage.list_folder(session, output)
    details = _details(session, output, names)
    by_target = {target: details.get(language_code(target)) for target in record.targets}
    translated = {target: found.characters for target, found in by_target.items() if found is not None}
    record = records.write(folder, replace(record, translated=translated))
    sources = _sources(session, record, reading, progress, cancelled)
    written: list[RunRecord] = []
    failures: list[Failure] = []
    for target, found in by_target.items():
        pages = _Output(session, output, names, found)
        run, failed = _write_run(record, target, pages, sources, data, progress, cancelled)
        failures += failed
        written += [run] if run.documents else []
    record = replace(record, failures=tuple(failures), runs={run.target_lang: run.name for run in written})
    return Fetched(records.write(folder, record), tuple(written))


def _details(session: Session, output: Address, names: Sequence[str]) -> Mapping[str, Details]:
    """The details files in an output folder, by the service's code of their target."""
    files = [name for name in names if name.startswith(_DETAILS) and name.endswith(".json")]
    found = [read_details(storage.download_text(session, output.below(name)), name) for name in files]
    return {details.target: details for details in found}


def read_details(text: str, where: str) -> Details:
    """A details file, whose numbers are strings. Raises AmtsError if it is not one."""
    try:
        value = json.loads(text)
        entries: Sequence[Mapping[str, Any]] = value["details"]
        return Details(
            target=value["targetLanguageCode"],
            characters=int(value["charactersTranslated"]),
            objects={
                _base(entry["sourceFile"]): entry["targetFile"] for entry in entries if "targetFile" in entry
            },
            errors={
                _base(entry["sourceFile"]): _reason(entry.get("auxiliaryData", {}).get("error", {}))
                for entry in entries
                if "targetFile" not in entry
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AmtsError("not a details file of a job", where=where, remedy="fetch the job again") from error


def _reason(error: Mapping[str, str]) -> str:
    said = ": ".join(error[key] for key in ("errorCode", "errorMessage") if error.get(key))
    return said or "the service gives no reason"


def _base(name: str) -> str:
    return name.rpartition("/")[2]


def _sources(
    session: Session, record: JobRecord, reading: ReadingOptions, progress: Progress, cancelled: Cancel
) -> Mapping[str, Document]:
    """The source documents as they were sent, from the job's own folder; the book may have changed since."""

    def read(document: JobDocument) -> Document:
        address = record.sources.below(source_name(document))
        data = storage.download(session, address)
        if runs.data_hash(data) != document.source_hash:
            raise AmtsError(f"{address.uri} is not the document that was sent", remedy="start the job again")
        return parse_bytes(
            data,
            path=document.path,
            lang=record.source_lang,
            options=reading,
            where=address.uri,
            sentences=False,
        )

    found = storage.for_each(read, record.documents, _path, "fetching", progress, cancelled)
    return {document.path: document for document in found}


def _path(document: JobDocument) -> str:
    return document.path


@dataclass(frozen=True, slots=True)
class _Output:
    """Where the translated pages of one target are."""

    session: Session
    folder: Address
    names: Sequence[str]
    details: Details | None

    def pages(self, document: JobDocument) -> tuple[list[str], str]:
        """The translated pages of a document and "", or no pages and the reason."""
        pages: list[str] = []
        for page in document.pages:
            name, reason = self._find(page)
            if name is None:
                return [], reason
            try:
                pages.append(storage.download(self.session, self.folder.below(name)).decode("utf-8"))
            except UnicodeDecodeError:
                return [], "the translation is not UTF-8"
        return pages, ""

    def _find(self, page: str) -> tuple[str | None, str]:
        """The name of a translated page below the output folder and "", or None and the reason."""
        if self.details is None:
            return None, "the service has written no details file for this target"
        named = self.details.objects.get(page)
        if named is None:
            return None, self.details.errors.get(page, "the service does not name it among its documents")
        if named in self.names:
            return named, ""
        same = [name for name in self.names if _base(name) == _base(named)]
        return (same[0], "") if len(same) == 1 else (None, "the translated document is not in the bucket")


def _write_run(
    record: JobRecord,
    target: str,
    output: _Output,
    sources: Mapping[str, Document],
    data: Path,
    progress: Progress,
    cancelled: Cancel,
) -> tuple[RunRecord, list[Failure]]:
    """Writes the documents of a target's run and its record, if it has any; returns the record and what
    failed.
    """
    name = f"{record.id}-{target}"

    def one(sent: JobDocument) -> Failure | Sequence[RunProblem]:
        pages, reason = output.pages(sent)
        if not pages:
            return Failure(target, sent.path, reason)
        restored = restore(sources[sent.path], pages)
        runs.write_document(data, name, sent.path, restored.data)
        return restored.problems

    outcomes = storage.for_each(one, record.documents, _path, "fetching", progress, cancelled)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    characters = record.translated.get(target, 0)
    run = RunRecord(
        name=name,
        source_lang=record.source_lang,
        target_lang=target,
        kind=RunKind.JOB,
        created=record.created,
        translator=record.translator,
        documents=tuple(
            RunDocument(document.path, document.source_hash)
            for document, outcome in zip(record.documents, outcomes, strict=True)
            if not isinstance(outcome, Failure)
        ),
        job_id=record.job_id,
        parallel_data=record.parallel_data,
        terminology=record.terminology,
        held_out=record.held_out,
        problems=tuple(
            problem for outcome in outcomes if not isinstance(outcome, Failure) for problem in outcome
        ),
        characters=characters,
        cost_usd=str(cost_usd(characters, act=record.parallel_data is not None)),
    )
    if run.documents:
        runs.write(data, run)
    return run, failures
