"""A small project of our own, with beads that need no aligner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from amts_tui.workbench import setup
from amts_tui.workbench.cutting import Cutter
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Bead, BeadUnit, Mark, Status

BOOKS = {
    "en": {
        "index.md": "# A Book of Tides\n\nThis book explains the sea.\n",
        "moon/pull.md": (
            "# The Pull\n\nThe moon pulls the water. It does so with $F$.\n\n"
            "The earth turns below. Twice a day the tide is high.\n\nThat is all.\n"
        ),
        "moon/phases.md": "# Phases\n\nAt new moon the tides are large.\n",
    },
    "zh": {
        "index.md": "# 潮汐之书\n\n本书讲述大海。\n",
        "moon/pull.md": (
            "# 引力\n\n月球吸引海水。它用的是$F$。\n\n地球在下面转动，每天两次涨潮。\n\n如此而已。\n"
        ),
        "moon/phases.md": "# 月相\n\n新月时潮汐很大。\n",
    },
    "es": {
        "index.md": "# Un libro de mareas\n\nEste libro explica el mar.\n",
        "moon/pull.md": "# La fuerza\n\nLa luna atrae el agua. Lo hace con $F$.\n",
        "moon/phases.md": "# Fases\n\nCon luna nueva las mareas son grandes.\n",
    },
}

PULL = "moon/pull.md"


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps the list of recent projects, and the name in the journal, out of the user's home."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("LOGNAME", "maintainer")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    # Loading the encoder takes seconds.
    monkeypatch.setattr(Cutter, "by_meaning", lambda _cutter, _bead: None)


def write_books(folder: Path) -> None:
    """The books alone."""
    for lang, book in BOOKS.items():
        for path, text in book.items():
            file = folder / lang / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a project whose documents have been paired bead by bead."""
    folder = tmp_path / "tides"
    write_books(folder)
    setup.create(folder, ("en", folder / "en"), {lang: folder / lang for lang in ("zh", "es")})
    with Workbench.open(folder) as workbench:
        for pipeline in workbench.pipelines():
            for document in workbench.documents(pipeline):
                _seed(workbench, pipeline.name, document.path)
    return folder


def _seed(workbench: Workbench, name: str, path: str) -> None:
    pipeline = next(pipeline for pipeline in workbench.pipelines() if pipeline.name == name)
    stored = workbench.workspace.put_document(
        name,
        path,
        path,
        source_hash=workbench.file_hash(pipeline.source_lang, path),
        target_hash=workbench.file_hash(pipeline.target_lang, path),
        aligner="by hand",
    )
    source, target = workbench.units(pipeline, stored)
    beads = [
        Bead(f"{name}-{path}-{n}", s, t, 0.9 if s and t else 0.2)
        for n, (s, t) in enumerate(_paired(source, target))
    ]
    if path == PULL and name == "en-zh":
        beads = _with_faults(beads)
    workbench.workspace.replace_beads(stored.id, beads)


def _paired(
    source: list[BeadUnit], target: list[BeadUnit]
) -> list[tuple[tuple[BeadUnit, ...], tuple[BeadUnit, ...]]]:
    count = max(len(source), len(target))
    return [(tuple(source[n : n + 1]), tuple(target[n : n + 1])) for n in range(count)]


def _with_faults(beads: list[Bead]) -> list[Bead]:
    """Row 4 is doubtful, row 6 has no partner, row 2 is confirmed, row 3 bears a flag."""
    changed = list(beads)
    changed[1] = Bead(beads[1].id, beads[1].source, beads[1].target, 0.95, Status.CONFIRMED)
    changed[2] = Bead(beads[2].id, beads[2].source, beads[2].target, 0.9, marks=frozenset({Mark.FLAG}))
    changed[3] = Bead(beads[3].id, beads[3].source, beads[3].target, 0.4)
    return changed


@pytest.fixture
def workbench(root: Path) -> Iterator[Workbench]:
    """The project, open."""
    with Workbench.open(root) as opened:
        yield opened
