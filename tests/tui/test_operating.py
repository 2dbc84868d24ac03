"""Ranges, counts, repetition, carrying, the aligner's alternative, the user's own editor: by their keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from amts_tui.corpus.doubts import Alternative, Doubts
from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.remapping import Keys
from amts_tui.tui.screens.align import AlignScreen
from amts_tui.tui.screens.jobs import JobsScreen
from amts_tui.workbench.cutting import Cutter
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Mark, Status
from tests.tui.conftest import PULL
from tests.tui.screens import screen_text
from tests.tui.test_align_screen import aligning, press_at, shapes, stored
from tests.tui.test_app import come_to


def statuses(workbench: Workbench) -> list[Status]:
    return [bead.status for bead in stored(workbench)]


def flagged(workbench: Workbench) -> list[int]:
    return [row for row, bead in enumerate(stored(workbench), start=1) if Mark.FLAG in bead.marks]


@pytest.mark.parametrize("keys", [("3", "j"), ("3", "down"), ("4", "g"), ("4", "G")])
async def test_a_count_moves_so_many_rows_or_to_the_row(workbench: Workbench, keys: tuple[str, ...]) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press(*keys)
        assert screen.grid.row == 3
        assert isinstance(pilot.app.screen, AlignScreen)
        await pilot.press("1", "0", "k")
        assert screen.grid.row == 0


async def test_a_digit_alone_goes_to_its_mode_after_a_moment(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, _screen):
        await pilot.press("3")
        assert isinstance(pilot.app.screen, AlignScreen)
        await come_to(pilot, "jobs")
        assert isinstance(pilot.app.screen, JobsScreen)


async def test_a_count_that_is_not_used_is_forgotten(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("3", "escape", "j")
        assert screen.grid.row == 1
        await pilot.press("3", "tab", "j")
        assert screen.grid.row == 2


async def test_counted_operations_are_one_step_to_undo(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, "3", "m")
        assert shapes(screen) == ["1:1", "4:4", "1:0"]
        assert "merged rows 2 to 5" in screen_text(pilot.app)
        await pilot.press("u")
        assert shapes(screen) == ["1:1"] * 5 + ["1:0"]
        await press_at(pilot, screen, 3, "2", "r")
        assert flagged(workbench) == [3, 4]
        await pilot.press("u")
        await press_at(pilot, screen, 2, "right", "2", "i")
        assert shapes(screen)[1:4] == ["1:0", "1:0", "1:1"]
        await pilot.press("u")
        assert shapes(screen) == ["1:1"] * 5 + ["1:0"]


@pytest.mark.parametrize(
    "mark", [("v", "j", "j"), ("underscore", "down", "down"), ("shift+down", "shift+down")]
)
async def test_a_range_is_shown_and_merged(workbench: Workbench, mark: tuple[str, ...]) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, *mark)
        text = screen_text(pilot.app)
        assert "3 rows marked" in text
        assert [line[0] for line in text.split("\n")[2:5]] == ["|", "|", ">"]
        await pilot.press("m")
        assert shapes(screen) == ["1:1", "3:3", "1:1", "1:0"]
        assert "marked" not in screen_text(pilot.app)
        await pilot.press("u")
        assert shapes(screen) == ["1:1"] * 5 + ["1:0"]


async def test_a_range_is_judged_as_one_and_ends_with_escape(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 4, "v", "k", "k", "c")
        assert statuses(workbench)[:5] == [Status.AUTO, *[Status.CONFIRMED] * 3, Status.AUTO]
        await pilot.press("u")
        assert statuses(workbench)[1:4] == [Status.CONFIRMED, Status.AUTO, Status.AUTO]
        await press_at(pilot, screen, 1, "shift+down", "escape", "minus")
        assert statuses(workbench)[:2] == [Status.AUTO, Status.EXCLUDED]


async def test_space_confirms_a_range_and_goes_on(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 1, "v", "j", "j", "space")
        assert statuses(workbench)[:4] == [*[Status.CONFIRMED] * 3, Status.AUTO]
        assert "confirmed rows 1 to 3" in screen_text(pilot.app)
        assert screen.grid.row == 3


async def test_the_latest_operation_is_done_again(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await pilot.press("full_stop")
        assert "nothing has been done yet" in screen_text(pilot.app)
        await press_at(pilot, screen, 1, "v", "j", "r")
        assert flagged(workbench) == [1, 2, 3]
        await press_at(pilot, screen, 4, "ideographic_full_stop")
        assert flagged(workbench) == [1, 2, 3, 4, 5]
        await press_at(pilot, screen, 1, "m")
        await press_at(pilot, screen, 2, "full_stop")
        assert shapes(screen) == ["2:2", "2:2", "1:1", "1:0"]


@pytest.mark.parametrize("key", ["t", "ctrl+t"])
async def test_a_sentence_is_carried_to_any_row(workbench: Workbench, key: str) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 5, "right", key)
        assert "moving '如此而已。'" in screen_text(pilot.app)
        await press_at(pilot, screen, 2, key)
        assert [unit.raw for unit in stored(workbench)[1].target] == ["月球吸引海水。", "如此而已。"]
        assert "moved a target sentence here" in screen_text(pilot.app)
        await pilot.press("u")
        assert shapes(screen) == ["1:1"] * 5 + ["1:0"]


async def test_the_sentence_to_carry_is_chosen_or_left(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, "m", "t", "t")
        assert "It does so with" in screen_text(pilot.app)
        await press_at(pilot, screen, 5, "t")
        assert stored(workbench)[4].source[0].raw.startswith("It does so")
        await pilot.press("t", "escape")
        assert "no sentence is being moved" in screen_text(pilot.app)


@pytest.mark.parametrize("key", ["O", "percent_sign"])
async def test_the_aligners_alternative_is_taken(workbench: Workbench, key: str) -> None:
    record = workbench.stored(workbench.pipelines()[0], PULL)
    beads = stored(workbench)
    beads[3] = replace(beads[3], doubts=Doubts(alternative=Alternative((0, 0), (0, 1), 0.3)))
    workbench.workspace.replace_beads(record.id, beads)
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 4, key)
        assert shapes(screen) == ["1:1", "1:1", "1:1", "1:2", "1:0", "1:0"]
        await pilot.press("u")
        assert stored(workbench) == beads
        await press_at(pilot, screen, 1, key)
        assert "names no alternative" in screen_text(pilot.app)


async def test_shifted_rows_do_not_count_as_settled(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        before = stored(workbench)
        await press_at(pilot, screen, 3, "right", "i")
        assert [row for row, status in enumerate(statuses(workbench), 1) if status is Status.EDITED] == [3]
        await pilot.press("D")
        assert stored(workbench) == before


async def test_the_cut_is_proposed_by_the_meaning_unless_it_has_been_moved(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cutter, "by_meaning", lambda _cutter, _bead: (2, 1))
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, "m", "m", "s")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "proposed by the meaning" in screen_text(pilot.app)
        await pilot.press("enter")
        assert shapes(screen)[1:3] == ["2:1", "1:2"]
        await pilot.press("u")
        await press_at(pilot, screen, 2, "s", "down")
        assert "The cut is yours" in screen_text(pilot.app)


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of commands of a small editor, which the user has named; the screen is left alone."""
    commands = tmp_path / "commands.sed"
    monkeypatch.setenv("EDITOR", f"sed -i -f {commands}")
    monkeypatch.delenv("VISUAL", raising=False)

    @contextmanager
    def suspended(_app: WorkbenchApp) -> Iterator[None]:
        yield

    monkeypatch.setattr(WorkbenchApp, "suspend", suspended)
    return commands


