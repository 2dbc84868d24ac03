"""`amts beads`, `amts edit …`, `amts journal`: the beads and what people do to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from amts_tui.cli.context import Target, invocation, one_target, open_workbench
from amts_tui.cli.output import confirmed, counted, put, rows, say, show
from amts_tui.errors import AmtsError
from amts_tui.workbench import history, listing
from amts_tui.workbench.editing import Edited, Editor, Marking, editor_of, mark_beads, pipeline_of
from amts_tui.workbench.history import HistoryEntry
from amts_tui.workbench.session import Workbench
from amts_tui.workbench.types import Side, Status

edit = typer.Typer(help="Change beads; every action can be undone.", rich_markup_mode=None)

Id = Annotated[str, typer.Argument(metavar="ID")]
Ids = Annotated[list[str], typer.Argument(metavar="ID…")]
Off = Annotated[bool, typer.Option("--off", help="Take it back.")]


class SideName(StrEnum):
    """A side of a bead."""

    SOURCE = "source"
    TARGET = "target"


class Direction(StrEnum):
    """Where a unit moves."""

    UP = "up"
    DOWN = "down"


SideOption = Annotated[SideName, typer.Option("--side", "-s")]


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command("beads")(beads)
    app.add_typer(edit, name="edit")
    app.command("journal")(journal)


def beads(
    target: Annotated[list[str] | None, typer.Option(help="Only these targets; repeatable.")] = None,
    document: Annotated[list[str] | None, typer.Option(metavar="GLOB", help="Only these documents.")] = None,
    status: Annotated[
        list[Status] | None, typer.Option(help="Only beads of this status; repeatable.")
    ] = None,
    max_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only beads at most so sure, 0 to 1.")
    ] = None,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only beads whose text has changed underneath.")
    ] = False,
) -> None:
    """List beads, one-sided and excluded ones too."""
    with open_workbench() as workbench:
        found = listing.beads(
            workbench,
            workbench.chosen_pipelines(target or ()),
            listing.Filter(tuple(document or ()), frozenset(status or ()), max_confidence, stale),
        )
    header = ["id", "document", "status", "conf", "source", "target"]
    show(
        [bead.value() for bead in found],
        lambda: rows(
            header,
            (
                [b.id, b.document, b.status, f"{b.confidence:.2f}", " ".join(b.source), " ".join(b.target)]
                for b in found
            ),
        ),
    )


def _edit(bead_id: str, action: Callable[[Editor], Edited]) -> None:
    with open_workbench() as workbench:
        editor = editor_of(workbench, pipeline_of(workbench, bead_id), bead_id)
        done = action(editor)
        position = min(done.first, len(editor.beads) - 1)
        value = {"done": done.label, "document": editor.path, "bead": editor.beads[position].id}
    show(value, lambda: put(f"{value['document']}: {done.message}"))


def _mark(marking: Marking, ids: list[str], *, off: bool) -> None:
    with open_workbench() as workbench:
        documents = mark_beads(workbench, marking, ids, off=off)
    done = f"un{marking}" if off else marking
    show(
        {"done": done, "documents": documents, "beads": ids},
        lambda: put(f"{', '.join(documents)}: {done} {counted(len(ids), 'bead')}"),
    )


@edit.command("merge")
def merge(
    first: Id,
    second: Id,
    side: Annotated[SideName | None, typer.Option("--side", "-s", help="Only this side.")] = None,
) -> None:
    """Join two neighbouring beads, or give one side of the second to the first."""
    _edit(first, lambda editor: editor.merge(first, second, _side(side) if side else None))


@edit.command("split")
def split(
    bead: Id,
    source: Annotated[int, typer.Option(help="Source units that stay in the first part.")],
    target: Annotated[int, typer.Option(help="Target units that stay in the first part.")],
) -> None:
    """Cut a bead in two; the first part keeps the id."""
    _edit(bead, lambda editor: editor.split(bead, source, target))


@edit.command("move")
def move(bead: Id, direction: Direction, side: SideOption) -> None:
    """Push the last unit of a side down to the next bead, or the first one up."""
    _edit(bead, lambda editor: editor.move(bead, direction.value, _side(side)))


@edit.command("carry")
def carry(
    bead: Id,
    side: SideOption,
    to: Annotated[str, typer.Option(metavar="ID", help="The bead that takes the unit.")],
    unit: Annotated[int, typer.Option(help="Which unit of that side, counted from 0.")] = 0,
) -> None:
    """Take a unit out of a bead and put it into any other."""
    _edit(bead, lambda editor: editor.carry(bead, _side(side), unit, to))


@edit.command("alternative")
def alternative(bead: Id) -> None:
    """Make a bead what the aligner thought likeliest next to what it is (see `reasons` in `amts beads`)."""
    _edit(bead, lambda editor: editor.take_alternative(bead))


@edit.command("gap")
def gap(bead: Id, side: SideOption) -> None:
    """Empty a cell: its side shifts down."""
    _edit(bead, lambda editor: editor.gap(bead, _side(side)))


@edit.command("close-gap")
def close_gap(bead: Id, side: SideOption) -> None:
    """Fill an empty cell: its side shifts up."""
    _edit(bead, lambda editor: editor.close_gap(bead, _side(side)))


@edit.command("swap")
def swap(first: Id, second: Id) -> None:
    """Exchange the target sides of two beads."""
    _edit(first, lambda editor: editor.swap(first, second))


@edit.command("pair")
def pair(ids: Ids) -> None:
    """Gather beads, neighbours or not, into one."""
    _edit(ids[0], lambda editor: editor.pair(ids))


@edit.command("text", context_settings={"ignore_unknown_options": True})
def text(
    bead: Id,
    new: Annotated[str, typer.Argument(metavar="TEXT", help="The new text, with its markup as in the file.")],
    unit: Annotated[int, typer.Option(help="Which target unit, counted from 0.")] = 0,
) -> None:
    """Replace the text of a target unit."""
    _edit(bead, lambda editor: editor.edit_text(bead, unit, new))


@edit.command("note", context_settings={"ignore_unknown_options": True})
def note(bead: Id, words: Annotated[str, typer.Argument(metavar="TEXT", help="Empty removes it.")]) -> None:
    """Attach a note."""
    _edit(bead, lambda editor: editor.note(bead, words))


@edit.command("flag")
def flag(ids: Ids, off: Off = False) -> None:
    """Flag beads for a second look."""
    _mark("flag", ids, off=off)


@edit.command("bookmark")
def bookmark(ids: Ids, off: Off = False) -> None:
    """Bookmark beads."""
    _mark("bookmark", ids, off=off)


@edit.command("pin")
def pin(ids: Ids, off: Off = False) -> None:
    """Hold beads fast when their document is aligned again, without confirming them."""
    _mark("pin", ids, off=off)


@edit.command("exclude")
def exclude(ids: Ids, off: Off = False) -> None:
    """Keep beads out of every export."""
    _mark("exclude", ids, off=off)


@edit.command("confirm")
def confirm(ids: Ids, off: Off = False) -> None:
    """Confirm beads: no automatic step changes them any more."""
    _mark("confirm", ids, off=off)


Document = Annotated[str | None, typer.Option(help="Only actions on this document.")]


@edit.command("undo")
def undo(document: Document = None, target: Target = None) -> None:
    """Take back the latest action (on a document)."""
    _travel(document, target, "undo")


@edit.command("redo")
def redo(document: Document = None, target: Target = None) -> None:
    """Do again what was undone last (on a document)."""
    _travel(document, target, "redo")


def _travel(document: str | None, target: list[str] | None, way: str) -> None:
    with open_workbench() as workbench:
        done = history.travel(workbench, way, document, one_target(target))
    show({"done": done}, lambda: put(done))


def journal(
    restore: Annotated[
        int | None, typer.Option(metavar="N", help="Go back to just after entry N (0: to the beginning).")
    ] = None,
    document: Annotated[str | None, typer.Option(help="Only what touches this document.")] = None,
    target: Target = None,
    limit: Annotated[int, typer.Option(min=1, help="How many entries.")] = 50,
    yes: Annotated[bool, typer.Option("--yes", help="Go back without being asked.")] = False,
) -> None:
    """Show who did what when, or go back to a point: what was done since is shown first, and going back can
    be undone itself.
    """
    with open_workbench() as workbench:
        number = None
        if document is not None:
            number = history.number_of(workbench, workbench.pipeline(one_target(target)), document)
        if restore is not None:
            _restore(workbench, restore, number, yes=yes)
            return
        entries = history.entries(workbench, limit, number)
    show(entries, lambda: _table(entries, put))


def _restore(workbench: Workbench, n: int, document: int | None, *, yes: bool) -> None:
    undone = history.after(workbench, n, document)
    if undone and not invocation().json:
        say("This undoes:")
        _table(undone, say)
    actions = counted(len(undone), "action")
    if undone and not confirmed(f"Undo {actions}?", yes=yes):
        say("nothing was undone")
        return
    done = history.restore(workbench, n, document)
    value = {"undone": len(done.undone), "entry": done.entry}
    later = f" (journal {done.entry}: `amts edit undo` takes it back)" if done.entry else ""
    show(value, lambda: put(f"{counted(len(done.undone), 'action')} undone{later}"))


def _table(entries: Sequence[HistoryEntry], write: Callable[[str], None]) -> None:
    header = ["n", "when", "who", "state", "action", "document"]
    rows(
        header,
        (
            [
                e.n,
                e.at.astimezone().strftime("%Y-%m-%d %H:%M"),
                e.who,
                e.state,
                e.action,
                " ".join(e.documents),
            ]
            for e in entries
        ),
        write=write,
    )


def _side(side: SideName) -> Side:
    if side is SideName.SOURCE:
        return "source"
    if side is SideName.TARGET:
        return "target"
    raise AmtsError(f"no side {side}")
