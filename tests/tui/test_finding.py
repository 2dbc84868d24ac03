"""Search, views, jumps, and find and replace in Align, by their keys."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import OptionList, Select, TextArea

from amts_tui.tui.screens.align import AlignScreen
from amts_tui.tui.screens.choosing import fitting_names
from amts_tui.tui.screens.jump import JumpOverlay, labels
from amts_tui.workbench import views
from amts_tui.workbench.history import entries
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Status
from tests.tui.at_work import aligning, press_at, settled, stored, type_in
from tests.tui.conftest import PULL
from tests.tui.screens import check_golden, screen_text

INDEX = "index.md"


async def test_the_rows_follow_while_a_search_is_typed(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("slash")
        await type_in(pilot, "Input", "the")
        assert screen.grid.row == 0
        assert "1 of 4 in this document" in screen_text(pilot.app)
        await type_in(pilot, "Input", "the water")
        assert screen.grid.row == 1
        check_golden(pilot.app, "search")
        await pilot.press("escape")
        assert (screen.grid.row, screen.search) == (0, None)


async def test_the_side_and_the_kind_of_search_are_chosen_and_shown(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("slash")
        await type_in(pilot, "Input", "[F月]")
        assert "text on both: " in screen_text(pilot.app)
        assert "nothing like that" in screen_text(pilot.app)
        await pilot.press("f2")
        assert "pattern on both: " in screen_text(pilot.app)
        assert "1 of 2" in screen_text(pilot.app)
        await pilot.press("tab")
        assert "pattern on source: " in screen_text(pilot.app)
        assert "1 of 1" in screen_text(pilot.app)
        await pilot.press("tab", "enter")
        assert screen.search is not None
        assert (screen.search.side, screen.search.regex) == ("target", True)
        assert screen.grid.row == 1
        await pilot.press("n")
        assert screen.grid.row == 2


async def test_a_bad_pattern_is_said_in_words_and_a_slow_one_does_not_hang(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("slash", "f2")
        await type_in(pilot, "Input", "(")
        assert "not a pattern yet: missing )" in screen_text(pilot.app)
        await type_in(pilot, "Input", "((a{1000}){1000}){1000}")
        assert "repeats more than 1000 times" in screen_text(pilot.app)
        await pilot.press("enter")
        assert "repeats more than" in screen_text(pilot.app)
        assert screen.search is None


async def test_finds_are_walked_through_in_the_search_line(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("slash")
        await type_in(pilot, "Input", "the")
        rows = []
        for key in ("down", "f3", "up"):
            await pilot.press(key)
            rows.append(screen.grid.row)
        assert rows == [1, 3, 1]


async def test_the_whole_book_is_searched_and_a_find_leads_there(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("slash")
        await type_in(pilot, "Input", "tide")
        await pilot.press("f6")
        await settled(pilot, screen)
        check_golden(pilot.app, "found")
        await pilot.press("enter")
        await pilot.pause()
        assert (screen.place(), screen.grid.row) == (INDEX, 0)
        await pilot.press("S", "down", "down", "enter")
        await pilot.pause()
        assert (screen.place(), screen.grid.row) == (PULL, 4)
        await pilot.press("dollar_sign", "escape", "slash")
        await type_in(pilot, "Input", "nowhere at all")
        await pilot.press("f6")
        await settled(pilot, screen)
        assert "nothing like that in the book" in screen_text(pilot.app)


async def test_a_view_leaves_its_rows_with_dimmed_neighbours(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("f", *["down"] * 3)
        check_golden(pilot.app, "views")
        await pilot.press("enter")
        await pilot.pause()
        assert screen.grid.row == 5
        assert "only one-sided" in screen_text(pilot.app)
        assert screen.grid.in_sight == [4, 5]
        assert (screen.grid.shows(4), screen.grid.shows(5)) == (False, True)
        check_golden(pilot.app, "filtered")
        await pilot.press("home")
        assert screen.grid.row == 4
        await pilot.press("F")
        assert screen.grid.in_sight == list(range(6))
        await pilot.press("ampersand")
        assert screen.grid.in_sight == [4, 5]
        await pilot.press("f", "home", "enter")
        assert screen.grid.in_sight == list(range(6))


async def test_edits_in_a_view_touch_the_real_neighbours(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("vertical_line", *["down"] * 4, "enter")
        assert (screen.grid.row, screen.grid.in_sight) == (2, [1, 2, 3])
        await pilot.press("m")
        assert [bead.shape for bead in stored(workbench)] == ["1:1", "1:1", "2:2", "1:1", "1:0"]
        assert screen.grid.in_sight == [1, 2]
        await pilot.press("u")
        assert screen.grid.in_sight == [1, 2, 3]


async def test_what_is_gone_to_is_shown_though_the_view_hides_it(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("f", *["down"] * 4, "enter")
        screen.reach(0)
        assert (screen.grid.row, screen.grid.in_sight) == (0, [0, 1, 2, 3])


async def test_a_view_is_made_kept_and_forgotten(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("f", "n")
        await type_in(pilot, "#below", "1.5")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "not between 0 and 1" in screen_text(pilot.app)
        await type_in(pilot, "#below", "0.5")
        await type_in(pilot, "#text", "rth")
        await type_in(pilot, "#name", "my rows")
        check_golden(pilot.app, "view_form")
        await pilot.press("ctrl+s")
        assert screen.grid.row == 3
        assert screen.view.name == "my rows"
        (kept,) = views.kept(workbench)
        assert kept == screen.view
        await pilot.press("right_curly_bracket")
        await pilot.press("f", "end", "e")
        await type_in(pilot, "#text", "")
        pilot.app.screen.query_one("#where", Select).value = "regex source"
        await pilot.press("ctrl+s")
        (kept,) = views.kept(workbench)
        assert (kept.search, kept.below) == (None, 0.5)
        await pilot.press("f", "end", "d")
        await pilot.pause()
        assert views.kept(workbench) == []
        assert "my rows" not in str(pilot.app.screen.query_one(OptionList).get_option_at_index(-1).prompt)


async def test_a_view_that_fits_nothing_shows_all(workbench: Workbench) -> None:
    async with aligning(workbench, INDEX) as (pilot, screen):
        await pilot.press("f", *["down"] * 3, "enter")
        assert "no row here is one-sided: all are shown" in screen_text(pilot.app)
        assert not screen.grid.filtered
        await pilot.press("right_curly_bracket", "right_curly_bracket")
        await pilot.pause()
        assert screen.grid.filtered


async def test_a_document_is_gone_to_by_parts_of_its_name(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("o")
        check_golden(pilot.app, "documents")
        await pilot.press(*"mnphs", "enter")
        await pilot.pause()
        assert screen.place() == "moon/phases.md"
        await pilot.press("semicolon", *"inde", "enter")
        assert screen.place() == INDEX


def test_names_that_hold_the_words_come_before_those_that_hold_the_letters() -> None:
    names = [(name, name) for name in ("linear/regression.md", "rnn/seq.md", "gen/long-rnn.md", "x.md")]
    assert [name for name, _ in fitting_names(names, "rnn")] == ["rnn/seq.md", "gen/long-rnn.md"]
    assert [name for name, _ in fitting_names(names, "rg")] == ["linear/regression.md"]
    assert len(fitting_names(names, "")) == 4


async def test_bookmarks_are_walked_through_and_listed(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("apostrophe")
        assert "no bookmark in this document" in screen_text(pilot.app)
        await pilot.press("B")
        assert "no bookmark in the book" in screen_text(pilot.app)
        for row in (2, 5):
            await press_at(pilot, screen, row, "b")
        rows = []
        for key in ("apostrophe", "apostrophe", "grave_accent"):
            await pilot.press(key)
            rows.append(screen.grid.row + 1)
        assert rows == [2, 5, 2]
        await pilot.press("left_curly_bracket", "less_than_sign", "down", "enter")
        await pilot.pause()
        assert (screen.place(), screen.grid.row) == (PULL, 4)


async def test_a_label_leads_to_a_row_in_sight(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("comma")
        check_golden(pilot.app, "jump")
        await pilot.press("f")
        assert screen.grid.row == 3
        await pilot.press("ctrl+o", "escape")
        assert screen.grid.row == 3
        await pilot.press("ctrl+o", "M")
        assert isinstance(pilot.app.screen, AlignScreen)
        assert "    4?" in screen_text(pilot.app) or ">  4?" in screen_text(pilot.app)


def test_no_label_begins_another() -> None:
    assert labels([7, 9]) == {7: "a", 9: "s"}
    many = labels(range(60))
    assert len(set(many.values())) == 60
    assert {len(label) for label in many.values()} == {2}
    assert JumpOverlay(many)


async def replace(pilot: Pilot[None], find: str, by: str, where: str = "document") -> None:
    await pilot.press("R")
    await type_in(pilot, "#find", find)
    await type_in(pilot, "#by", by)
    pilot.app.screen.query_one("#where", Select).value = where
    await pilot.press("ctrl+s")


async def test_replacing_over_the_book_is_shown_first_and_undone_at_once(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        before = {path: stored(workbench, path) for path in (INDEX, PULL, "moon/phases.md")}
        await replace(pilot, "潮", "海潮", "book")
        await settled(pilot, screen)
        check_golden(pilot.app, "replace")
        assert {path: stored(workbench, path) for path in before} == before
        await pilot.press("space", "ctrl+s")
        await pilot.pause()
        assert "replaced in 2 texts, 1 other document; u undoes" in screen_text(pilot.app)
        assert stored(workbench, INDEX) == before[INDEX]
        assert stored(workbench, "moon/phases.md")[1].target[0].raw == "新月时海潮汐很大。"
        assert screen.grid.beads[3].target[0].raw.endswith("涨海潮。")
        assert entries(workbench)[0].action == "replace “潮” by “海潮” in 2 texts"
        await pilot.press("u")
        assert {path: stored(workbench, path) for path in before} == before


async def test_what_is_confirmed_is_replaced_only_when_asked_for_twice(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await replace(pilot, "月球", "月亮")
        await settled(pilot, screen)
        assert "[ ]" in screen_text(pilot.app)
        assert "(confirmed)" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "nothing is ticked" in screen_text(pilot.app)
        await pilot.press("enter", "ctrl+s", "escape")
        assert stored(workbench)[1].status is Status.CONFIRMED
        await replace(pilot, "月球", "月亮")
        await settled(pilot, screen)
        await pilot.press("space", "ctrl+s", "y")
        await pilot.pause()
        assert stored(workbench)[1].target[0].raw == "月亮吸引海水。"


async def test_all_or_none_are_ticked_at_once(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await replace(pilot, "。", "！")
        await settled(pilot, screen)
        assert screen_text(pilot.app).count("[x]") == 3
        await pilot.press("a")
        assert screen_text(pilot.app).count("[x]") == 0
        await pilot.press("asterisk", "escape")
        assert not pilot.app.screen.query(TextArea)


async def test_nothing_to_replace_is_said(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await replace(pilot, "nowhere", "x", "book")
        await settled(pilot, screen)
        assert "no translation in the book holds that" in screen_text(pilot.app)
