"""Scores: chapters, runs side by side, and the segments behind them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from amts_tui.tui.app import WorkbenchApp
from amts_tui.tui.screens import scores as screen
from amts_tui.tui.screens.score_table import chapter_name
from amts_tui.tui.screens.scores import RunsDialog, ScoresScreen
from amts_tui.tui.screens.segments import SegmentsScreen
from amts_tui.tui.widgets.bars import eighths, plain
from amts_tui.workbench import jobs
from amts_tui.workbench.jobs import RunRecord
from amts_tui.workbench.scores import (
    DEFAULT_METRICS,
    Evaluation,
    MetricName,
    Row,
    ScoredRun,
    ScoredSegment,
    Scores,
)
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import AmtsError, Cancelled
from tests.tui.screens import check_golden, screen_text


def run(name: str, data: str | None = None, target: str = "zh") -> RunRecord:
    return RunRecord(
        name,
        "en",
        target,
        jobs.RunKind.JOB,
        "2026-01-02T03:04:05+00:00",
        "a word list",
        (),
        parallel_data=data,
    )


def scored(name: str, bleu: float, hypothesis: str, leaked: tuple[str, ...] = ()) -> ScoredRun:
    total = Row("total", 3, Scores(bleu, bleu + 20, 100 - bleu))
    by = (
        Row("moon", 2, Scores(bleu + 1, bleu + 21, 99 - bleu)),
        Row("sun", 1, Scores(bleu - 1, bleu + 19, 101 - bleu)),
    )
    evaluation = Evaluation(name, "en-zh", "BLEU|tok:zh", leaked, total, by, (), 0)
    segments = (
        ScoredSegment("moon/pull.md", "moon", "The moon pulls.", hypothesis, "月球吸引海水。", 1),
        ScoredSegment("moon/pull.md", "moon", "See [this].", f"{hypothesis}二", "见[此]。", 2),
        ScoredSegment("sun/heat.md", "sun", "The sun heats.", f"{hypothesis}三", "太阳加热。", 0),
    )
    return ScoredRun(evaluation, segments, ("index.md: not aligned",))


KNOWN = {
    "plain": scored("plain", 20.0, "月亮拉水"),
    "with-data": scored("with-data", 31.25, "月球吸水", leaked=("moon/pull.md",)),
}


class Memory:
    """Plays the part of `ScoreMemory`: BLEU and chrF at once, TER when the gate is open."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[MetricName, ...]]] = []
        self.scored: list[tuple[str, tuple[MetricName, ...]]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.revision = 0

    def state(self, name: str) -> tuple[object, ...]:
        return (name, self.revision)

    def missing(self, name: str) -> tuple[MetricName, ...]:
        known = [metric for scored, metrics in self.scored if scored == name for metric in metrics]
        return tuple(metric for metric in DEFAULT_METRICS if metric not in known)

    def score(
        self,
        name: str,
        metrics: tuple[MetricName, ...],
        *,
        progress: Callable[[int, int, str], None],
        cancelled: Callable[[], bool],
    ) -> ScoredRun:
        assert (name, metrics) not in self.asked, "a run was scored twice"
        self.asked.append((name, metrics))
        if name not in KNOWN:
            raise AmtsError(f"nothing of the run {name} can be scored")
        while MetricName.TER in metrics and not self.gate.wait(0.01):
            if cancelled():
                raise Cancelled("stopped")
        self.scored.append((name, metrics))
        return KNOWN[name] if MetricName.TER in metrics else without_ter(KNOWN[name])


def without_ter(scored: ScoredRun) -> ScoredRun:
    evaluation = scored.evaluation
    rows = [replace(row, scores=replace(row.scores, ter=None)) for row in (evaluation.total, *evaluation.by)]
    return replace(scored, evaluation=replace(evaluation, total=rows[0], by=tuple(rows[1:])))


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    played = Memory()
    monkeypatch.setattr(screen, "ScoreMemory", lambda _workbench: played)
    return played


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, memory: Memory) -> list[RunRecord]:
    known = [run("with-data", "tides-zh"), run("plain")]
    monkeypatch.setattr(jobs, "runs_of", lambda _workbench: list(known))
    return known


async def at_scores(pilot: Pilot[None]) -> None:
    await pilot.press("4")
    await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_runs_side_by_side(workbench: Workbench, runs: list[RunRecord], size: tuple[int, int]) -> None:
    async with WorkbenchApp(workbench).run_test(size=size) as pilot:
        await at_scores(pilot)
        check_golden(pilot.app, "scores")
        assert "LEAKED: 1 scored document in the parallel data of 2" in screen_text(pilot.app)


