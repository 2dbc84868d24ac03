"""The work of a batch job: read the input folder, translate each document for each target, write them."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amts_tui.amazon import limits
from amts_tui.amazon.languages import AUTO
from amts_tui.local_aws.documents import html_characters, translate_html, translate_plain
from amts_tui.local_aws.records import Job, JobResult
from amts_tui.local_aws.storage import Address, Storage, StorageError
from amts_tui.local_aws.terms import TermTranslator
from amts_tui.local_aws.translator.detection import detect

WRITE_CHECK: Final = ".write_access_check_file.temp"


class DocumentError(Exception):
    """A document that cannot be translated; the code and the message stand in the details file."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Target:
    """One target language of a job, with what translates into it."""

    language: str
    translator: Callable[[str], TermTranslator]
    """By source language; a job with the source `auto` may have documents in several."""
    terminology: str | None = None


def run(job: Job, targets: Sequence[Target], storage: Storage, stopped: Callable[[], bool]) -> JobResult:
    """Translate the job's documents; ends early once `stopped` says so. Never raises for a storage error."""
    try:
        return _run(job, targets, storage, stopped)
    except StorageError as error:
        return JobResult(failure=str(error))


def _run(job: Job, targets: Sequence[Target], storage: Storage, stopped: Callable[[], bool]) -> JobResult:
    source, output = Address.parse(job.input_uri), Address.parse(job.folder_uri)
    check = Address.parse(job.requested_output_uri)
    storage.write(check.bucket, check.folder + WRITE_CHECK, b"", "application/octet-stream")
    names = [key.removeprefix(source.folder) for key in storage.keys(source.bucket, source.folder)]
    if not names:
        return JobResult(failure=f"No document was found in '{job.input_uri}'.")
    with_errors: set[str] = set()
    for target in targets:
        reports = []
        for report in _documents(job, target, names, storage):
            reports.append(report)
            if report.error:
                with_errors.add(report.source_file)
            if stopped():
                return JobResult(len(names) - len(with_errors), len(with_errors), len(names), stopped=True)
        _write_details(job, target, reports, storage, output)
    return JobResult(len(names) - len(with_errors), len(with_errors), len(names))


@dataclass(frozen=True, slots=True)
class _Report:
    """What became of one document for one target."""

    source_file: str
    target_file: str
    characters: int
    error: DocumentError | None
    applied: Mapping[str, str]


def _documents(job: Job, target: Target, names: Sequence[str], storage: Storage) -> Iterator[_Report]:
    source, output = Address.parse(job.input_uri), Address.parse(job.folder_uri)
    for name in names:
        folder, slash, base = name.rpartition("/")
        target_file = f"{folder}{slash}{target.language}.{base}"
        data = storage.read(source.bucket, source.folder + name)
        try:
            text, characters, applied = _translate(data, job, target)
        except DocumentError as error:
            yield _Report(name, target_file, 0, error, {})
            continue
        storage.write(output.bucket, output.folder + target_file, text.encode(), job.content_type)
        yield _Report(name, target_file, characters, None, applied)


def _translate(data: bytes, job: Job, target: Target) -> tuple[str, int, Mapping[str, str]]:
    """The translated document, its characters and the terms applied; raises DocumentError."""
    if len(data) > limits.DOCUMENT_BYTES:
        raise DocumentError("InvalidRequestException", "The document exceeds 20 MB.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError("InvalidRequestException", "Invalid utf-8 encoded texts detected") from error
    is_html = job.content_type == "text/html"
    characters = html_characters(text) if is_html else len(text)
    if characters > limits.DOCUMENT_CHARACTERS:
        raise DocumentError("InvalidRequestException", "The document exceeds 1,000,000 characters.")
    source = detect(text) if job.source == AUTO else job.source
    if source is None:
        code = "DetectedLanguageLowConfidenceException"
        raise DocumentError(code, "The source language could not be detected with enough confidence.")
    translator = target.translator(source)
    read = translate_html if is_html else translate_plain
    return read(text, source, translator), characters, dict(translator.applied)


def _write_details(
    job: Job, target: Target, reports: Sequence[_Report], storage: Storage, output: Address
) -> None:
    details = {
        "sourceLanguageCode": job.source,
        "targetLanguageCode": target.language,
        "charactersTranslated": str(sum(report.characters for report in reports)),
        "documentCountWithCustomerError": str(sum(report.error is not None for report in reports)),
        "documentCountWithServerError": "0",
        "inputDataPrefix": job.input_uri,
        "outputDataPrefix": job.folder_uri,
        "details": [_detail(report, target) for report in reports],
    }
    key = f"{output.folder}details/{target.language}.auxiliary-translation-details.json"
    text = json.dumps(details, ensure_ascii=False, indent=2)
    storage.write(output.bucket, key, text.encode(), "application/json")


def _detail(report: _Report, target: Target) -> dict[str, object]:
    if report.error is not None:
        error = {"errorCode": report.error.code, "errorMessage": report.error.message}
        return {"sourceFile": report.source_file, "auxiliaryData": {"error": error}}
    auxiliary: dict[str, object] = {}
    if target.terminology:
        terms = [{"sourceText": source, "targetText": text} for source, text in report.applied.items()]
        auxiliary["appliedTerminologies"] = [{"name": target.terminology, "terms": terms}]
    return {
        "sourceFile": report.source_file,
        "targetFile": report.target_file,
        "auxiliaryData": auxiliary,
    }
