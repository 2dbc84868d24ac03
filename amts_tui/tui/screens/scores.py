"""Mode 4: how good the machine's translations are, chapter by chapter, runs side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from amts_tui.tui.bindings import bindings
from amts_tui.tui.reporting import Failed, Reporter
from amts_tui.tui.screens.base import ModeScreen
from amts_tui.tui.screens.dialogs import Dialog
from amts_tui.tui.screens.score_table import columns, rows, signature
from amts_tui.tui.screens.segments import SegmentsScreen
from amts_tui.tui.widgets.key_table import KeyTable
from amts_tui.tui.widgets.pick_list import PickList
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.tui.wording import counted
from amts_tui.workbench import jobs
from amts_tui.workbench.jobs import RunRecord
from amts_tui.workbench.score_memory import ScoreMemory
from amts_tui.workbench.scores import DEFAULT_METRICS, MetricName, ScoredRun
from amts_tui.workbench.types import AmtsError, Cancelled

_SIDE_BY_SIDE = 3
_AT_ONCE = (MetricName.BLEU, MetricName.CHRF)
_AFTERWARDS = (MetricName.TER,)


class ScoresScreen(ModeScreen):
    """A table of chapters; with one run all metrics, with several runs one metric of each."""

    MODE = "scores"
    BINDINGS = bindings("scores")

    class Scored(Message):
        """A run has been scored, by some of the metrics at least."""

        def __init__(self, name: str, scored: ScoredRun) -> None:
            super().__init__()
            self.name = name
            self.scored = scored

    class Finished(Message):
        """Nothing is left to be scored."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[RunRecord] = []
        self._chosen: dict[str, list[str]] = {}
        self._scored: dict[str, ScoredRun] = {}
        self._in_hand: tuple[object, ...] = ()
        self._memory: ScoreMemory | None = None
        self._metric = DEFAULT_METRICS[0]

    def body(self) -> Iterable[Widget]:
        yield KeyTable()
        yield Static(id="detail", markup=False)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._read_runs()

    def _read_runs(self) -> None:
        pipeline = self.desk.pipeline
        try:
            known = jobs.runs_of(self.workbench)
        except AmtsError as error:
            self.amts.complain(error)
            return
        self._runs = [
            run
            for run in known
            if (run.source_lang, run.target_lang) == (pipeline.source_lang, pipeline.target_lang)
        ]
        self._chosen.setdefault(pipeline.name, [])
        if not self._chosen[pipeline.name]:
            self._chosen[pipeline.name] = [run.name for run in self._runs[:_SIDE_BY_SIDE]][::-1]
        if not self._runs:
            self.query_one(KeyTable).fill([], [])
            self.query_one("#detail", Static).update("")
            self.status(
                f" no runs of {pipeline.name} yet: launch a job in 3, or take a folder with `amts runs add`"
            )
            return
        self._show()
        self._score_missing()

    @property
    def memory(self) -> ScoreMemory:
        """The scores of this session."""
        if self._memory is None:
            self._memory = ScoreMemory(self.workbench)
        return self._memory

    def _score_missing(self) -> None:
        """Sets out to score what is chosen and not known as it is now; what is in hand already goes on."""
        newest_first = self._chosen[self.desk.pipeline.name][::-1]
        try:
            missing = [name for name in newest_first if self.memory.missing(name)]
            wanted = tuple((name, self.memory.state(name)) for name in missing)
        except AmtsError as error:
            self.amts.complain(error)
            return
        if not set(wanted) <= set(self._in_hand):
            self._in_hand = wanted
            self.status(" scoring")
            self._score(missing)

    @work(thread=True, exclusive=True, group="score", exit_on_error=False)
    def _score(self, names: Sequence[str]) -> None:
        """Scores the runs one after the other; TER, which takes long, when all have the other metrics."""
        worker = get_current_worker()
        broken: set[str] = set()
        for metrics in (_AT_ONCE, _AFTERWARDS):
            for name in names:
                if worker.is_cancelled:
                    return
                if name in broken:
                    continue
                try:
                    scored = self.memory.score(
                        name,
                        metrics,
                        progress=Reporter(f"scoring {name}", self.post_message),
                        cancelled=lambda: worker.is_cancelled,
                    )
                except Cancelled:
                    return
                except AmtsError as error:
                    broken.add(name)
                    self.post_message(Failed("scoring", error))
                else:
                    self.post_message(self.Scored(name, scored))
        self.post_message(self.Finished())

    @on(Scored)
    def _take_score(self, message: Scored) -> None:
        before = self._scored.get(message.name)
        self._scored[message.name] = message.scored
        if before is None or before.left_out != message.scored.left_out:
            for line in message.scored.left_out:
                self.amts.record(f"not scored in {message.name}: {line}", "warning")
        self._show()

    @on(Finished)
    def _rest(self) -> None:
        self._in_hand = ()
        self._show()

    def broke_off(self, group: str) -> None:  # noqa: ARG002
        self._in_hand = ()

    @on(Failed)
    def _say_failed(self, message: Failed) -> None:
        self.amts.complain(message.error)

    def _shown(self) -> list[tuple[RunRecord, ScoredRun]]:
        chosen = self._chosen.get(self.desk.pipeline.name, [])
        by_name = {run.name: run for run in self._runs}
        return [
            (by_name[name], self._scored[name]) for name in chosen if name in by_name and name in self._scored
        ]

    def _show(self) -> None:
        shown = self._shown()
        evaluations = [scored.evaluation for _run, scored in shown]
        titles = [_data(run) for run, _ in shown]
        covered = {frozenset(segment.document for segment in scored.segments) for _, scored in shown}
        alike = len(covered) <= 1
        self.query_one(KeyTable).fill(
            rows(evaluations, self._metric, alike=alike), columns(titles, self._metric)
        )
        legend = [f"{number} {_data(run)}: {run.name}" for number, (run, _) in enumerate(shown, start=1)]
        legend += [f"translated by {name}" for name in dict.fromkeys(run.translator for run, _ in shown)]
        leaked = [
            f"LEAKED: {counted(len(evaluation.leaked), 'scored document')} in the parallel data of {number}"
            for number, evaluation in enumerate(evaluations, start=1)
            if evaluation.leaked
        ]
        self.query_one("#detail", Static).update(Content("\n".join(map(printable, [*leaked, *legend]))))
        if evaluations and not self._in_hand:
            differ = "" if alike else "no total: the runs cover different documents  "
            self.status(f" {differ}{evaluations[0].direction}  {signature(evaluations, self._metric)}")

    def action_segments(self) -> None:
        chapter = self.query_one(KeyTable).current
        shown = self._shown()
        if chapter is not None and shown:
            self.app.push_screen(
                SegmentsScreen(
                    chapter, [(f"{_data(run)}: {run.name}", scored.segments) for run, scored in shown]
                )
            )

    def action_metric(self) -> None:
        at = DEFAULT_METRICS.index(self._metric)
        self._metric = DEFAULT_METRICS[(at + 1) % len(DEFAULT_METRICS)]
        self._show()

    def action_choose(self) -> None:
        if self._runs:
            chosen = self._chosen.get(self.desk.pipeline.name, [])
            self.app.push_screen(RunsDialog(self._runs, chosen), self._choose)

    def _choose(self, names: list[str] | None) -> None:
        if names is not None:
            self._chosen[self.desk.pipeline.name] = names
            self._read_runs()

    def action_pipeline(self) -> None:
        self.amts.next_pipeline()
        self.show_place()
        self._read_runs()

    def action_refresh(self) -> None:
        self._read_runs()


class RunsDialog(Dialog[list[str]]):
    """Which runs stand side by side."""

    def __init__(self, runs: Sequence[RunRecord], chosen: Sequence[str]) -> None:
        super().__init__("Runs side by side: Space chooses, Ctrl+s accepts")
        self._runs = runs
        self._chosen = chosen

    def body(self) -> Iterable[Widget]:
        yield PickList([(run.name, _words(run)) for run in self._runs], self._chosen)

    def answer(self) -> list[str] | None:
        names = self.query_one(PickList).picked
        if not names:
            self.notify("choose at least one run", severity="warning")
        return names[::-1] or None


def _data(run: RunRecord) -> str:
    return run.parallel_data or "without"


def _words(run: RunRecord) -> str:
    return f"{run.name}  {_data(run)}  {counted(len(run.documents), 'document')}"
