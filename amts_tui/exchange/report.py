"""The report of what an export left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from amts_tui.corpus.files import write_atomically
from amts_tui.exchange.model import LeftOut


def write_report(path: Path, left_out: Iterable[LeftOut]) -> None:
    """Writes one JSON object a line: `id`, `document`, `reason`."""
    lines = (
        json.dumps({"id": item.id, "document": item.document, "reason": item.reason}, ensure_ascii=False)
        + "\n"
        for item in left_out
    )
    write_atomically(path, "".join(lines))
