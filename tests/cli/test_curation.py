"""beads, edit, undo, journal; and that all of it is there again in a fresh clone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call, Outcome

Find = Callable[[str], str]


@pytest.fixture
def edit(amts: Call, project: Path) -> Callable[..., Outcome]:
    def call(*arguments: str) -> Outcome:
        outcome = amts("--project", project, "edit", *arguments)
        assert outcome.status == 0, outcome
        return outcome

    return call


def beads(amts: Call, project: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = amts("--project", project, "beads", "--json", *options).json
    return found


def sides(amts: Call, project: Path, document: str = "*lamp.md") -> list[tuple[int, int]]:
    return [(len(b["source"]), len(b["target"])) for b in beads(amts, project, "--document", document)]


def test_beads_tell_everything_about_a_bead(amts: Call, project: Path, bead: Find) -> None:
    found = next(b for b in beads(amts, project) if b["id"] == bead("square metres"))
    assert found == {
        "id": found["id"],
        "pipeline": "en-es",
        "document": "chapter_home/lamp.md",
        "status": "auto",
        "marks": [],
        "note": "",
        "confidence": found["confidence"],
        "reasons": found["reasons"],
        "source": ["The room has an area of $A = 12$ square metres."],
        "target": ["La habitación tiene una superficie de $A = 12$ metros cuadrados."],
        "origins": ["human"],
    }


def test_beads_are_chosen(amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome]) -> None:
    edit("confirm", bead("warm light"))
    edit("exclude", bead("Three old trees"))
    assert [b["id"] for b in beads(amts, project, "--status", "confirmed")] == [bead("warm light")]
    both = beads(amts, project, "--status", "confirmed", "--status", "excluded")
    assert {b["id"] for b in both} == {bead("warm light"), bead("Three old trees")}
    assert len(beads(amts, project, "--document", "*garden*")) == 5
    assert beads(amts, project, "--max-confidence", "0") == []
    assert beads(amts, project, "--stale") == []


def test_structure_is_edited(amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome]) -> None:
    first, second = bead("stands on the table"), bead("warm light")
    edit("merge", first, second)
    assert sides(amts, project)[1] == (2, 2)
    edit("split", first, "--source", "1", "--target", "2")
    assert sides(amts, project)[1:3] == [(1, 2), (1, 0)]
    edit("move", first, "down", "--side", "target")
    assert sides(amts, project)[1:3] == [(1, 1), (1, 1)]
    edit("gap", first, "--side", "target")
    assert (1, 0) in sides(amts, project)
    edit("undo")
    edit("swap", first, bead("remembers"))
    swapped = next(b for b in beads(amts, project) if b["id"] == first)
    assert swapped["target"] == ["Nadie recuerda quién la compró."]
    edit("pair", first, bead("at seven"))
    assert (2, 2) in sides(amts, project)
    edit("undo")
    edit("undo")
    edit("carry", first, "--side", "target", "--to", bead("remembers"))
    assert sides(amts, project)[1] == (1, 0)
    outcome = amts("--project", project, "edit", "alternative", first)
    assert (outcome.status, "no alternative" in outcome.err) == (2, True)


def test_close_gap_takes_a_gap_back(
    amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome]
) -> None:
    before = sides(amts, project)
    edit("gap", bead("warm light"), "--side", "target")
    assert sides(amts, project) != before
    edit("close-gap", bead("warm light"), "--side", "target")
    assert sides(amts, project) == before


def test_a_pin_holds_a_bead_fast_without_confirming_it(
    amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome]
) -> None:
    lamp = bead("warm light")
    assert edit("pin", lamp, "--json").json["done"] == "pin"
    found = next(b for b in beads(amts, project) if b["id"] == lamp)
    assert (found["status"], found["marks"]) == ("auto", ["pin"])
    again = amts("--project", project, "align", "--again", "--similarity", "lexical", "--json").json
    assert sum(row["kept"] for row in again["documents"]) == 1
    edit("pin", lamp, "--off")
    edit("undo")
    assert next(b for b in beads(amts, project) if b["id"] == lamp)["marks"] == ["pin"]


def test_text_note_and_marks(amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome]) -> None:
    lamp, tree = bead("warm light"), bead("Three old trees")
    edit("text", lamp, "--unit", "0", "Su luz es cálida.")
    edit("note", lamp, "más natural")
    edit("bookmark", lamp)
    assert edit("flag", lamp, tree, "--json").json == {
        "done": "flag",
        "documents": ["chapter_home/lamp.md", "chapter_home/garden.md"],
        "beads": [lamp, tree],
    }
    found = {b["id"]: b for b in beads(amts, project)}
    assert found[lamp]["target"] == ["Su luz es cálida."]
    assert (found[lamp]["status"], found[lamp]["note"]) == ("edited", "más natural")
    assert found[lamp]["marks"] == ["bookmark", "flag", "note"]
    assert found[tree]["marks"] == ["flag"]
    edit("flag", lamp, "--off")
    edit("note", lamp, "")
    assert next(b for b in beads(amts, project) if b["id"] == lamp)["marks"] == ["bookmark"]


def test_a_text_may_begin_with_a_dash(
    amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome]
) -> None:
    edit("text", bead("square metres"), "- Una pausa")
    assert any("- Una pausa" in b["target"] for b in beads(amts, project))


def test_an_action_on_two_documents_is_undone_at_once(
    amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome]
) -> None:
    edit("confirm", bead("warm light"), bead("Three old trees"))
    assert len(beads(amts, project, "--status", "confirmed")) == 2
    assert edit("undo").out.startswith("undid: confirm 2 beads")
    assert beads(amts, project, "--status", "confirmed") == []
    edit("redo")
    assert len(beads(amts, project, "--status", "confirmed")) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["confirm", "nosuch"], "no bead nosuch"),
        (["merge", "BEAD", "nosuch"], "no bead nosuch"),
        (["split", "BEAD", "--source", "3", "--target", "1"], "is 1:1"),
        (["text", "BEAD", "--unit", "4", "x"], "there is no unit 4"),
        (["text", "BEAD", ""], "a text cannot be empty"),
        (["pair", "BEAD"], "at least two beads"),
        (["confirm", "BEAD", "--off"], "nothing to change"),
        (["undo"], "nothing to undo"),
        (["redo"], "nothing to redo"),
        (["undo", "--document", "nope.md"], "nope.md has not been aligned"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    amts: Call, refused: Callable[..., str], project: Path, bead: Find, arguments: list[str], words: str
) -> None:
    given = [part.replace("BEAD", bead("warm light")) for part in arguments]
    before = beads(amts, project)
    assert words in refused("--project", project, "edit", *given)
    assert beads(amts, project) == before


def test_the_journal_lists_and_restores(
    amts: Call, refused: Callable[..., str], project: Path, bead: Find, edit: Callable[..., Outcome]
) -> None:
    for words in ("warm light", "remembers", "at seven"):
        edit("confirm", bead(words))
    entries = amts("--project", project, "journal", "--json").json
    assert [entry["n"] for entry in entries] == sorted((entry["n"] for entry in entries), reverse=True)
    assert set(entries[0]) == {"n", "at", "who", "action", "state", "documents"}
    assert "T" in entries[0]["at"]
    first = entries[-1]["n"]
    asked = amts("--project", project, "journal", "--restore", str(first))
    assert asked.status == 2
    assert asked.err.count("confirm") == 2
    assert "add --yes" in asked.err
    assert len(beads(amts, project, "--status", "confirmed")) == 3
    back = amts("--project", project, "journal", "--restore", str(first), "--yes", "--json")
    assert back.json == {"undone": 2, "entry": first + 3}
    assert len(beads(amts, project, "--status", "confirmed")) == 1
    edit("undo")
    assert len(beads(amts, project, "--status", "confirmed")) == 3
    assert "no entry 99" in refused("--project", project, "journal", "--restore", "99")


def texts(found: list[dict[str, Any]]) -> list[str]:
    return sorted(text for bead in found for side in ("source", "target") for text in bead[side])


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def test_curation_survives_the_loss_of_the_workspace_and_a_fresh_clone(
    amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome], tmp_path: Path
) -> None:
    edit("confirm", bead("stands on the table"))
    edit("text", bead("warm light"), "Su luz es cálida.")
    edit("note", bead("warm light"), "más natural")
    edit("merge", bead("Three old trees"), bead("In spring"))
    edit("exclude", bead("Children climb"))
    touched = [b for b in beads(amts, project) if b["status"] != "auto"]
    assert len(touched) == 4
    everything = texts(beads(amts, project))
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "books and curation")

    shutil.rmtree(project / ".amts")
    assert [b for b in beads(amts, project) if b["status"] != "auto"] == [
        b | {"confidence": 1.0} for b in touched
    ]

    git(tmp_path, "clone", "-q", str(project), "clone")
    clone = tmp_path / "clone"
    assert not (clone / ".amts").exists()
    assert amts("--project", clone, "align").status == 0
    again = beads(amts, clone)
    assert [b for b in again if b["status"] != "auto"] == [b | {"confidence": 1.0} for b in touched]
    assert texts(again) == everything
    status = subprocess.run(
        ["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""


def test_a_review_file_in_conflict_is_named_and_nothing_else_is_lost(
    amts: Call, project: Path, bead: Find, edit: Callable[..., Outcome]
) -> None:
    edit("confirm", bead("warm light"))
    edit("confirm", bead("Three old trees"))
    review = project / "amts-data" / "en-es" / "chapter_home" / "lamp.md.jsonl"
    lines = review.read_text(encoding="utf-8").split("\n")
    conflicted = "\n".join([lines[0], "<<<<<<< HEAD", lines[1], "=======", lines[1], ">>>>>>> other", ""])
    review.write_text(conflicted, encoding="utf-8")
    outcome = amts("--project", project, "beads", "--status", "confirmed", "--json")
    assert outcome.status == 2
    assert f"{review}:2: the review file holds an unresolved merge" in outcome.err
    assert review.read_text(encoding="utf-8") == conflicted
    review.write_text("\n".join(lines), encoding="utf-8")
    assert len(beads(amts, project, "--status", "confirmed")) == 2
