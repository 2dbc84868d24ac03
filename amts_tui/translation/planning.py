"""What a job will be, before anything leaves this machine: its pages, characters, cost and record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

from amts_tui.amazon.languages import LANGUAGES
from amts_tui.amazon.limits import JOB_TARGETS
from amts_tui.books.model import Document
from amts_tui.corpus.runs import data_hash
from amts_tui.errors import AmtsError
from amts_tui.translation.characters import Estimate
from amts_tui.translation.checks import language_code
from amts_tui.translation.job_html import Page, pages
from amts_tui.translation.records import JobDocument, JobRecord, new_id
from amts_tui.translation.session import Session
from amts_tui.translation.storage import Upload

_PAGE_TYPE: Final = "text/html; charset=utf-8"
_SOURCE_TYPE: Final = "text/plain; charset=utf-8"
_STEM_LENGTH: Final = 60


@dataclass(frozen=True, slots=True)
class JobOptions:
    """How to translate; `held_out` are the documents of which nothing is in the parallel data."""

    parallel_data: str | None = None
    terminology: str | None = None
    formality: str | None = None
    held_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobPlan:
    """A job that could be started: what to show before it is accepted, its record, and its uploads."""

    estimate: Estimate
    record: JobRecord
    uploads: tuple[Upload, ...]


def plan(
    session: Session,
    documents: Sequence[Document],
    targets: Sequence[str],
    options: JobOptions,
    *,
    translator: str,
    now: datetime,
    token: str,
) -> JobPlan:
    """Plans a job over documents of one source language; those without anything to translate are left out.

    Calls nothing; `token` is a fresh client token, `translator` the session's label. Raises AmtsError for
    languages that the service does not offer, for nothing to translate, for a bucket or role that is not set,
    and for a cost above the project's limit.
    """
    source_lang = _source_language(documents)
    codes = _target_codes(targets)
    _check_formality(options.formality, codes)
    sent = [_Sent(index, *pair) for index, pair in enumerate(_with_pages(documents))]
    if not sent:
        raise AmtsError("the chosen documents hold nothing to translate", remedy="choose others")
    characters = sum(page.characters for one in sent for page in one.pages)
    act = options.parallel_data is not None
    estimate = Estimate(len(sent), characters, language_code(source_lang), codes, act)
    estimate.check(session.settings.max_job_cost_usd)
    identity = new_id(now, token)
    record = JobRecord(
        id=identity,
        token=token,
        created=now.astimezone(UTC).isoformat(timespec="seconds"),
        source_lang=source_lang,
        targets=tuple(targets),
        documents=tuple(one.described() for one in sent),
        characters=characters,
        estimate_usd=str(estimate.usd),
        bucket=session.bucket(),
        folder=f"{session.settings.prefix.strip('/')}/jobs/{identity}/".lstrip("/"),
        region=session.region,
        role_arn=session.role_arn(),
        translator=translator,
        parallel_data=options.parallel_data,
        terminology=options.terminology,
        formality=options.formality,
        held_out=options.held_out,
    )
    return JobPlan(estimate, record, tuple(upload for one in sent for upload in one.uploads(record)))


def _with_pages(documents: Sequence[Document]) -> Iterator[tuple[Document, tuple[Page, ...]]]:
    for document in documents:
        found = pages(document)
        if found:
            yield document, found


@dataclass(frozen=True, slots=True)
class _Sent:
    """A document of the job at its place, with its pages."""

    index: int
    document: Document
    pages: tuple[Page, ...]

    def described(self) -> JobDocument:
        """What the record keeps of it.

        The names of its pages are flat, numbered and plain: the service refuses some folders and does not say
        what it calls the output of sub-folders.
        """
        composed = unicodedata.normalize("NFKD", PurePosixPath(self.document.path).stem)
        plain = re.sub(r"[^A-Za-z0-9]+", "-", composed.encode("ascii", "ignore").decode())
        stem = plain.strip("-")[:_STEM_LENGTH] or "document"
        names = (f"{self.index + 1:05d}-{part + 1:02d}-{stem}.html" for part in range(len(self.pages)))
        return JobDocument(self.document.path, data_hash(self.document.data), tuple(names))

    def uploads(self, record: JobRecord) -> Iterator[Upload]:
        """Its source text, which the translation will be put into, and its pages."""
        described = record.documents[self.index]
        yield Upload(record.sources.below(source_name(described)), self.document.data, _SOURCE_TYPE)
        for name, page in zip(described.pages, self.pages, strict=True):
            yield Upload(record.inputs.below(name), page.html.encode("utf-8"), _PAGE_TYPE)


def source_name(document: JobDocument) -> str:
    """The name of a document's source text in the job's `source/` folder."""
    return document.pages[0].removesuffix(".html") + ".txt"


def _source_language(documents: Sequence[Document]) -> str:
    languages = {document.lang for document in documents}
    if len(languages) != 1:
        raise AmtsError(
            "no documents are chosen"
            if not languages
            else f"documents in several languages: {sorted(languages)}",
            remedy="choose documents of the source book",
        )
    return languages.pop()


def _target_codes(targets: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(language_code(target) for target in targets)
    if not codes or len(codes) > JOB_TARGETS:
        raise AmtsError(
            f"a job takes 1 to {JOB_TARGETS} target languages, not {len(codes)}", remedy="choose fewer"
        )
    if len(set(codes)) < len(codes):
        raise AmtsError(f"two of the targets {', '.join(targets)} are one language", remedy="leave one out")
    return codes


def _check_formality(formality: str | None, codes: Sequence[str]) -> None:
    if formality is not None and not any(LANGUAGES[code].formality for code in codes):
        raise AmtsError(f"formality does not exist for {', '.join(codes)}", remedy="leave it out")
