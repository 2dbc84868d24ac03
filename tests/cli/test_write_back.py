"""`amts write-back`: what it prints, as text and as JSON, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.books_of_two import ES_ONE
from tests.cli.conftest import Call

LAMP = "chapter_home/lamp.md"
LINE = ES_ONE[: ES_ONE.index("La habitación")].count("\n") + 1


def edit(amts: Call, project: Path, words: str, new: str) -> str:
    beads = amts("beads", "--project", project, "--json", "--document", LAMP).json
    bead, unit = next(
        (bead["id"], n) for bead in beads for n, text in enumerate(bead["target"]) if words in text
    )
    assert amts("edit", "text", bead, "--unit", unit, new, "--project", project).status == 0
    return str(bead)


def test_edited_texts_are_written(amts: Call, project: Path) -> None:
    edit(amts, project, "Da una luz", "Da mucha luz.")
    outcome = amts("write-back", "--project", project)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out == f"{LAMP}: 1 text written\n"
    assert amts("write-back", "--project", project).out == "no edited text waits to be written\n"


def test_a_lost_formula_is_written_and_told_with_status_1(amts: Call, project: Path) -> None:
    bead = edit(amts, project, "La habitación", "La habitación es pequeña.")
    outcome = amts("write-back", "--project", project)
    assert (outcome.status, outcome.out) == (1, f"{LAMP}: 1 text written\n")
    (line,) = outcome.err.rstrip("\n").split("\n")
    assert line.startswith(f"amts: damaged: es/{LAMP}:{LINE}: bead {bead}, ")
    assert "the formula $A = 12$ of the source is gone" in line


def test_what_was_refused_and_what_was_damaged_as_json(amts: Call, project: Path) -> None:
    lost = edit(amts, project, "La habitación", "La habitación es pequeña.")
    refused = edit(amts, project, "Conservamos", ":end_tab:")
    outcome = amts("write-back", "--project", project, "--json")
    assert outcome.status == 1
    (result,) = json.loads(outcome.out)
    assert (result["document"], result["written"], result["notes"]) == (LAMP, 1, [])
    assert [(one["bead"], one["where"]) for one in result["damaged"]] == [(lost, f"es/{LAMP}:{LINE}")]
    (one,) = result["refused"]
    assert (one["bead"], one["text"]) == (refused, ":end_tab:")
    assert one["reason"]
    assert one["remedy"]


@pytest.mark.parametrize(("new", "written"), [("# Dos", "\\# Dos"), ("Tres.", "Tres.")])
def test_what_is_only_escaped_is_no_failure(amts: Call, project: Path, new: str, written: str) -> None:
    edit(amts, project, "Conservamos", new)
    outcome = amts("write-back", "--project", project)
    assert outcome.status == 0
    assert ("amts: note: " in outcome.err) == (new != written)
    assert written in (project / "es" / LAMP).read_text()
