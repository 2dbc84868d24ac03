"""Books: listing, opening, aligning and exporting, with the aligner replaced by one that needs no model."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Select

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens.align import AlignScreen
from amts_tui.tui.screens.export import ExportDialog
from amts_tui.tui.widgets.key_table import KeyTable
from amts_tui.workbench import aligning, jobs, last_scores
from amts_tui.workbench.aligning import AlignedDocument, AlignSummary
from amts_tui.workbench.session import Pipeline, Workbench
from amts_tui.workbench.types import AmtsError, Cancelled
from tests.tui.conftest import PULL
from tests.tui.screens import check_golden, screen_text

SUMMARY = AlignSummary(
    (AlignedDocument("en-zh", "index.md", 2, 1),), 2, ("moon/phases.md: not UTF-8",), ("a hint",)
)


async def settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def replace_aligner(monkeypatch: pytest.MonkeyPatch, run: Callable[..., AlignSummary]) -> None:
    def align(workbench: Workbench, pipeline: Pipeline, *_globs: str, **options: Any) -> AlignSummary:
        return run(workbench, pipeline, options["progress"], options["cancelled"])

    monkeypatch.setattr(aligning, "align", align)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_screen(workbench: Workbench, size: tuple[int, int]) -> None:
    async with WorkbenchApp(workbench).run_test(size=size) as pilot:
        await settle(pilot)
        check_golden(pilot.app, "books")


async def test_a_narrow_screen_keeps_the_end_of_the_paths(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(50, 24)) as pilot:
        await settle(pilot)
        assert "~" in screen_text(pilot.app)
        assert "pull.md" in screen_text(pilot.app)


async def test_enter_opens_the_document(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("end", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AlignScreen)
        assert "The moon pulls the water." in screen_text(pilot.app)


async def test_the_other_direction(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert ">en-es  3 of 3 documents aligned" in screen_text(pilot.app)
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "La luna atrae el agua." in screen_text(pilot.app)


async def test_settled_rows_show_after_coming_back(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("C", "1")
        await pilot.pause(0.6)  # a digit waits for what it might count for
        await settle(pilot)
        line = next(line for line in screen_text(pilot.app).split("\n") if "index.md" in line)
        assert "50%" in line


async def test_aligning_reports_and_lists_what_failed(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def run(
        other: Workbench, pipeline: Pipeline, progress: Callable[[int, int, str], None], _c: object
    ) -> AlignSummary:
        assert other is not workbench
        assert pipeline.name == "en-zh"
        progress(1, 3, "moon/pull.md")
        go_on.wait(5)
        return SUMMARY

    replace_aligner(monkeypatch, run)
    async with WorkbenchApp(workbench).run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await pilot.pause(0.3)
        assert "aligning 1/3 [######..............] Esc stops  moon/pull.md" in screen_text(pilot.app)
        await pilot.press("a")
        assert "going on already" in screen_text(pilot.app)
        go_on.set()
        await settle(pilot)
        await settle(pilot)
        said = [line.text for line in pilot.app.desk.said]
        assert "aligned 1 document, 2 beads (1 kept as they were); 2 were up to date" in said
        assert "moon/phases.md: not UTF-8" in said
        assert "a hint" in said


async def test_escape_stops_aligning(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(
        _w: object, _p: object, progress: Callable[[int, int, str], None], cancelled: Callable[[], bool]
    ) -> AlignSummary:
        progress(0, 2, "index.md")
        for _ in range(500):
            if cancelled():
                raise Cancelled("stopped: 0 of 2 documents are aligned")
            time.sleep(0.01)
        return SUMMARY

    replace_aligner(monkeypatch, run)
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await pilot.pause(0.1)
        await pilot.press("escape")
        await pilot.pause(0.3)
        assert any("stopped: 0 of 2" in line.text for line in pilot.app.desk.said)
        await pilot.press("a")
        assert "going on already" not in screen_text(pilot.app)
        await pilot.press("escape")


@pytest.mark.parametrize("error", [AmtsError("no such model"), RuntimeError("a defect")])
async def test_an_error_in_aligning_is_one_line(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def run(*_: object) -> AlignSummary:
        raise error

    replace_aligner(monkeypatch, run)
    async with WorkbenchApp(workbench).run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await pilot.pause(0.3)
        assert str(error) in screen_text(pilot.app)
        assert "Traceback" not in screen_text(pilot.app)
        pilot.app.clear_notifications()
        await pilot.pause()
        assert "3 of 3 documents aligned" in screen_text(pilot.app)


async def test_the_format_renames_the_file(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("enter", "down", "down", "enter")
        await pilot.pause()
        assert pilot.app.screen.query_one("#path", Input).value.endswith("en-zh.tmx")


async def test_an_export_writes_the_file_that_was_asked_for(workbench: Workbench, root: Path) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("f6")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await settle(pilot)
        text = (root / "en-zh.csv").read_text(encoding="utf-8")
        assert text.startswith(("en,zh\n", "en,zh\r\n"))
        assert "The moon pulls the water.,月球吸引海水。" in text
        assert any("pairs in" in line.text for line in pilot.app.desk.said)


async def test_the_form_proposes_a_name_of_its_own_for_each_form_and_format(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x")
        await pilot.pause()
        form = pilot.app.screen
        assert form.focused is form.query_one("#format")
        line = form.query_one("#path", Input)
        form.query_one("#form", Select).value = "amazon"
        await pilot.pause()
        assert line.value.endswith("/en-zh.amazon.csv")
        form.query_one("#format", Select).value = "tmx"
        await pilot.pause()
        assert line.value.endswith("/en-zh.amazon.tmx")
        line.value = "mine.tmx"
        form.query_one("#format", Select).value = "csv"
        await pilot.pause()
        assert line.value == "mine.csv"


@pytest.mark.parametrize("mode", ["1", "2"])
async def test_a_file_is_replaced_only_after_a_yes(workbench: Workbench, root: Path, mode: str) -> None:
    file = root / "en-zh.csv"
    file.write_text("mine", encoding="utf-8")
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for answer in ("escape", "y"):
            assert file.read_text(encoding="utf-8") == "mine"
            await pilot.press(mode, "x")
            await pilot.pause()
            await pilot.press("ctrl+s")
            await pilot.pause()
            assert "Replace the file?" in screen_text(pilot.app)
            await pilot.press(answer)
            await settle(pilot)
        assert file.read_text(encoding="utf-8").startswith("en,zh")


async def test_an_export_without_a_name_is_refused(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("x")
        pilot.app.screen.query_one("#path", Input).value = " "
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, ExportDialog)


async def test_a_book_that_has_gone_is_one_line(workbench: Workbench, root: Path) -> None:
    (root / "zh").rename(root / "gone")
    async with WorkbenchApp(workbench).run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        assert "does not exist" in " ".join(screen_text(pilot.app).replace("▌", "").split())
        assert pilot.app.screen.query_one(KeyTable).current is None
        await pilot.press("enter", "end", "home", "pagedown")


async def test_review_files_that_cannot_be_merged_are_shown(workbench: Workbench, root: Path) -> None:
    def conflict(name: str) -> None:
        file = root / "amts-data" / "en-zh" / f"{name}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<<<<<<< ours\n=======\n>>>>>>> theirs\n", encoding="utf-8")

    conflict("index.md")
    workbench.load_reviews()
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        assert app.desk is not None
        assert "index.md.jsonl" in app.desk.said[0].text
        assert app.desk.said[0].severity == "error"
        conflict(PULL)
        await pilot.press("f5")
        for _ in range(3):
            await settle(pilot)
        assert app.desk.said[1].text.startswith("2 files could not be used: press 7 for all")
        assert "pull.md.jsonl" in app.desk.said[1].detail


def titles(pilot: Pilot[None]) -> str:
    """The two lines of the table's head."""
    return "\n".join(screen_text(pilot.app).split("\n")[1:3])