async def test_runs_over_different_documents_have_no_total(
    workbench: Workbench, runs: list[RunRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = replace(KNOWN["plain"], segments=KNOWN["plain"].segments[:2])
    monkeypatch.setitem(KNOWN, "plain", fewer)
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_scores(pilot)
        text = screen_text(pilot.app)
        assert "no total: the runs cover different documents" in text
        total = next(line for line in text.split("\n") if line.startswith(" total"))
        assert total.split() == ["total", "-", "-", "-"]


def test_documents_in_no_chapter_stand_at_the_top() -> None:
    assert (chapter_name("."), chapter_name("moon")) == ("(top)", "moon")


async def test_one_run_shows_all_metrics(workbench: Workbench, runs: list[RunRecord]) -> None:
    del runs[0]
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_scores(pilot)
        check_golden(pilot.app, "scores_one_run")


async def test_ter_comes_afterwards_the_newest_run_first(
    workbench: Workbench, runs: list[RunRecord], memory: Memory
) -> None:
    memory.gate.clear()
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await pilot.pause(0.2)
        assert "31.2" in screen_text(pilot.app)
        await pilot.press("m", "m")
        assert screen_text(pilot.app).count("...") == 6
        await pilot.press("1", "4")
        await pilot.pause(0.1)
        memory.gate.set()
        await settle(pilot)
        assert "..." not in screen_text(pilot.app)
        assert "80.0" in screen_text(pilot.app)
    quick = (MetricName.BLEU, MetricName.CHRF)
    slow = (MetricName.TER,)
    assert memory.asked == [("with-data", quick), ("plain", quick), ("with-data", slow), ("plain", slow)]


async def test_what_is_being_scored_stops_when_the_program_ends(
    workbench: Workbench, runs: list[RunRecord], memory: Memory
) -> None:
    memory.gate.clear()
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await pilot.pause(0.2)
        await asyncio.wait_for(pilot.press("ctrl+q"), 5)


async def test_the_next_metric(workbench: Workbench, runs: list[RunRecord]) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_scores(pilot)
        seen = []
        for _ in range(4):
            seen.append(
                next(m for m in ("BLEU", "chrF", "TER") if f"{m} " in screen_text(pilot.app).split("\n")[1])
            )
            await pilot.press("m")
        assert seen == ["BLEU", "chrF", "TER", "BLEU"]


async def test_choosing_runs(workbench: Workbench, runs: list[RunRecord]) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_scores(pilot)
        await pilot.press("v")
        assert isinstance(pilot.app.screen, RunsDialog)
        await pilot.press("space", "down", "space", "ctrl+s")
        assert isinstance(pilot.app.screen, RunsDialog)
        await pilot.press("space", "ctrl+s")
        await settle(pilot)
        text = screen_text(pilot.app)
        assert "1 without: plain" in text
        assert "with-data" not in text


async def test_the_segments_of_a_chapter(workbench: Workbench, runs: list[RunRecord]) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_scores(pilot)
        await pilot.press("enter", "down")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SegmentsScreen)
        check_golden(pilot.app, "segments")
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ScoresScreen)
        await settle(pilot)
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "3 segments" in screen_text(pilot.app)


async def test_what_cannot_be_scored_is_one_line(workbench: Workbench, runs: list[RunRecord]) -> None:
    runs.append(run("broken"))
    app = WorkbenchApp(workbench)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_scores(pilot)
        assert app.desk is not None
        said = [line.text for line in app.desk.said]
        assert "nothing of the run broken can be scored" in said
        assert "not scored in plain: index.md: not aligned" in said
        assert "20.0" in screen_text(app)


async def test_a_direction_without_runs(workbench: Workbench, runs: list[RunRecord]) -> None:
    async with WorkbenchApp(workbench).run_test(size=(80, 24)) as pilot:
        await at_scores(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert "no runs of en-es yet" in screen_text(pilot.app)
        await pilot.press("enter", "v")
        assert isinstance(pilot.app.screen, ScoresScreen)
        await pilot.press("tab")
        await settle(pilot)
        assert "31.2" in screen_text(pilot.app)


@pytest.mark.parametrize(
    ("value", "bar"),
    [(0, "    "), (100, "████"), (50, "██  "), (53.125, "██▏ "), (140, "████"), (-3, "    ")],
)
def test_a_bar_is_exact_to_an_eighth_of_a_cell(value: float, bar: str) -> None:
    assert eighths(value, 100, 4) == bar


@pytest.mark.parametrize(
    ("done", "total", "bar"), [(0, 4, "[....]"), (3, 4, "[###.]"), (4, 4, "[####]"), (0, 0, "[....]")]
)
def test_a_plain_bar(done: int, total: int, bar: str) -> None:
    assert plain(done, total, 6) == bar
