"""TranslateText for whole documents, the traditional method: no parallel data, one small request after
another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from amts_tui.amazon.rates import cost_usd
from amts_tui.books.model import PLACEHOLDER, Document
from amts_tui.books.typography import CJK_LANGUAGES
from amts_tui.corpus import runs
from amts_tui.corpus.runs import RunDocument, RunKind, RunRecord
from amts_tui.errors import AmtsError, NotFound
from amts_tui.translation.characters import Estimate
from amts_tui.translation.checks import check_request, language_code
from amts_tui.translation.job_html import Paragraph, paragraphs
from amts_tui.translation.markup import to_html
from amts_tui.translation.progress import Cancel, Progress, Throttled, check, never, silent
from amts_tui.translation.restoring import restore
from amts_tui.translation.session import Session

REQUEST_BYTES: Final = 8_000
"""UTF-8 bytes of one request, markup included; the service takes 10,000 and throttles long ones sooner."""
_ATOM: Final = re.compile(rf"{PLACEHOLDER.pattern}|\w{{1,40}}|\W")


@dataclass(frozen=True, slots=True)
class TextOptions:
    """How to translate."""

    terminology: str | None = None
    formality: str | None = None


def estimate(documents: Sequence[Document], target: str) -> Estimate:
    """What translating the documents of one source language costs; every character that is sent counts,
    tags too.
    """
    characters = sum(
        len(text) for document in documents for chunk in _chunks(document) for text in chunk.texts
    )
    source = documents[0].lang if documents else ""
    codes = (language_code(target),)
    return Estimate(len(documents), characters, language_code(source), codes, act=False)


def translate(
    session: Session,
    documents: Sequence[Document],
    target: str,
    options: TextOptions,
    *,
    data: Path,
    name: str,
    translator: str,
    now: datetime,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> RunRecord:
    """Translates documents one by one into the run `name` below `data`; call it after its estimate was
    accepted.

    Documents that the run holds already, from the same source text, are not sent again. Reports documents.
    Raises AmtsError (also for a cost above the project's limit), or Cancelled; what was finished is in the
    run.
    """
    run = _begun(data, name, documents, target, options, translator, now)
    done = {(document.path, document.source_hash) for document in run.documents}
    left = [one for one in documents if (one.path, runs.data_hash(one.data)) not in done]
    if not left:
        return run
    estimate(left, target).check(session.settings.max_job_cost_usd)
    report = Throttled(progress)
    for number, document in enumerate(left):
        report(number, len(left), document.path)
        run = _one(session, document, run, options, data, cancelled)
    report(len(left), len(left), name)
    return run


def _one(
    session: Session, document: Document, run: RunRecord, options: TextOptions, data: Path, cancelled: Cancel
) -> RunRecord:
    """Translates one document and writes it and the run's record, which it returns."""
    joint = "" if run.target_lang.partition("-")[0] in CJK_LANGUAGES else " "
    pages: list[str] = []
    characters = run.characters
    for chunk in _chunks(document):
        returned: list[str] = []
        for text in chunk.texts:
            check(cancelled, "the translation")
            returned.append(_call(session, text, run, options))
            characters += len(text)
        pages.append(chunk.page(returned, joint))
    restored = restore(document, pages)
    runs.write_document(data, run.name, document.path, restored.data)
    others = tuple(other for other in run.documents if other.path != document.path)
    run = replace(
        run,
        documents=(*others, RunDocument(document.path, runs.data_hash(document.data))),
        problems=(
            *(problem for problem in run.problems if problem.document != document.path),
            *restored.problems,
        ),
        characters=characters,
        cost_usd=str(cost_usd(characters, act=False)),
    )
    runs.write(data, run)
    return run


def _call(session: Session, text: str, run: RunRecord, options: TextOptions) -> str:
    request: dict[str, object] = {
        "Text": text,
        "SourceLanguageCode": language_code(run.source_lang),
        "TargetLanguageCode": language_code(run.target_lang),
    }
    if options.terminology:
        request["TerminologyNames"] = [options.terminology]
    if options.formality:
        request["Settings"] = {"Formality": options.formality}
    check_request("TranslateText", request)
    with session.explained("translate"):
        return str(session.translate.translate_text(**request)["TranslatedText"])


def _begun(
    data: Path,
    name: str,
    documents: Sequence[Document],
    target: str,
    options: TextOptions,
    translator: str,
    now: datetime,
) -> RunRecord:
    """The run of that name, if it was begun before, else a new one without documents."""
    languages = {document.lang for document in documents}
    if len(languages) != 1:
        raise AmtsError("the documents are not in one language", remedy="choose documents of the source book")
    try:
        run = runs.read(data, name)
    except NotFound:
        created = now.astimezone(UTC).isoformat(timespec="seconds")
        return RunRecord(
            name,
            languages.pop(),
            target,
            RunKind.TEXT,
            created,
            translator,
            (),
            terminology=options.terminology,
        )
    if (run.kind, run.source_lang, run.target_lang) != (RunKind.TEXT, languages.pop(), target):
        raise AmtsError(f"the run {name} is another one", remedy="use another name")
    return run


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What is sent together: whole paragraphs as one text, or the pieces of a paragraph (its id) that is
    too long.
    """

    texts: tuple[str, ...]
    paragraph: str = ""

    def page(self, returned: Sequence[str], joint: str) -> str:
        """The returned texts as a part of a page."""
        inside = joint.join(returned)
        return f'<p id="{self.paragraph}">{inside}</p>' if self.paragraph else inside


def _chunks(document: Document) -> Iterator[_Chunk]:
    group = ""
    for paragraph in paragraphs(document):
        element = paragraph.html()
        if group and _size(group + element) > REQUEST_BYTES:
            yield _Chunk((group,))
            group = ""
        if _size(element) <= REQUEST_BYTES:
            group += element
        else:
            yield _Chunk(tuple(_pieces(paragraph)), paragraph.id)
    if group:
        yield _Chunk((group,))


def _pieces(paragraph: Paragraph) -> Iterator[str]:
    """A paragraph in pieces that fit a request, cut between sentences, and within one only if it is too
    long itself.
    """

    def rendered(masked: str) -> str:
        return f"<span>{to_html(masked.strip(), paragraph.segment.items, paragraph.first)}</span>"

    piece = ""
    for atom in _atoms(paragraph, lambda masked: _size(rendered(masked)) <= REQUEST_BYTES):
        if piece and _size(rendered(piece + atom)) > REQUEST_BYTES:
            yield rendered(piece)
            piece = ""
        piece += atom
    yield rendered(piece)


def _atoms(paragraph: Paragraph, fits: Callable[[str], bool]) -> Iterator[str]:
    """The sentences of a paragraph with the blanks after them; a sentence that does not fit, in words."""
    text = paragraph.text
    cuts = [0]
    for unit in paragraph.segment.units[1:]:
        found = text.find(unit.text, cuts[-1])
        if found > cuts[-1]:
            cuts.append(found)
    for start, end in pairwise([*cuts, len(text)]):
        sentence = text[start:end]
        yield from (sentence,) if fits(sentence) else _ATOM.findall(sentence)


def _size(text: str) -> int:
    return len(text.encode("utf-8"))
