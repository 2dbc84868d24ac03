"""The form for a new project, from the start screen and from Books."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.books import BooksScreen
from amts_tui.tui.screens.dialogs import Question
from amts_tui.tui.screens.new_project import NewProjectDialog
from amts_tui.workbench.folders import completions
from amts_tui.workbench.session import Workbench
from tests.tui.conftest import write_books
from tests.tui.screens import check_golden, screen_text


async def settle(pilot: Pilot[Path]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with books and no project, and in it the shell that starts the program."""
    folder = tmp_path / "shelf"
    write_books(folder)
    monkeypatch.chdir(folder)
    return folder


async def fill(pilot: Pilot[Path], **values: str) -> None:
    for name, value in values.items():
        pilot.app.screen.query_one(f"#{name.replace('_', '-')}", Input).value = value
        await pilot.pause()


async def test_from_the_start_screen_to_the_open_project(books: Path) -> None:
    app = WorkbenchApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, NewProjectDialog)
        await fill(pilot, target_1_lang="zh", target_2_lang="es")
        check_golden(app, "new_project")
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, Question)
        text = screen_text(app)
        assert "en: 3 documents, zh: 3 documents, es: 3 documents" in text
        assert "zh: 3 paired by path" in text
        assert not (books / "amts.toml").exists()
        await pilot.press("y")
        await settle(pilot)
        assert isinstance(app.screen, BooksScreen)
        assert app.workbench is not None
        assert list(app.workbench.project.settings.targets) == ["zh", "es"]


async def test_a_folder_is_picked_from_those_on_disk(books: Path) -> None:
    app = WorkbenchApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("z", "h", "tab", "z")
        await pilot.pause()
        assert app.screen.query_one(OptionList).option_count == 1
        await pilot.press("down", "enter")
        assert app.screen.query_one("#target-1-path", Input).value == "zh/"
        await pilot.press("escape")
        assert not (books / "amts.toml").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "a project needs a target book"),
        ({"target_1_path": "zh"}, "target 1 needs a language"),
        ({"target_1_lang": "zh", "target_2_lang": "zh"}, "target 2 is zh again"),
        ({"target_1_lang": "zh", "target_1_path": "nowhere"}, "no such folder"),
        ({"target_1_lang": "klingon!"}, "klingon!"),
        ({"target_1_lang": "en"}, "cannot be source and target"),
    ],
)
async def test_bad_input_is_a_line_in_the_form(books: Path, values: dict[str, str], words: str) -> None:
    app = WorkbenchApp(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await fill(pilot, **values)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, NewProjectDialog)
        assert words in screen_text(app)


async def test_books_leaves_for_the_project_that_was_made(
    workbench: Workbench, books: Path, tmp_path: Path
) -> None:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("N")
        await pilot.pause()
        await fill(pilot, target_1_lang="zh")
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("y")
        await pilot.pause()
    assert app.return_value == books


def test_folders_go_on_from_what_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("book-en", "book-zh", ".git", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "book.txt").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert completions("") == ["book-en/", "book-zh/", "other/"]
    assert completions("BOOK") == ["book-en/", "book-zh/"]
    assert completions(".") == [".git/"]
    assert completions(f"{tmp_path}/o") == [f"{tmp_path}/other/"]
    assert completions("~/bo", 1) == ["~/book-en/"]
    assert completions("nowhere/x") == completions("a\0b/") == []
