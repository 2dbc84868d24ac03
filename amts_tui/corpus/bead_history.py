"""What the journal says of one bead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from amts_tui.corpus.serial import dumps
from amts_tui.corpus.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BeadEvent:
    """An action that made, changed or removed a bead; `undone` if it does not count any more."""

    at: datetime
    who: str
    action: str
    undone: bool


def bead_history(workspace: Workspace, document: int, bead_id: str, limit: int = 20) -> list[BeadEvent]:
    """The latest actions on a bead of a document, the newest first.

    Reads all changes of the document: fit for a pause between keys, not for each of them.
    """
    rows = workspace.query(
        "SELECT at, who, action, state FROM journal WHERE n IN"
        " (SELECT entry FROM journal_changes WHERE document = ? AND instr(change, ?))"
        " ORDER BY n DESC LIMIT ?",
        (document, dumps({"id": bead_id}).strip("{}"), limit),
    )
    return [
        BeadEvent(datetime.fromisoformat(at), who, action, state != "done") for at, who, action, state in rows
    ]
