"""How counts and beads are named in messages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amts_tui.workbench.types import Bead

_NAMED = re.compile(r"(?:\bbead )?([^\s:,;]+)")
_BEAD_ID = re.compile(r" (?:bead )?[0-9a-f]{10}\b")


def counted(number: int, noun: str) -> str:
    """`1 row`, `2 rows`, `1,200 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def by_rows(text: str, beads: Sequence[Bead]) -> str:
    """A message of the journal or of an operation with row numbers in place of bead ids.

    Ids that no bead of the document bears any more are left out.
    """
    rows = {bead.id: row for row, bead in enumerate(beads, start=1)}

    def number(found: re.Match[str]) -> str:
        row = rows.get(found[1])
        return found[0] if row is None else f"row {row}"

    return _BEAD_ID.sub("", _NAMED.sub(number, text))
