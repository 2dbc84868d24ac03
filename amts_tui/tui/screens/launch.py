"""The form for a translation job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget
from textual.widgets import Input, Static

from amts_tui.tui.screens.dialogs import Dialog, choice, field, selected
from amts_tui.tui.widgets.pick_list import PickList
from amts_tui.tui.widgets.wrapping import printable
from amts_tui.workbench.jobs import JobPlan, JobRequest

_FORMALITIES = (("", "as the service likes"), ("FORMAL", "formal"), ("INFORMAL", "informal"))
_MOST_DOCUMENTS = 6
_NONE = ("", "none: the plain service")


class LaunchDialog(Dialog[JobRequest]):
    """Asks for targets, documents, parallel data, terminology and formality; starts nothing."""

    def __init__(self, targets: Sequence[str], filled: JobRequest, parallel_data: Sequence[str]) -> None:
        super().__init__("Launch a translation job")
        self._targets = targets
        self._filled = filled
        self._parallel_data = parallel_data

    def body(self) -> Iterable[Widget]:
        filled = self._filled
        yield field("targets", PickList([(target, target) for target in self._targets], filled.targets))
        globs = Input(
            " ".join(filled.documents),
            placeholder="all; or globs, with blanks between",
            compact=True,
            id="documents",
        )
        yield field("documents", globs)
        data = [_NONE, *((name, name) for name in self._parallel_data)]
        yield field("parallel data", choice(data, filled.parallel_data or "", "parallel"))
        yield field(
            "terminology", Input(filled.terminology or "", placeholder="none", compact=True, id="terminology")
        )
        yield field("formality", choice(_FORMALITIES, filled.formality or "", "formality"))
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


def terms(planned: JobPlan, request: JobRequest) -> str:
    """What is accepted with a yes: documents, characters, targets, rate, cost, and where it goes."""
    estimate, record = planned.estimate, planned.record
    names = [printable(document.path) for document in record.documents[:_MOST_DOCUMENTS]]
    if len(record.documents) > len(names):
        names.append(f"and {len(record.documents) - len(names)} more")
    documents = ", ".join(names) if request.documents else f"all {estimate.documents}"
    return "\n".join(
        [
            f"documents      {documents}",
            f"characters     {estimate.characters:,} for each target",
            f"targets        {', '.join(record.targets)}",
            f"parallel data  {record.parallel_data or 'none'}",
            f"rate           ${estimate.rate} for a million characters",
            f"cost           about ${estimate.usd}",
            f"translator     {record.translator}, {record.region}",
        ]
    )
