"""Returned pages put into the source's own Markdown: the translated document, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amts_tui.books.model import Document
from amts_tui.books.writing import splice
from amts_tui.corpus.runs import RunProblem
from amts_tui.translation.job_html import put_back


@dataclass(frozen=True, slots=True)
class Restored:
    """The file of a translated document, and the problems of its segments in their order."""

    data: bytes
    problems: tuple[RunProblem, ...]


def restore(document: Document, pages: Sequence[str]) -> Restored:
    """The document with the translations of its returned pages in place of its own text."""
    back = put_back(document, pages)
    spliced = splice(document, back.translations)
    problems = sorted([*back.problems, *spliced.problems], key=lambda problem: problem.segment)
    return Restored(
        spliced.data,
        tuple(
            RunProblem(document.path, problem.segment, problem.reason, problem.refused)
            for problem in problems
        ),
    )
