"""Exporting the pairs of a pipeline to a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from amts_tui.errors import AmtsError
from amts_tui.exchange.model import FileFormat, Form, Granularity, LeftOut, Selection, Written
from amts_tui.exchange.pairs import paragraph_pairs, sentence_pairs
from amts_tui.exchange.report import write_report
from amts_tui.exchange.write import write_pairs
from amts_tui.workbench.choosing import chosen
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["ExportRequest", "FileFormat", "Form", "Granularity", "LeftOut", "Selection", "Written", "export"]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is exported, how, and where to. Globs are over source paths; `exclude` wins."""

    output: Path
    file_format: FileFormat = FileFormat.CSV
    form: Form = Form.EXCHANGE
    granularity: Granularity = Granularity.SENTENCE
    selection: Selection = field(default_factory=Selection)
    documents: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    report: Path | None = None


def export(workbench: Workbench, pipeline: Pipeline, request: ExportRequest) -> Written:
    """Writes the pairs of the chosen documents. Raises AmtsError if nothing has been aligned, or the file
    cannot be written.
    """
    paths = exportable(workbench, pipeline, request.documents, request.exclude)
    collect = sentence_pairs if request.granularity is Granularity.SENTENCE else paragraph_pairs
    collected = [
        collect(path, workbench.beads(pipeline, path), request.form, request.selection) for path in paths
    ]
    written = write_pairs(
        request.output,
        [pair for one in collected for pair in one.pairs],
        file_format=request.file_format,
        source_lang=pipeline.source_lang,
        target_lang=pipeline.target_lang,
        form=request.form,
        granularity=request.granularity,
    )
    left_out = (*(line for one in collected for line in one.left_out), *written.left_out)
    if request.report is not None:
        write_report(request.report, [*left_out, *written.warnings])
    return Written(written.written, left_out, written.warnings)


def exportable(
    workbench: Workbench, pipeline: Pipeline, documents: Sequence[str], exclude: Sequence[str]
) -> list[str]:
    """The aligned documents that are chosen. Raises AmtsError when there is none."""
    paired = set(workbench.document_pairs(pipeline).paired)
    aligned = [
        stored.source_path
        for stored in workbench.workspace.documents(pipeline.store)
        if stored.aligner and (stored.source_path, stored.target_path) in paired
    ]
    if not aligned:
        raise AmtsError(f"nothing has been aligned in {pipeline.name}", remedy="run `amts align`")
    return chosen(aligned, documents, exclude)
