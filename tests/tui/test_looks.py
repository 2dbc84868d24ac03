from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from amts_tui.tui import themes
from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.widgets.ambiguous import are_wide, count_ambiguous
from amts_tui.workbench import looks
from amts_tui.workbench.looks import Looks
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Item, ItemForm, ItemKind
from tests.tui.examples import page
from tests.tui.screens import screen_text
from tests.tui.test_bitext_grid import GridApp


@pytest.fixture(autouse=True)
def _usual_widths() -> Iterator[None]:
    yield
    count_ambiguous(1)


async def test_the_looks_are_gone_through_and_remembered(workbench: Workbench) -> None:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24)) as pilot:
        seen = [app.theme]
        for _ in themes.NAMES:
            await pilot.press("f12")
            seen.append(app.theme)
        assert seen == [*themes.NAMES, themes.DARK.name]
        await pilot.press("f12", "ctrl+f12")
        assert are_wide()
    assert looks.load() == Looks(themes.LIGHT.name, True)
    count_ambiguous(1)
    again = WorkbenchApp(workbench)
    async with again.run_test(size=(80, 24)):
        assert again.theme == themes.LIGHT.name
        assert are_wide()


@pytest.mark.parametrize("text", ["", "[]", '{"theme": "gone"}', "{"])
def test_damaged_looks_are_the_usual_ones(tmp_path: Path, text: str) -> None:
    file = tmp_path / "state" / "amts" / "looks.json"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    assert looks.load() == Looks()


async def test_messages_do_not_cover_the_last_two_lines(workbench: Workbench) -> None:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("2")
        app.tell("a message that is long enough to be wrapped into more than a single line of the screen")
        await pilot.pause(0.2)
        lines = screen_text(app).rstrip("\n").split("\n")
        assert any("a message that is long" in line for line in lines[-6:-2])
        assert "row 1/" in lines[-2]
        assert "Quit" in lines[-1]


async def test_wide_quotes_leave_the_columns_where_they_are() -> None:
    beads = [bead for bead in page() if bead.target]
    app = GridApp(beads)
    async with app.run_test(size=(80, 24)) as pilot:
        count_ambiguous(2)
        app.grid.lay_out_anew()
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        assert {strip.cell_length for strip in strips} == {80}


async def test_markup_is_expanded_by_key() -> None:
    code = Item(1, ItemForm.SINGLE, ItemKind.CODE, "`optimizer.step(batch_size=size)`")
    bead = page()[1]
    unit = replace(bead.source[0], text="Call {1}.", items=(code,))
    app = GridApp([replace(bead, source=(unit,), target=(replace(unit, text="调用{1}。"),))])
    async with app.run_test(size=(120, 24)) as pilot:
        assert "`optimizer.step(batch_s~" in screen_text(app)
        await pilot.press("z")
        assert code.raw in screen_text(app)
        await pilot.press("tilde")
        assert code.raw not in screen_text(app)
