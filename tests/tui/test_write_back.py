"""Edited texts into the book's files, by a key."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.align import AlignScreen
from amts_tui.tui.screens.dialogs import Question
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.session import Workbench
from tests.tui.conftest import PULL
from tests.tui.screens import check_golden, screen_text


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def edit(workbench: Workbench, path: str, row: int, text: str) -> None:
    editor = Editor(workbench, workbench.pipelines()[0], path)
    editor.edit_text(editor.beads[row].id, 0, text)


def said(pilot: Pilot[None]) -> list[str]:
    assert isinstance(pilot.app, WorkbenchApp)
    assert pilot.app.desk is not None
    return [line.text for line in pilot.app.desk.said]


async def test_the_open_document_alone_is_written(workbench: Workbench, root: Path) -> None:
    edit(workbench, PULL, 1, "月球吸引着海水。")
    edit(workbench, "index.md", 1, "本书讲述海洋。")
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("end", "enter")
        await pilot.pause()
        await pilot.press("W")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Question)
        check_golden(pilot.app, "write_back")
        await pilot.press("y")
        await settle(pilot)
        assert isinstance(pilot.app.screen, AlignScreen)
        assert "1 text written into 1 file" in said(pilot)
        await pilot.press("f10")
        await settle(pilot)
        assert "no edited text waits to be written into the book's files" in said(pilot)
    assert "月球吸引着海水。" in (root / "zh" / PULL).read_text(encoding="utf-8")
    assert "本书讲述海洋。" not in (root / "zh" / "index.md").read_text(encoding="utf-8")


async def test_all_documents_are_written_and_what_is_refused_is_shown(
    workbench: Workbench, root: Path
) -> None:
    edit(workbench, PULL, 1, "月球吸引着海水。")
    edit(workbench, "index.md", 1, "本书讲述海洋。")
    edit(workbench, "moon/phases.md", 1, "新月时潮汐非常大。")
    for name in ("index.md", "moon/phases.md"):
        (root / "zh" / name).write_text("# 别的\n", encoding="utf-8")
    async with WorkbenchApp(workbench).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f10")
        await settle(pilot)
        assert all(
            name in screen_text(pilot.app) for name in ("zh/index.md", f"zh/{PULL}", "zh/moon/phases.md")
        )
        await pilot.press("y")
        await settle(pilot)
        lines = said(pilot)
        assert "1 text written into 1 file" in lines
        assert any(line.startswith("2 refusals: press 7 for all; the first is") for line in lines)
    assert "月球吸引着海水。" in (root / "zh" / PULL).read_text(encoding="utf-8")
    assert (root / "zh" / "index.md").read_text(encoding="utf-8") == "# 别的\n"


async def test_a_formula_that_an_edit_drops_is_told(workbench: Workbench, root: Path) -> None:
    beads = Editor(workbench, workbench.pipelines()[0], PULL).beads
    row = next(n for n, bead in enumerate(beads) if any("$F$" in unit.raw for unit in bead.target))
    edit(workbench, PULL, row, "它这样做。")
    async with WorkbenchApp(workbench).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f10")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        lines = said(pilot)
        assert "1 text written into 1 file" in lines
        (line,) = [line for line in lines if line.startswith("damaged: ")]
        assert line.startswith(f"damaged: zh/{PULL}:3: bead {beads[row].id}, ")
        assert "the formula $F$ of the source is gone" in line
    assert "它这样做。" in (root / "zh" / PULL).read_text(encoding="utf-8")


async def test_a_no_writes_nothing(workbench: Workbench, root: Path) -> None:
    edit(workbench, "index.md", 1, "本书讲述海洋。")
    before = (root / "zh" / "index.md").read_bytes()
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("W")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
    assert (root / "zh" / "index.md").read_bytes() == before


async def test_a_read_only_project_is_not_written(root: Path) -> None:
    with Workbench.open(root, read_only=True) as opened:
        async with WorkbenchApp(opened).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("W")
            await settle(pilot)
            assert not isinstance(pilot.app.screen, Question)
            assert any("read-only" in line for line in said(pilot))
