"""Finding, replacing and looking through views, over a project on disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from amts_tui.workbench import finding, replacing, views
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.finding import Search
from amts_tui.workbench.history import entries
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import AmtsError, Cancelled, Status
from amts_tui.workbench.views import View
from tests.books_of_two import make_aligned

LAMP = "chapter_home/lamp.md"


@pytest.fixture(scope="module")
def aligned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_aligned(tmp_path_factory.mktemp("aligned"))


@pytest.fixture
def workbench(aligned: Path, tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(Path(shutil.copytree(aligned, tmp_path / "book"))) as opened:
        yield opened


def texts(workbench: Workbench) -> str:
    pipeline = workbench.pipelines()[0]
    paths = [stored.source_path for stored in workbench.workspace.documents(pipeline.store)]
    beads = [bead for path in paths for bead in workbench.beads(pipeline, path)]
    return "\n".join(unit.raw for bead in beads for unit in bead.target)


@pytest.mark.parametrize("reverse", [False, True])
def test_the_book_is_searched_from_either_direction(workbench: Workbench, reverse: bool) -> None:
    pipeline = workbench.pipeline("es", reverse=reverse)
    side = "source" if reverse else "target"
    (found,) = finding.book_hits(workbench, pipeline, Search("lámpara está", side))
    assert found.document == LAMP
    (hit,) = found.hits
    assert (hit.side, hit.excerpt[slice(*hit.span)].lower()) == (side, "lámpara está")


def test_searching_can_be_stopped(workbench: Workbench) -> None:
    pipeline = workbench.pipelines()[0]
    for work in (
        lambda: finding.book_hits(workbench, pipeline, Search("a"), cancelled=lambda: True),
        lambda: replacing.preview(workbench, pipeline, Search("a"), "b", cancelled=lambda: True),
    ):
        with pytest.raises(Cancelled):
            work()


@pytest.mark.parametrize("reverse", [False, True])
def test_replacing_in_several_documents_is_one_entry(workbench: Workbench, reverse: bool) -> None:
    pipeline = workbench.pipeline("es", reverse=reverse)
    before = texts(workbench)
    search = Search(r"(\w)\.", regex=True)
    found = replacing.preview(workbench, pipeline, search, r"\1!")
    assert len(found) == 2
    chosen = {of.document: of.replacements for of in found}
    count = replacing.replace(workbench, pipeline, search, r"\1!", chosen)
    assert count == sum(len(of) for of in chosen.values())
    assert texts(workbench) == before.replace(".", "!")
    assert len(entries(workbench)[0].documents) == 2
    Editor(workbench, pipeline, LAMP).undo()
    assert texts(workbench) == before


def test_replacing_refuses_what_has_changed_since_and_then_changes_nothing(workbench: Workbench) -> None:
    pipeline = workbench.pipelines()[0]
    found = replacing.preview(workbench, pipeline, Search("."), "!")
    editor = Editor(workbench, pipeline, found[1].document)
    one = found[1].replacements[0]
    editor.edit_text(one.bead, one.unit, "Otra cosa.")
    before = texts(workbench)
    chosen = {of.document: of.replacements for of in found}
    with pytest.raises(AmtsError, match="changed since"):
        replacing.replace(workbench, pipeline, Search("."), "!", chosen)
    assert texts(workbench) == before


def test_views_are_kept_beside_the_other_work_of_people(workbench: Workbench) -> None:
    mine = View("mine", statuses=frozenset({Status.AUTO}), search=Search("a", "target"))
    views.keep(workbench, View("zz", below=0.4))
    views.keep(workbench, mine)
    views.keep(workbench, View("zz", below=0.3))
    assert views.kept(workbench) == [mine, View("zz", below=0.3)]
    file = workbench.project.data / "views.json"
    assert file.is_file()
    views.remove(workbench, "zz")
    assert views.kept(workbench) == [mine]
    file.write_text('[{"name": "x", "statuses": ["unheard of"]}]', encoding="utf-8")
    with pytest.raises(AmtsError, match="not a list of views"):
        views.kept(workbench)


def test_a_read_only_project_keeps_no_view_and_replaces_nothing(workbench: Workbench) -> None:
    workbench.read_only = True
    with pytest.raises(AmtsError, match="read-only"):
        views.keep(workbench, View("x"))
    with pytest.raises(AmtsError, match="read-only"):
        replacing.replace(workbench, workbench.pipelines()[0], Search("a"), "b", {})
    workbench.read_only = False


def test_a_view_may_ask_for_what_the_checks_find(workbench: Workbench) -> None:
    pipeline = workbench.pipelines()[0]
    editor = Editor(workbench, pipeline, LAMP)
    editor.move(editor.beads[0].id, "down", "target")
    editor.confirm([editor.beads[0].id, editor.beads[1].id], off=True)
    beads = workbench.beads(pipeline, LAMP)
    assert views.sift(pipeline, beads, View(checks=frozenset({"alone"}))).rows == tuple(
        at for at, bead in enumerate(beads) if not bead.paired
    )


def test_bookmarks_are_found_in_the_whole_book(workbench: Workbench) -> None:
    pipeline = workbench.pipelines()[0]
    editor = Editor(workbench, pipeline, LAMP)
    editor.bookmark([editor.beads[2].id])
    (found,) = finding.bookmarks(workbench, pipeline)
    assert (found.document, [hit.row for hit in found.hits]) == (LAMP, [2])
