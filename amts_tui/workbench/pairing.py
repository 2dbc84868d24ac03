"""Pairing documents by hand, where their paths do not tell which translates which."""

from __future__ import annotations

from amts_tui.corpus import pairings
from amts_tui.errors import NotFound
from amts_tui.workbench.session import Pipeline, Workbench


def pair(workbench: Workbench, pipeline: Pipeline, source: str, target: str) -> None:
    """Says that a target document translates a source document; whoever had that target loses it.

    Raises NotFound for a document that a book does not have.
    """
    workbench.writable()
    pipeline = pipeline.forward
    _check(workbench, pipeline.source_lang, source)
    _check(workbench, pipeline.target_lang, target)
    known = pairings.read(workbench.project.data, pipeline.store)
    now = {path: partner for path, partner in known.items() if partner != target}
    if source == target:
        now.pop(source, None)
    else:
        now[source] = target
    pairings.write(workbench.project.data, pipeline.store, now)


def unpair(workbench: Workbench, pipeline: Pipeline, source: str) -> None:
    """Says that a source document has no translation, whatever the paths say. Raises NotFound."""
    workbench.writable()
    pipeline = pipeline.forward
    _check(workbench, pipeline.source_lang, source)
    known = pairings.read(workbench.project.data, pipeline.store)
    pairings.write(workbench.project.data, pipeline.store, known | {source: None})


def _check(workbench: Workbench, lang: str, path: str) -> None:
    if path not in workbench.document_paths(lang):
        raise NotFound(f"the {lang} book has no document {path}", remedy="`amts documents list` shows them")
