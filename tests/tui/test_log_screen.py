"""The log: who did what when, and the way back to any point of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from textual.pilot import Pilot

from amts_tui.corpus.journal import Journal
from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.dialogs import Question
from amts_tui.tui.screens.log import LogScreen
from amts_tui.tui.widgets.key_table import KeyTable
from amts_tui.workbench.editing import Editor
from amts_tui.workbench.session import Workbench
from tests.tui.conftest import PULL
from tests.tui.screens import check_golden, screen_text

INDEX = "index.md"


async def settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture
def worked(workbench: Workbench) -> Workbench:
    """The project after four actions of two people in two documents, at known times."""
    times = iter(datetime(2026, 5, 4, 9, minute, tzinfo=UTC) for minute in range(60))
    pipeline = workbench.pipelines()[0]

    def act(who: str, path: str, row: int, action: str) -> None:
        workbench.journal = Journal(workbench.workspace, who, now=lambda: next(times))
        editor = Editor(workbench, pipeline, path)
        getattr(editor, action)([editor.beads[row].id])

    act("Ana", INDEX, 0, "confirm")
    act("Ana", PULL, 2, "confirm")
    act("Bo", PULL, 3, "bookmark")
    act("Bo", INDEX, 1, "confirm")
    return workbench


async def open_log(pilot: Pilot[None], app: WorkbenchApp, document: str | None = None) -> LogScreen:
    await settle(pilot)
    assert app.desk is not None
    app.desk.document = document
    await pilot.press("7")
    await pilot.pause()
    assert isinstance(app.screen, LogScreen)
    return app.screen


def statuses(workbench: Workbench, path: str) -> list[str]:
    return [bead.status.value for bead in workbench.beads(workbench.pipelines()[0], path)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_who_did_what_and_what_it_changed(
    worked: Workbench, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    app = WorkbenchApp(worked)
    async with app.run_test(size=size) as pilot:
        await open_log(pilot, app)
        await pilot.press("down")
        await pilot.pause()
        check_golden(app, "log")


async def test_going_back_shows_what_it_undoes_and_is_one_step(worked: Workbench) -> None:
    app = WorkbenchApp(worked)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_log(pilot, app)
        screen.query_one(KeyTable).go_to("entry 1")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Question)
        text = screen_text(app)
        assert "Go back to just after entry 1? This undoes 3 actions" in text
        assert text.index("    4  ") < text.index("    3  ") < text.index("    2  ")
        await pilot.press("y")
        await settle(pilot)
        assert "undid 3 actions: u takes that back" in screen_text(app)
        assert statuses(worked, INDEX) == ["confirmed", "auto"]
        assert statuses(worked, PULL)[2] == "auto"
        await pilot.press("u")
        await pilot.pause()
        assert statuses(worked, INDEX) == ["confirmed", "confirmed"]
        assert statuses(worked, PULL)[2] == "confirmed"
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert statuses(worked, INDEX) == ["confirmed", "auto"]


async def test_a_document_goes_back_alone_to_the_beginning(worked: Workbench) -> None:
    app = WorkbenchApp(worked)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_log(pilot, app, INDEX)
        await pilot.press("v", "v")
        await pilot.pause()
        text = screen_text(app)
        assert "the document index.md: 2 actions" in text
        assert "pull.md" not in text.replace("Align", "")
        await pilot.press("end", "f6")
        await pilot.pause()
        assert "Go back to the beginning of index.md? This undoes 2 actions" in screen_text(app)
        await pilot.press("y")
        await settle(pilot)
        assert statuses(worked, INDEX) == ["auto", "auto"]
        assert statuses(worked, PULL)[2] == "confirmed"


async def test_a_no_changes_nothing_and_the_newest_entry_has_nothing_after_it(worked: Workbench) -> None:
    app = WorkbenchApp(worked)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_log(pilot, app)
        await pilot.press("enter")
        assert "nothing was done since" in screen_text(app)
        screen.query_one(KeyTable).go_to("entry 1")
        await pilot.press("enter")
        await pilot.press("escape")
        assert statuses(worked, INDEX) == ["confirmed", "confirmed"]


async def test_older_entries_come_on_demand(worked: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amts_tui.tui.screens.log._AT_ONCE", 3)
    app = WorkbenchApp(worked)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_log(pilot, app)
        screen._limit = 3
        await pilot.press("v")
        assert "3 actions  o shows older ones" in screen_text(app)
        await pilot.press("f4")
        assert "4 actions" in screen_text(app)
        assert "the beginning" in screen_text(app)


async def test_a_line_of_the_application_is_no_point_to_go_back_to(worked: Workbench) -> None:
    app = WorkbenchApp(worked)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.tell("hello")
        await open_log(pilot, app)
        await pilot.press("home", "enter")
        assert "this line is no entry" in screen_text(app)


async def test_read_only_goes_nowhere(worked: Workbench) -> None:
    worked.read_only = True
    app = WorkbenchApp(worked)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await open_log(pilot, app)
        screen.query_one(KeyTable).go_to("entry 1")
        await pilot.press("enter", "u")
        await pilot.pause()
        assert "read-only" in screen_text(app)
        assert statuses(worked, INDEX) == ["confirmed", "confirmed"]