async def test_the_users_own_editor(workbench: Workbench, editor: Path) -> None:
    async with aligning(workbench) as (pilot, screen):
        editor.write_text("s/月球/月亮/\ns/The moon/lost/\n", encoding="utf-8")
        await press_at(pilot, screen, 2, "m", "E")
        assert [unit.raw for unit in stored(workbench)[1].target] == ["月亮吸引海水。", "它用的是$F$。"]
        await pilot.press("u")
        assert stored(workbench)[1].target[0].raw == "月球吸引海水。"
        editor.write_text("1d\n", encoding="utf-8")
        await pilot.press("ctrl+x")
        assert "1 paragraphs for 2 sentences" in screen_text(pilot.app)


async def test_an_editor_that_is_not_there_is_named(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "")
    async with aligning(workbench) as (pilot, screen):
        await press_at(pilot, screen, 2, "E")
        assert "no editor is named" in screen_text(pilot.app)
        monkeypatch.setenv("EDITOR", "cat")
        await press_at(pilot, screen, 2, "E")
        assert "cannot be started from here" in screen_text(pilot.app)


async def typed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_the_command_line_runs_an_action_by_its_name_or_goes_to_a_row(workbench: Workbench) -> None:
    async with aligning(workbench) as (pilot, screen):
        await typed(pilot, "colon", "5", "enter")
        assert screen.grid.row == 4
        await typed(pilot, "fullwidth_colon", *"merge_p")
        assert "> merge_previous" in screen_text(pilot.app)
        await typed(pilot, "enter")
        assert shapes(screen) == ["1:1", "1:1", "1:1", "2:2", "1:0"]
        await typed(pilot, "colon", "g", "a", "p", "tab")
        assert "gap" in screen_text(pilot.app)
        await typed(pilot, "down", "up", "escape")
        await typed(pilot, "colon", "x", "y", "q", "enter")
        assert "no action is called that" in screen_text(pilot.app)


async def test_a_user_has_keys_of_their_own(workbench: Workbench) -> None:
    keys = Keys()
    table = tuple(
        replace(action, keys=("ctrl+right",)) if action.id == "align.merge_next" else action
        for action in keys.table
    )
    app = WorkbenchApp(workbench, Keys(table, counts=False))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.desk is not None
        app.desk.document = PULL
        await typed(pilot, "2")
        screen = app.screen
        assert isinstance(screen, AlignScreen)
        await typed(pilot, "m")
        assert shapes(screen)[0] == "1:1"
        await typed(pilot, "ctrl+right")
        assert shapes(screen)[0] == "2:2"
        assert "Ctrl+Right Merge" in screen_text(app)
        await typed(pilot, "question_mark", *"merge")
        assert "Ctrl+Right" in screen_text(app)
        await typed(pilot, "escape", "3")
        assert isinstance(app.screen, JobsScreen)