def listed(pilot: Pilot[None]) -> list[str]:
    """The documents in the order of the table."""
    lines = screen_text(pilot.app).split("\n")
    return [line.split()[0] for line in lines[1:] if ".md" in line]


async def test_directions_stand_side_by_side_where_there_is_room(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "en-es" not in titles(pilot)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "[en-zh]" in titles(pilot)
        assert "en-es" in titles(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert "[en-es]" in titles(pilot)
        await pilot.resize_terminal(200, 50)
        await pilot.pause()
        assert titles(pilot).count("stale") == 2


async def test_the_list_is_sorted_by_any_column_and_turned_round(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("s", "S")
        assert listed(pilot) == [PULL, "moon/phases.md", "index.md"]
        assert "document ^" in titles(pilot)
        await pilot.press("s", "s", "f2")
        assert "beads v" in titles(pilot) or "settled v" in titles(pilot)
        screen = pilot.app.screen
        await pilot.click(KeyTable, offset=(30, 0))
        await pilot.pause()
        assert listed(pilot)[0] == PULL
        await pilot.click(KeyTable, offset=(30, 0))
        await pilot.pause()
        assert listed(pilot)[-1] == PULL
        assert pilot.app.screen is screen


async def test_typing_narrows_the_list_until_escape(workbench: Workbench) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"moon ph")
        await pilot.pause()
        assert listed(pilot) == ["moon/phases.md"]
        assert "1 document with moon ph: Esc shows all" in screen_text(pilot.app)
        await pilot.press("enter")
        assert pilot.app.screen.focused is pilot.app.screen.query_one(KeyTable)
        assert listed(pilot) == ["moon/phases.md"]
        await pilot.press("escape")
        await pilot.pause()
        assert len(listed(pilot)) == 3


async def test_the_newest_run_shows_its_scores_now_and_at_once_the_next_time(
    workbench: Workbench, root: Path
) -> None:
    pipeline = workbench.pipelines()[0]
    for name, text in (("old", "很差\n"), ("new", "月相\n")):
        folder = root / name / "moon"
        folder.mkdir(parents=True)
        (folder / "phases.md").write_text(f"# {text}\n新月时潮汐很大。\n", encoding="utf-8")
        jobs.add_run(workbench, name, root / name, pipeline)
    async with WorkbenchApp(workbench).run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await settle(pilot)
        row = next(line for line in screen_text(pilot.app).split("\n") if "phases.md" in line)
        assert "100.0" in row
        assert "BLEU 100.0" in screen_text(pilot.app)
    kept = last_scores.known(workbench, pipeline)
    assert kept is not None
    assert (kept.run, kept.documents) == ("new", {"moon/phases.md": pytest.approx(100.0)})
