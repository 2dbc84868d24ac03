import re
from dataclasses import replace

import pytest
from rich.color import ColorTriplet
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.theme import Theme

from amts_tui.tui import themes
from amts_tui.tui.widgets.bitext_grid import BitextGrid
from amts_tui.tui.widgets.grid_paint import Palette
from amts_tui.workbench.types import Bead, Status
from tests.tui.examples import many, page
from tests.tui.screens import check_golden, screen_text


class GridApp(App[None]):
    """The grid alone."""

    def __init__(self, beads: list[Bead]) -> None:
        super().__init__()
        self.beads = beads

    def compose(self) -> ComposeResult:
        yield BitextGrid(
            self.beads, doubtful=lambda bead: bead.status is Status.AUTO and bead.confidence < 0.6
        )

    @property
    def grid(self) -> BitextGrid:
        return self.query_one(BitextGrid)


def cursor_number(app: GridApp) -> int | None:
    """The number beside the cursor sign, if the first line of that row is in sight."""
    found = re.search(r"^> *(\d+)", screen_text(app), re.MULTILINE)
    return int(found.group(1)) if found else None


async def test_the_page_at_80_columns() -> None:
    app = GridApp(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "right")
        check_golden(app, "grid")


async def test_the_page_at_120_columns() -> None:
    app = GridApp(page())
    async with app.run_test(size=(120, 40)):
        check_golden(app, "grid")


async def test_a_narrow_screen_puts_the_target_under_the_source() -> None:
    app = GridApp(page())
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.press("tab")
        check_golden(app, "grid_stacked")


async def test_stacking_by_key() -> None:
    app = GridApp(page())
    async with app.run_test(size=(80, 30)) as pilot:
        beside = screen_text(app)
        await pilot.press("w")
        assert screen_text(app) != beside
        await pilot.press("backslash")
        assert screen_text(app) == beside


async def test_the_cursor_is_always_in_sight() -> None:
    app = GridApp(many(200))
    async with app.run_test(size=(80, 24)) as pilot:
        for action in [
            *["down"] * 60,
            *["page_down"] * 3,
            *["half_up"] * 3,
            *["up"] * 40,
            "bottom",
            "page_up",
            "top",
        ]:
            getattr(app.grid, f"action_{action}")()
            await pilot.pause()
            assert cursor_number(app) == app.grid.row + 1, action


async def test_the_ends_of_the_rows() -> None:
    app = GridApp(many(50))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        assert app.grid.row == 49
        await pilot.press("pagedown", "down")
        assert app.grid.row == 49
        await pilot.press("home", "up", "pageup")
        assert app.grid.row == 0


async def test_a_row_taller_than_the_screen_is_read_to_its_end() -> None:
    tall = replace(page()[1], source=(replace(page()[1].source[0], text="word " * 400 + "LAST"),))
    app = GridApp([tall, page()[7]])
    async with app.run_test(size=(80, 24)) as pilot:
        seen = "LAST" in screen_text(app)
        for _ in range(5):
            await pilot.press("down")
            seen = seen or "LAST" in screen_text(app)
            if app.grid.row == 1:
                break
        assert seen
        assert app.grid.row == 1


async def test_an_edit_repaints_from_the_changed_row_on() -> None:
    beads = page()
    app = GridApp(beads)
    async with app.run_test(size=(80, 24)) as pilot:
        beads[3:5] = [replace(beads[3], target=beads[4].target)]
        app.grid.refresh_rows(3, 3)
        await pilot.pause()
        fresh = GridApp(list(beads))
        text = screen_text(app)
    async with fresh.run_test(size=(80, 24)) as pilot:
        fresh.grid.go_to(3)
        await pilot.pause()
        assert screen_text(fresh) == text


async def test_rows_that_vanish_at_the_end() -> None:
    beads = many(100)
    app = GridApp(beads)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        del beads[10:]
        app.grid.refresh_rows(10)
        await pilot.pause()
        assert app.grid.row == 9
        assert cursor_number(app) == 10


