"""Documents paired by hand: a renamed chapter keeps its translation and its curation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from amts_tui.errors import NotFound
from amts_tui.workbench.aligning import align
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.exporting import exportable
from amts_tui.workbench.pairing import pair, unpair
from amts_tui.workbench.session import Workbench
from tests.books_of_two import make_aligned

LAMP = "chapter_home/lamp.md"
LAMPARA = "chapter_home/lampara.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = make_aligned(tmp_path / "book")
    (root / "es" / LAMP).rename(root / "es" / LAMPARA)
    return root


def states(workbench: Workbench) -> dict[str, tuple[str | None, str]]:
    return {s.path: (s.target_path, s.state) for s in workbench.documents(workbench.pipeline())}


def test_a_renamed_document_is_paired_by_hand(project: Path) -> None:
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        assert states(workbench)[LAMP] == (None, "no target")
        assert states(workbench)[LAMPARA] == (LAMPARA, "no source")
        assert exportable(workbench, pipeline, (), ()) == ["chapter_home/garden.md"]
        before = workbench.beads(pipeline, LAMP)
        pair(workbench, pipeline, LAMP, LAMPARA)
        assert states(workbench)[LAMP] == (LAMPARA, "changed")
        assert LAMPARA not in states(workbench)
        align(workbench, pipeline)
        assert states(workbench)[LAMP] == (LAMPARA, "aligned")
        assert workbench.beads(pipeline, LAMP) == before
        assert LAMP in exportable(workbench, pipeline, (), ())
        Editor(workbench, pipeline, LAMP).confirm([before[0].id])
    shutil.rmtree(project / ".amts")
    with Workbench.open(project) as workbench:
        align(workbench, workbench.pipeline())
        assert states(workbench)[LAMP] == (LAMPARA, "aligned")
        assert workbench.beads(workbench.pipeline(), LAMP)[0].touched


def test_documents_of_one_path_can_be_parted_and_joined(project: Path) -> None:
    garden = "chapter_home/garden.md"
    with Workbench.open(project) as workbench:
        pipeline = workbench.pipeline()
        unpair(workbench, pipeline, garden)
        pairs = workbench.document_pairs(pipeline)
        assert garden in pairs.only_source
        assert garden in pairs.only_target
        pair(workbench, pipeline, garden, garden)
        assert states(workbench)[garden] == (garden, "aligned")
        assert not (project / "amts-data" / "en-es" / "pairings.json").exists()


def test_a_document_that_is_not_there_is_named(project: Path) -> None:
    with (
        Workbench.open(project) as workbench,
        pytest.raises(NotFound, match=r"the es book has no document x\.md"),
    ):
        pair(workbench, workbench.pipeline(), LAMP, "x.md")
