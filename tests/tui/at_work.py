"""Align on a project on disk, opened on a document."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widgets import Input

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.align import AlignScreen
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Bead
from tests.tui.conftest import PULL


@asynccontextmanager
async def aligning(
    workbench: Workbench, document: str = PULL, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], AlignScreen]]:
    """The application in Align, with a document of its project."""
    app = WorkbenchApp(workbench)
    async with app.run_test(size=size) as pilot:
        assert app.desk is not None
        app.desk.document = document
        app.switch_mode("align")
        await pilot.pause()
        assert isinstance(app.screen, AlignScreen)
        yield pilot, app.screen


def stored(workbench: Workbench, document: str = PULL) -> list[Bead]:
    """What the workspace holds."""
    return workbench.beads(workbench.pipelines()[0], document)


async def press_at(pilot: Pilot[None], screen: AlignScreen, row: int, *keys: str) -> None:
    """Presses keys on a row, counted from 1."""
    screen.grid.go_to(row - 1)
    await pilot.press(*keys)
    await pilot.pause()


async def settled(pilot: Pilot[None], screen: AlignScreen) -> None:
    """Waits for work in the background."""
    await screen.workers.wait_for_complete()
    await pilot.pause()


async def type_in(pilot: Pilot[None], field: str, text: str) -> None:
    """Fills a field of the dialog in."""
    pilot.app.screen.query_one(field, Input).value = text
    await pilot.pause()
