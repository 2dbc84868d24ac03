"""The form for a translation job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget
from textual.widgets import Input, Static

from amts_tui.tui.screens.dialogs import Dialog, choice, field, selected
from amts_tui.tui.widgets.pick_list import PickList
from amts_tui.workbench.jobs import JobPlan, JobRequest

_FORMALITIES = (("", "as the service likes"), ("FORMAL", "formal"), ("INFORMAL", "informal"))
_NONE = ("", "none: the plain service")


class LaunchDialog(Dialog[JobRequest]):
    """Asks for targets, documents, parallel data, terminology and formality; starts nothing."""

    def __init__(self, targets: Sequence[str], chosen: str, parallel_data: Sequence[str]) -> None:
        super().__init__("Launch a translation job")
        self._targets = targets
        self._chosen = chosen
        self._parallel_data = parallel_data

    def body(self) -> Iterable[Widget]:
        yield field("targets", PickList([(target, target) for target in self._targets], [self._chosen]))
        yield field(
            "documents", Input(placeholder="all; or globs, with blanks between", compact=True, id="documents")
        )
        data = [_NONE, *((name, name) for name in self._parallel_data)]
        yield field("parallel data", choice(data, "", "parallel"))
        yield field("terminology", Input(placeholder="none", compact=True, id="terminology"))
        yield field("formality", choice(_FORMALITIES, "", "formality"))
        yield Static("Tab next field   Space ticks   Ctrl+s shows what it would cost", classes="hint")

    def on_mount(self) -> None:
        self.query_one(PickList).focus()

    def answer(self) -> JobRequest | None:
        targets = tuple(self.query_one(PickList).picked)
        if not targets:
            self.notify("choose a target", severity="warning")
            return None
        return JobRequest(
            targets,
            tuple(self.query_one("#documents", Input).value.split()),
            selected(self, "parallel") or None,
            self.query_one("#terminology", Input).value.strip() or None,
            selected(self, "formality") or None,
        )


def terms(planned: JobPlan) -> str:
    """What is accepted with a yes: characters, targets, rate, cost, and where it goes."""
    estimate, record = planned.estimate, planned.record
    return "\n".join(
        [
            f"documents      {estimate.documents}",
            f"characters     {estimate.characters:,} for each target",
            f"targets        {', '.join(record.targets)}",
            f"parallel data  {record.parallel_data or 'none'}",
            f"rate           ${estimate.rate} for a million characters",
            f"cost           about ${estimate.usd}",
            f"translator     {record.translator}, {record.region}",
        ]
    )
