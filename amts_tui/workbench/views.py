"""The project's views of its documents, kept as `views.json` beside the other work of people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from amts_tui.corpus.files import read_utf8, write_atomically
from amts_tui.corpus.findings import Checks, Finding
from amts_tui.corpus.model import Bead
from amts_tui.corpus.views import BUILT_IN, Sifted, View
from amts_tui.corpus.views import sift as sift_beads
from amts_tui.errors import AmtsError
from amts_tui.workbench.session import Pipeline, Workbench

__all__ = ["BUILT_IN", "CHECKS", "Sifted", "View", "keep", "kept", "remove", "sift"]

CHECKS: tuple[str, ...] = tuple(finding.value for finding in Finding)
"""The names of the checks that a view can ask for."""

_SECONDS = 2.0


def _file(workbench: Workbench) -> Path:
    return workbench.project.data / "views.json"


def kept(workbench: Workbench) -> list[View]:
    """The views that people have named, by name. Raises AmtsError if the file cannot be read."""
    path = _file(workbench)
    if not path.exists():
        return []
    try:
        return sorted((View.of(value) for value in json.loads(read_utf8(path))), key=lambda view: view.name)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise AmtsError(
            f"not a list of views: {error}", where=str(path), remedy="restore it from git, or delete it"
        ) from error


def keep(workbench: Workbench, view: View) -> None:
    """Keeps a view under its name, in place of another of that name. Raises AmtsError."""
    _write(workbench, [*(other for other in kept(workbench) if other.name != view.name), view])


def remove(workbench: Workbench, name: str) -> None:
    """Forgets a view. Raises AmtsError."""
    _write(workbench, [other for other in kept(workbench) if other.name != name])


def _write(workbench: Workbench, views: Sequence[View]) -> None:
    workbench.writable()
    values = [view.value() for view in sorted(views, key=lambda view: view.name)]
    write_atomically(_file(workbench), json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def sift(pipeline: Pipeline, beads: Sequence[Bead], view: View) -> Sifted:
    """Looks at a document's beads through a view. Raises AmtsError as `corpus.views.sift` does."""
    checks = Checks.of(pipeline.source_lang, pipeline.target_lang, beads) if view.checks else None
    return sift_beads(beads, view, lambda bead: checks.find(bead) if checks else (), _SECONDS)
