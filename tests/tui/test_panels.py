from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.align import AlignScreen
from amts_tui.tui.screens.panels import InspectionDialog
from amts_tui.tui.widgets.document_list import DocumentList
from amts_tui.tui.widgets.minimap import Minimap
from amts_tui.workbench.jobs import add_run
from amts_tui.workbench.session import Workbench
from tests.tui.conftest import PULL
from tests.tui.screens import check_golden, screen_text


@asynccontextmanager
async def aligning(
    workbench: Workbench, size: tuple[int, int]
) -> AsyncIterator[tuple[Pilot[Any], AlignScreen]]:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=size) as pilot:
        assert app.desk is not None
        app.desk.document = PULL
        app.action_align()
        await pilot.pause(0.2)
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, AlignScreen)
        yield pilot, screen


def inspected(screen: AlignScreen) -> str:
    return str(screen.query_one("#inspected", Static).content)


async def test_the_screen_at_200_columns(workbench: Workbench) -> None:
    async with aligning(workbench, (200, 50)) as (pilot, _screen):
        check_golden(pilot.app, "align")


@pytest.mark.parametrize(
    ("width", "documents", "inspector"), [(119, False, False), (120, True, False), (160, True, True)]
)
async def test_panels_come_where_there_is_room(
    workbench: Workbench, width: int, documents: bool, inspector: bool
) -> None:
    async with aligning(workbench, (width, 24)) as (_pilot, screen):
        assert screen.query_one(DocumentList).display is documents
        assert screen.query_one("#inspector").display is inspector


async def test_the_list_follows_what_is_done_and_opens_documents(workbench: Workbench) -> None:
    async with aligning(workbench, (120, 24)) as (pilot, screen):
        assert " pull                  16%   2?" in screen_text(pilot.app)
        await pilot.press("c")
        await pilot.pause(0.1)
        assert " pull                  33%   2?" in screen_text(pilot.app)
        await pilot.click(DocumentList, offset=(3, 1))
        await pilot.pause()
        assert screen.place() == "index.md"


async def test_the_inspector_follows_the_cursor(workbench: Workbench, root: Path) -> None:
    add_run(workbench, "first", root / "zh", workbench.pipelines()[0])
    async with aligning(workbench, (160, 24)) as (pilot, screen):
        await pilot.press("down", "down", "down", "r")
        await pilot.pause(0.3)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        text = inspected(screen)
        assert text.startswith("Row 4 of 6   1:1\naligned by the program, seen by nobody\nflag\n")
        assert "Confidence 0.40 [####......]" in text
        assert "maintainer: flag row 4" in text
        assert "source 1: paragraph, 22 characters" in text
        await pilot.press("d")
        assert not screen.query_one("#inspector").display
        await pilot.press("f11")
        assert screen.query_one("#inspector").display


async def test_the_machine_text_stands_in_the_inspector(workbench: Workbench, root: Path) -> None:
    machine = root.parent / "machine" / PULL
    machine.parent.mkdir(parents=True)
    machine.write_text(
        "# Zug\n\nDer Mond zieht. Er tut es.\n\nDie Erde dreht sich. Zweimal.\n\nSo ist es.\n",
        encoding="utf-8",
    )
    add_run(workbench, "first", root.parent / "machine", workbench.pipelines()[0])
    async with aligning(workbench, (160, 24)) as (_pilot, screen):
        assert "Machine translation (first)\nZug\n" in inspected(screen)


async def test_a_narrow_screen_shows_the_inspector_in_a_dialog(workbench: Workbench) -> None:
    async with aligning(workbench, (80, 24)) as (pilot, screen):
        await pilot.press("d")
        await pilot.pause(0.1)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(pilot.app.screen, InspectionDialog)
        assert "nothing speaks against it" in screen_text(pilot.app)
        await pilot.press("escape")
        assert pilot.app.screen is screen


async def test_a_click_on_the_minimap_leads_there(workbench: Workbench) -> None:
    async with aligning(workbench, (80, 24)) as (pilot, screen):
        assert "#" in {line[79:80] for line in screen_text(pilot.app).split("\n")}
        await pilot.click(Minimap, offset=(0, 20))
        assert screen.grid.row == 5


@pytest.mark.parametrize(
    ("keys", "copied", "said"),
    [
        (("y",), "The Pull", "copied the source side of row 1"),
        (("right", "ctrl+insert"), "引力", "copied the target side of row 1"),
        (("down", "down", "Y"), "It does so with $F$.\t它用的是$F$。", "copied both sides of row 3"),
    ],
)
async def test_texts_go_to_the_clipboard(
    workbench: Workbench, keys: tuple[str, ...], copied: str, said: str
) -> None:
    async with aligning(workbench, (80, 24)) as (pilot, _screen):
        await pilot.press(*keys)
        assert pilot.app.clipboard == copied
        assert said in screen_text(pilot.app)