async def test_an_empty_document() -> None:
    app = GridApp([])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "pagedown", "end", "tab", "home")
        assert app.grid.current is None


async def test_a_resize_keeps_the_cursor_in_sight() -> None:
    app = GridApp(many(300))
    async with app.run_test(size=(120, 40)) as pilot:
        app.grid.go_to(200)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert cursor_number(app) == 201


async def test_a_click_chooses_row_and_side() -> None:
    app = GridApp(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(BitextGrid, offset=(60, 1))
        assert (app.grid.row, app.grid.side) == (1, "target")


async def test_the_wheel_takes_the_cursor_along() -> None:
    app = GridApp(many(300))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(20):
            app.grid.post_message(
                events.MouseScrollDown(app.grid, 5, 5, 0, 1, 0, shift=False, meta=False, ctrl=False)
            )
        await pilot.pause()
        assert app.grid.row > 10
        assert cursor_number(app) in (app.grid.row + 1, None)


async def test_the_columns_make_room_when_numbers_grow() -> None:
    beads = many(999)
    app = GridApp(beads)
    async with app.run_test(size=(80, 24)) as pilot:
        beads.append(replace(beads[0], id="last"))
        app.grid.refresh_rows(999, 999)
        await pilot.pause()
        fresh = GridApp(beads)
        text = screen_text(app)
    async with fresh.run_test(size=(80, 24)) as pilot:
        fresh.grid.action_bottom()
        await pilot.pause()
        assert screen_text(fresh) == text


def contrast(style: Style) -> float:
    """The contrast of text and ground by WCAG 2."""

    def luminance(triplet: ColorTriplet) -> float:
        parts = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in triplet.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    assert style.color is not None
    assert style.bgcolor is not None
    pair = sorted(luminance(color.get_truecolor()) for color in (style.color, style.bgcolor))
    return (pair[1] + 0.05) / (pair[0] + 0.05)


@pytest.mark.parametrize("theme", themes.OWN, ids=lambda theme: theme.name)
async def test_everything_can_be_read_in_each_theme(theme: Theme) -> None:
    app = GridApp(page())
    app.register_theme(theme)
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme.name
        await pilot.pause()
        palette = Palette.of(app.grid)
        assert all(contrast(style) >= 7 for style in palette.text.values())
        rest = [*palette.number.values(), *palette.separator.values(), *palette.signs.values()]
        assert all(contrast(style) >= 3 for style in rest)


async def test_a_narrowed_grid_moves_over_the_rows_that_are_left() -> None:
    beads = many(400)
    app = GridApp(beads)
    async with app.run_test(size=(80, 24)) as pilot:
        hidden = frozenset(bead.id for row, bead in enumerate(beads) if row % 3)
        app.grid.narrow(hidden)
        for action in ("page_down", "down", "half_up", "down", "down", "page_down", "up"):
            await pilot.pause()
            getattr(app.grid, f"action_{action}")()
            assert app.grid.row % 3 == 0
            await pilot.pause()
            assert cursor_number(app) in (None, app.grid.row + 1)
        app.grid.action_bottom()
        assert app.grid.row == 399
        app.grid.action_top()
        app.grid.go_to(100)
        assert app.grid.row == 102
        app.grid.go_to(101, centre=True)
        assert app.grid.row == 101
        app.grid.narrow(frozenset(bead.id for bead in beads))
        assert not app.grid.filtered


async def test_a_narrowed_grid_shows_what_comes_in_and_forgets_what_goes() -> None:
    beads = many(9)
    app = GridApp(beads)
    async with app.run_test(size=(80, 40)) as pilot:
        app.grid.narrow(frozenset(bead.id for bead in beads[3:]))
        shown = app.grid.beads
        assert isinstance(shown, list)
        shown[1:3] = [replace(beads[1], id="new")]
        app.grid.refresh_rows(1, 1)
        await pilot.pause()
        assert app.grid.in_sight == [0, 1]
        shown.clear()
        app.grid.refresh_rows(0)
        await pilot.pause()
        assert app.grid.in_sight == []
