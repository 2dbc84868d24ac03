"""Parallel data from the workbench, with a service of a few lines in place of the real one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.dialogs import Question
from amts_tui.tui.screens.parallel import ParallelDataDialog
from amts_tui.workbench import parallel_data
from amts_tui.workbench.exporting import Granularity, LeftOut
from amts_tui.workbench.parallel_data import Made, ParallelData, Wanted
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Cancelled
from tests.tui.screens import check_golden, screen_text
from tests.tui.test_jobs_screen import Service, at_jobs, said, service, settle

__all__ = ["service"]


def data(name: str, state: str, imported: int | None = None) -> ParallelData:
    return ParallelData(name, state, state, "en", ("zh",), None, "", imported, None, None, None, None)


class Importer:
    """Plays the part of `amts_tui.workbench.parallel_data`."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.made: list[tuple[Wanted, bool | None]] = []
        self.go_on = threading.Event()
        self.go_on.set()

    def list_all(self, _workbench: Workbench) -> list[ParallelData]:
        return [data(name, "ACTIVE") for name in self.names]

    def make(self, _workbench: Workbench, wanted: Wanted, *, update: bool | None, **_options: Any) -> Made:
        self.made.append((wanted, update))
        return Made(data(wanted.name, "CREATING"), 9, (LeftOut("index.md", "b1", "too long"),))

    def wait(
        self,
        _workbench: Workbench,
        name: str,
        *,
        on_state: Callable[[ParallelData], None],
        cancelled: Callable[[], bool],
    ) -> ParallelData:
        on_state(data(name, "CREATING"))
        while not self.go_on.wait(0.01):
            if cancelled():
                raise Cancelled("the import was stopped")
        self.names.append(name)
        return data(name, "ACTIVE", 8)


@pytest.fixture
def importer(service: Service, monkeypatch: pytest.MonkeyPatch) -> Importer:
    played = Importer()
    for name in ("list_all", "make", "wait"):
        monkeypatch.setattr(parallel_data, name, getattr(played, name))
    return played


async def test_the_form_makes_parallel_data_that_a_job_can_use(
    workbench: Workbench, importer: Importer
) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ParallelDataDialog)
        check_golden(pilot.app, "parallel_data")
        await pilot.press(*"tides-1", "tab", "enter", "down", "enter", "tab", *"moon/*", "ctrl+s")
        await settle(pilot)
        pipeline = workbench.pipelines()[0]
        wanted = Wanted("tides-1", pipeline, Granularity.PARAGRAPH, exclude=("moon/*",))
        assert importer.made == [(wanted, False)]
        assert "parallel data tides-1: 9 pairs sent, 8 imported, 1 left out" in said(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("tab", "tab", "enter")
        await pilot.pause()
        assert "tides-1" in screen_text(pilot.app)


async def test_data_that_are_there_are_replaced_only_after_a_yes(
    workbench: Workbench, importer: Importer
) -> None:
    importer.names.append("en-zh")
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        for answer in ("escape", "y"):
            await pilot.press("f4", "ctrl+s")
            await settle(pilot)
            assert isinstance(pilot.app.screen, Question)
            assert importer.made == []
            await pilot.press(answer)
            await settle(pilot)
        assert [update for _wanted, update in importer.made] == [True]


async def test_a_glob_that_fits_nothing_makes_nothing(workbench: Workbench, importer: Importer) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("p", "tab", "tab", *"mon/*", "ctrl+s")
        await settle(pilot)
        assert "no document fits 'mon/*'" in said(pilot)
        assert importer.made == []


async def test_escape_stops_waiting_for_an_import(workbench: Workbench, importer: Importer) -> None:
    importer.go_on.clear()
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("p", "ctrl+s")
        await pilot.pause(0.3)
        assert "en-zh: 9 pairs sent, creating   Esc stops" in screen_text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert "the import was stopped" in said(pilot)


async def test_a_name_is_needed(workbench: Workbench, importer: Importer) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("p", *["backspace"] * 5, "ctrl+s")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ParallelDataDialog)
        assert importer.made == []


async def test_a_read_only_project_makes_none(
    workbench: Workbench, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "read_only", True)
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_jobs(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert "read-only" in said(pilot)
        assert not isinstance(pilot.app.screen, ParallelDataDialog)
