"""Every action of Align, by its keys, on a project on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.align import AlignScreen
from amts_tui.workbench.cutting import by_lengths, cuts
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Bead, Mark, Status
from tests.tui.conftest import PULL
from tests.tui.examples import page
from tests.tui.screens import check_golden, screen_text


@asynccontextmanager
async def aligning(
    workbench: Workbench, document: str = PULL, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[None], AlignScreen]]:
    app = WorkbenchApp(workbench)
    async with app.run_test(size=size) as pilot:
        assert app.desk is not None
        app.desk.document = document
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(app.screen, AlignScreen)
        yield pilot, app.screen


def shapes(screen: AlignScreen) -> list[str]:
    return [bead.shape for bead in screen.grid.beads]


def stored(workbench: Workbench, document: str = PULL) -> list[Bead]:
    return workbench.beads(workbench.pipelines()[0], document)


async def press_at(pilot: Pilot[None], screen: AlignScreen, row: int, *keys: str) -> None:
    screen.grid.go_to(row - 1)
    await pilot.press(*keys)
    await pilot.pause()


async def test_the_screen_at_80_columns(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, _screen):
        check_golden(pilot.app, "align")


async def settled(pilot: Pilot[None], screen: AlignScreen) -> None:
    await screen.workers.wait_for_complete()
    await pilot.pause()


async def test_aligning_again_goes_around_pins_and_is_undone(workbench: Workbench) -> None:
    pipeline = workbench.pipelines()[0]
    record = workbench.workspace.document(pipeline.store, PULL)
    assert record is not None
    workbench.workspace.put_document(
        pipeline.store,
        PULL,
        PULL,
        source_hash=record.source_hash,
        target_hash=record.target_hash,
        aligner="lexical",
    )
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, "a")
        pinned = screen.grid.beads[1]
        assert Mark.PIN in pinned.marks
        before = list(screen.grid.beads)
        await press_at(pilot, screen, 1, "A")
        await settled(pilot, screen)
        assert pinned in screen.grid.beads
        assert list(screen.grid.beads) != before
        assert stored(workbench) == screen.grid.beads
        assert "aligned again: 2 rows changed, 2 kept" in screen_text(pilot.app)
        await pilot.press("u")
        await pilot.pause()
        assert screen.grid.beads == before
        await press_at(pilot, screen, 2, "at")
        assert Mark.PIN not in screen.grid.beads[1].marks


async def test_the_screen_at_120_columns(workbench: Workbench) -> None:
    async with aligning(workbench, size=(120, 40)) as (pilot, screen):
        await press_at(pilot, screen, 4, "right")
        check_golden(pilot.app, "align")


@pytest.mark.parametrize(
    ("row", "keys", "expected"),
    [
        (2, ["m"], ["1:1", "2:2", "1:1", "1:1", "1:0"]),
        (2, ["f5"], ["1:1", "2:2", "1:1", "1:1", "1:0"]),
        (3, ["M"], ["1:1", "2:2", "1:1", "1:1", "1:0"]),
        (3, ["f6"], ["1:1", "2:2", "1:1", "1:1", "1:0"]),
        (2, ["J"], ["1:1", "0:1", "2:1", "1:1", "1:1", "1:0"]),
        (2, ["ctrl+down"], ["1:1", "0:1", "2:1", "1:1", "1:1", "1:0"]),
        (2, ["right", "K"], ["1:2", "1:0", "1:1", "1:1", "1:1", "1:0"]),
        (2, ["right", "ctrl+up"], ["1:2", "1:0", "1:1", "1:1", "1:1", "1:0"]),
        (5, ["right", "i"], ["1:1", "1:1", "1:1", "1:1", "1:0", "1:1"]),
        (5, ["right", "insert"], ["1:1", "1:1", "1:1", "1:1", "1:0", "1:1"]),
    ],
)
async def test_structure(workbench: Workbench, row: int, keys: list[str], expected: list[str]) -> None:
    async with aligning(workbench) as (pilot, screen):
        before = shapes(screen)
        texts = [unit.raw for bead in screen.grid.beads for unit in bead.target]
        await press_at(pilot, screen, row, *keys)
        assert shapes(screen) == expected
        assert [unit.raw for bead in screen.grid.beads for unit in bead.target] == texts
        assert stored(workbench) == list(screen.grid.beads)
        await pilot.press("u")
        assert shapes(screen) == before
        await pilot.press("ctrl+r")
        assert shapes(screen) == expected
        await pilot.press("ctrl+z")
        assert shapes(screen) == before
        await pilot.press("ctrl+y")
        assert shapes(screen) == expected


@pytest.mark.parametrize("key", ["D", "delete"])
async def test_closing_a_gap(workbench: Workbench, key: str) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 5, "right", "i")
        await pilot.press(key)
        assert shapes(screen) == ["1:1", "1:1", "1:1", "1:1", "1:1", "1:0"]


@pytest.mark.parametrize("key", ["X", "f9"])
async def test_swapping_with_the_previous_row(workbench: Workbench, key: str) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 3, key)
        assert [bead.target[0].raw for bead in stored(workbench)[1:3]] == ["它用的是$F$。", "月球吸引海水。"]


async def test_an_operation_that_cannot_be_done_says_why_and_changes_nothing(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        before = stored(workbench)
        await press_at(pilot, screen, 6, "right", "J")
        assert "nothing on its target side" in screen_text(pilot.app)
        await press_at(pilot, screen, 6, "m")
        assert "there is no next row" in screen_text(pilot.app)
        await press_at(pilot, screen, 1, "M")
        assert "there is no previous row" in screen_text(pilot.app)
        await pilot.press("u")
        assert "nothing to undo" in screen_text(pilot.app)
        assert stored(workbench) == before


async def test_splitting_where_the_cut_is_put(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, "m", "m")
        assert shapes(screen)[1] == "3:3"
        await pilot.press("s")
        check_golden(pilot.app, "split")
        await pilot.press("down", "right", "up", "down", "enter")
        await pilot.pause()
        assert shapes(screen)[1:3] == ["2:2", "1:1"]
        assert screen.grid.row == 1
        await pilot.press("f4", "escape")
        assert shapes(screen)[1:3] == ["2:2", "1:1"]


async def test_a_split_into_nothing_is_refused(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 1, "s", "left", "up", "up", "right", "up", "up", "enter")
        assert len(screen.grid.beads) == 6
        await press_at(pilot, screen, 1, "escape")
        await press_at(pilot, screen, 6, "s")
        assert "cannot be split" in screen_text(pilot.app)


def test_the_proposed_cut_leaves_no_cell_empty_and_follows_the_lengths() -> None:
    bead = page()[2]
    assert by_lengths(bead) == (1, 1)
    assert (0, 0) not in cuts(bead)
    assert (1, 2) not in cuts(bead)


async def test_editing_the_target(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, "e")
        check_golden(pilot.app, "edit")
        pilot.app.screen.query_one(TextArea).text = "月亮吸引海水。"
        await pilot.press("ctrl+s")
        await pilot.pause()
        edited = stored(workbench)[1]
        assert (edited.target[0].raw, edited.status) == ("月亮吸引海水。", Status.EDITED)
        assert "月亮吸引海水。" in screen_text(pilot.app)
        await pilot.press("f2")
        pilot.app.screen.query_one(TextArea).text = "lost"
        await pilot.press("escape")
        assert stored(workbench)[1] == edited


async def test_a_row_without_a_translation_has_nothing_to_edit(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 6, "enter")
        assert isinstance(pilot.app.screen, AlignScreen)
        assert "no translation in this row" in screen_text(pilot.app)


async def test_writing_a_note(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 5, "quotation_mark", *"ask Li", "enter")
        assert stored(workbench)[4].note == "ask Li"


@pytest.mark.parametrize(
    ("row", "key", "said", "unsaid"),
    [
        (1, "c", lambda b: b.status is Status.CONFIRMED, lambda b: b.status is Status.AUTO),
        (1, "plus", lambda b: b.status is Status.CONFIRMED, lambda b: b.status is Status.AUTO),
        (1, "minus", lambda b: b.status is Status.EXCLUDED, lambda b: b.status is not Status.EXCLUDED),
        (1, "r", lambda b: Mark.FLAG in b.marks, lambda b: Mark.FLAG not in b.marks),
        (1, "exclamation_mark", lambda b: Mark.FLAG in b.marks, lambda b: Mark.FLAG not in b.marks),
        (1, "b", lambda b: Mark.BOOKMARK in b.marks, lambda b: Mark.BOOKMARK not in b.marks),
        (1, "number_sign", lambda b: Mark.BOOKMARK in b.marks, lambda b: Mark.BOOKMARK not in b.marks),
    ],
)
async def test_judgements_are_said_and_taken_back(
    workbench: Workbench,
    row: int,
    key: str,
    said: Callable[[Bead], bool],
    unsaid: Callable[[Bead], bool],
) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, row, key)
        assert said(stored(workbench)[row - 1])
        await pilot.press(key)
        assert unsaid(stored(workbench)[row - 1])


def sure(workbench: Workbench) -> None:
    """Leaves nothing to look at but rows 4 and 6 of the longest document."""
    store = workbench.pipelines()[0].store
    for record in workbench.workspace.documents(store):
        beads = workbench.workspace.beads(record.id)
        workbench.workspace.replace_beads(
            record.id, [replace(bead, confidence=0.999) if bead.confidence > 0.5 else bead for bead in beads]
        )


async def test_space_confirms_and_leads_from_doubt_to_doubt(workbench: Workbench) -> None:
    sure(workbench)
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("space")
        assert screen.grid.row == 3
        await pilot.press("space")
        assert screen.grid.row == 5
        await pilot.press("space")
        assert "confirmed row 6; nothing in the book is left that needs a look" in screen_text(pilot.app)
        await pilot.press("up", "space")
        assert "confirmed row 5" in screen_text(pilot.app)
        await pilot.press("up", "space")
        assert "row 5 was confirmed already" in screen_text(pilot.app)
        confirmed = [bead.status is Status.CONFIRMED for bead in stored(workbench)]
        assert confirmed == [True, True, False, True, True, True]


async def test_the_queue_goes_on_in_the_next_document_that_has_doubtful_rows(workbench: Workbench) -> None:
    sure(workbench)
    async with aligning(workbench, "index.md") as (pilot, screen):
        await pilot.press("right_square_bracket")
        assert (screen.place(), screen.grid.row) == (PULL, 3)
        assert "another document; " in screen_text(pilot.app)
        await pilot.press("left_curly_bracket")
        assert screen.place() == "moon/phases.md"
        await pilot.press("left_square_bracket")
        assert (screen.place(), screen.grid.row) == (PULL, 3)


async def test_the_last_confirmation_of_a_document_leads_into_the_next(workbench: Workbench) -> None:
    sure(workbench)
    pipeline = workbench.pipelines()[0]
    index = workbench.stored(pipeline, "index.md")
    first, *others = workbench.beads(pipeline, "index.md")
    workbench.workspace.replace_beads(index.id, [replace(first, confidence=0.1), *others])
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 4, "space", "space")
        assert (screen.place(), screen.grid.row) == ("index.md", 0)
        assert "confirmed row 6; another document" in screen_text(pilot.app)
        await pilot.press("up", "space")
        assert screen.place() == "index.md"


@pytest.mark.parametrize("key", ["p", "equals_sign", "fullwidth_equals_sign"])
async def test_two_rows_are_paired_across_others(workbench: Workbench, key: str) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 6, key)
        assert "pair row 6 with: p" in screen_text(pilot.app)
        await press_at(pilot, screen, 3, key)
        assert shapes(screen) == ["1:1", "1:1", "2:1", "1:1", "1:1"]
        assert [unit.raw for unit in stored(workbench)[2].source] == ["It does so with $F$.", "That is all."]
        assert screen.grid.row == 2
        assert "paired rows 3 and 6" in screen_text(pilot.app)
        assert "pair row" not in screen_text(pilot.app)
        await pilot.press("u")
        assert shapes(screen) == ["1:1"] * 5 + ["1:0"]


async def test_a_row_need_not_be_paired_after_all(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, "p", "escape")
        assert "pair row" not in screen_text(pilot.app)
        await press_at(pilot, screen, 2, "p", "p")
        await press_at(pilot, screen, 4, "p")
        assert len(stored(workbench)) == 6
        assert "pair row 4 with: p" in screen_text(pilot.app)


async def test_one_row_alone_bears_the_cursor_after_undoing(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, _screen):
        keys = ("right_square_bracket", "space", "space", "u", "home", "u")
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        rows = screen_text(pilot.app).split("\n")[1:7]
        assert [line[0] for line in rows] == [" "] * 3 + [">"] + [" "] * 2


async def test_a_shift_says_how_many_rows_it_moved(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 3, "right", "i")
        assert "inserted a gap: 3 rows shifted, u undoes" in screen_text(pilot.app)
        await pilot.press("D")
        assert "closed the gap: 3 rows shifted, u undoes" in screen_text(pilot.app)
        await press_at(pilot, screen, 5, "i")
        assert "inserted a gap: 1 row shifted, u undoes" in screen_text(pilot.app)


async def test_messages_name_rows_and_no_ids(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 6, "right", "J")
        assert "row 6 has nothing on its target side to move" in screen_text(pilot.app)
        await press_at(pilot, screen, 1, "c", "u")
        assert "undid: confirm row 1" in screen_text(pilot.app)


async def test_confirming_all_above(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 4, "C")
        assert [bead.status is Status.CONFIRMED for bead in stored(workbench)] == [True] * 4 + [False] * 2
        await pilot.press("u")
        assert [bead.status is Status.CONFIRMED for bead in stored(workbench)] == [False, True] + [False] * 4


async def test_the_queue_goes_both_ways_and_round(workbench: Workbench) -> None:
    sure(workbench)
    async with aligning(workbench) as (pilot, screen):
        rows = []
        for key in (
            "right_square_bracket",
            "f8",
            "f8",
            "left_square_bracket",
            "f7",
            "fullwidth_right_square_bracket",
        ):
            await pilot.press(key)
            rows.append(screen.grid.row + 1)
        assert rows == [4, 6, 4, 6, 4, 6]
        await pilot.press("f8")
        assert "round again" in screen_text(pilot.app)


async def test_searching(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("slash", *"moon", "enter")
        assert screen.grid.row == 1
        await pilot.press("slash", *"the", "enter")
        assert "2 of 4 in this document" in screen_text(pilot.app)
        await pilot.press("n", "n", "n")
        assert "1 of 4 in this document, round the end" in screen_text(pilot.app)
        await pilot.press("slash", *"high", "enter")
        assert screen.grid.row == 4
        await pilot.press("ideographic_comma")
        pilot.app.screen.query_one(Input).value = "的"
        await pilot.press("enter")
        rows = [screen.grid.row]
        for key in ("n", "N", "f3"):
            await pilot.press(key)
            rows.append(screen.grid.row)
        assert rows == [2, 2, 2, 2]
        await pilot.press("escape")
        assert screen.search is None
        await pilot.press("slash", *"Moon", "enter")
        assert "nothing like that" in screen_text(pilot.app)


async def test_going_to_a_row(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("g", "5", "enter")
        assert screen.grid.row == 4
        await pilot.press("colon", "9", "9", "enter")
        assert screen.grid.row == 5
        await pilot.press("g", "x", "enter")
        assert "not a row number" in screen_text(pilot.app)


async def test_from_document_to_document(workbench: Workbench) -> None:
    async with aligning(workbench, "index.md") as (pilot, _screen):
        await pilot.press("left_curly_bracket")
        assert "first document" in screen_text(pilot.app)
        await pilot.press("right_curly_bracket")
        await pilot.pause()
        assert "moon/phases.md" in screen_text(pilot.app)
        await pilot.press("right_corner_bracket")
        await pilot.pause()
        assert "The moon pulls the water." in screen_text(pilot.app)
        await pilot.press("ctrl+pageup")
        await pilot.pause()
        assert "moon/phases.md" in screen_text(pilot.app)


async def test_the_review_file_follows_a_second_after(workbench: Workbench, root: Path) -> None:
    review = root / "amts-data" / "en-zh" / f"{PULL}.jsonl"
    async with aligning(workbench) as (pilot, _screen):
        before = review.read_text(encoding="utf-8")
        await pilot.press("c")
        assert "+1" in screen_text(pilot.app)
        await pilot.pause(1.2)
        assert review.read_text(encoding="utf-8") != before
        assert "saved" in screen_text(pilot.app)


async def test_what_somebody_else_writes_comes_in(workbench: Workbench, root: Path) -> None:
    from amts_tui.workbench.editing import Editor

    async with aligning(workbench) as (pilot, screen):
        with Workbench.open(root) as other:
            Editor(other, other.pipelines()[0], PULL).confirm(["en-zh-moon/pull.md-0"])
        await pilot.pause(2.2)
        assert screen.grid.beads[0].status is Status.CONFIRMED


async def test_a_read_only_project_refuses_edits(root: Path) -> None:
    with Workbench.open(root, read_only=True) as opened:
        async with aligning(opened) as (pilot, screen):
            before = stored(opened)
            await press_at(pilot, screen, 2, "m")
            assert "read-only" in screen_text(pilot.app)
            assert "READ-ONLY" in screen_text(pilot.app)
            assert stored(opened) == before


async def test_the_cursor_stays_with_the_bead_that_was_edited(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 3, "M")
        assert screen.grid.row == 1
        await press_at(pilot, screen, 4, "J")
        assert screen.grid.row == 3


async def test_without_beads_the_way_on_is_shown(tmp_path: Path) -> None:
    from amts_tui.workbench import setup
    from tests.tui.conftest import write_books

    folder = tmp_path / "new"
    write_books(folder)
    setup.create(folder, ("en", None), {"zh": None})
    with Workbench.open(folder) as opened:
        async with WorkbenchApp(opened).run_test(size=(80, 24)) as pilot:
            await pilot.press("2")
            await pilot.pause()
            assert "nothing has been aligned yet" in screen_text(pilot.app)
            await pilot.press("m", "s", "e", "space", "u", "C", "right_square_bracket", "right_curly_bracket")
            assert isinstance(pilot.app.screen, AlignScreen)


async def test_a_message_leaves_whole_figures_beside_it(workbench: Workbench) -> None:
    async with aligning(workbench, size=(60, 24)) as (pilot, _screen):
        await pilot.press("c")
        await pilot.pause(0.1)
        status = screen_text(pilot.app).split("\n")[-3]
        assert status == " confirm: row 1  row 1/6  2 doubtful  33% settled  +1"


def test_a_pair_is_cut_between_its_sides_with_the_source_first() -> None:
    assert by_lengths(page()[0]) == (1, 0)
