from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus import operations as ops
from amts_tui.corpus.curation import Curated, merge_review
from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Mark, Status
from amts_tui.corpus.review import Review, lines, read, render
from amts_tui.errors import AmtsError
from tests.corpus.acts import CROSSING, REMARKS, STRUCTURAL, act
from tests.corpus.build import carried, documents, id_maker, layout, pairs, side_units, units


def review_of(folder: Path, beads: list[Bead]) -> Review:
    path = folder / "review.jsonl"
    path.write_text(render("a.md", "a.md", beads) or '{"amts-review": 1}\n', encoding="utf-8")
    return read(path)


def files_of(beads: list[Bead]) -> tuple[list[BeadUnit], list[BeadUnit]]:
    """The units that the files hold, in their order."""
    source, target = (
        units(
            unit.raw if unit.in_file is None else unit.in_file
            for unit in sorted(side_units(beads, side), key=lambda unit: unit.segment)
        )
        for side in SIDES
    )
    return source, target


def merged(
    folder: Path, current: list[Bead], theirs: list[Bead], *, base: list[Bead] | None = None
) -> Curated:
    found = review_of(folder, theirs)
    before = None if base is None else lines(base)
    return merge_review(current, found, *files_of(pairs(6)), id_maker([*current, *theirs]), base=before)


@given(st.data(), documents())
def test_a_fresh_workspace_gets_all_that_people_did(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, beads: list[Bead]
) -> None:
    new_id = id_maker(beads)
    original = list(beads)
    for _ in range(data.draw(st.integers(0, 5))):
        kind = data.draw(st.sampled_from(STRUCTURAL + CROSSING + REMARKS))
        try:
            beads = carried(beads, act(data.draw, kind, beads, new_id))
        except AmtsError:
            continue
    review = review_of(tmp_path_factory.getbasetemp(), beads)
    source, target = files_of(original)
    fresh = merge_review([], review, source, target, id_maker(), base=None)
    touched = [bead for bead in beads if bead.touched]
    assert fresh.lost == ()
    assert [replace(bead, confidence=0.0) for bead in fresh.beads] == [
        replace(bead, confidence=0.0) for bead in touched
    ]
    aligned = merge_review(original, review, source, target, id_maker(original + beads), base=None)
    after = {bead.id: bead for bead in aligned.beads}
    assert all(replace(after[bead.id], confidence=bead.confidence) == bead for bead in touched)
    for side in SIDES:
        assert Counter(unit.key for unit in side_units(aligned.beads, side)) == Counter(
            unit.key for unit in side_units(original, side)
        )


def test_a_pull_changes_adds_and_takes_back(tmp_path: Path) -> None:
    start = pairs(6)
    mine = carried(start, ops.confirm(start, ["b0", "b1", "b2"]))
    mine = carried(mine, ops.note(mine, "b3", "old"))
    theirs = carried(start, ops.confirm(start, ["b0", "b4"]))
    theirs = carried(theirs, ops.merge(theirs, "b1", "b2"))
    theirs = carried(theirs, ops.note(theirs, "b0", "seen"))
    result = merged(tmp_path, mine, theirs)
    assert [(b.id, b.status, b.note) for b in result.beads] == [
        ("b0", Status.CONFIRMED, "seen"),
        ("b1", Status.EDITED, ""),
        ("b3", Status.AUTO, ""),
        ("b4", Status.CONFIRMED, ""),
        ("b5", Status.AUTO, ""),
    ]
    assert [bead.confidence for bead in result.beads if bead.id != "b1"] == [
        bead.confidence for bead in start if bead.id not in ("b1", "b2")
    ]


def test_a_bead_that_a_pull_takes_back_has_the_files_text_again(tmp_path: Path) -> None:
    start = pairs(6)
    mine = carried(start, ops.edit_text(start, "b1", 0, "Only mine.", "a.md"))
    assert layout(merged(tmp_path, mine, start).beads) == layout(start)


def test_unsaved_work_stays_and_wins_over_the_same_bead(tmp_path: Path) -> None:
    start = pairs(6)
    mine = carried(start, ops.note(start, "b0", "mine"))
    mine = carried(mine, ops.confirm(mine, ["b1"]))
    theirs = carried(start, ops.note(start, "b0", "theirs"))
    theirs = carried(theirs, ops.confirm(theirs, ["b2"]))
    result = merged(tmp_path, mine, theirs, base=start)
    assert [(b.note, b.status.value) for b in result.beads[:3]] == [
        ("mine", "auto"),
        ("", "confirmed"),
        ("", "confirmed"),
    ]
    assert Mark.FLAG in result.beads[0].marks
    assert [(bead.id, bead.note) for bead in result.lost] == [("b0", "theirs")]


def test_unsaved_work_leaves_what_only_the_review_has_changed(tmp_path: Path) -> None:
    base = carried(pairs(6), ops.edit_text(pairs(6), "b1", 0, "An old edit.", "a.md"))
    base = carried(base, ops.confirm(base, ["b3", "b4"]))
    mine = carried(base, ops.note(base, "b0", "mine"))
    theirs = carried(base, ops.edit_text(base, "b1", 0, "A newer edit.", "a.md"))
    theirs = carried(theirs, ops.confirm(theirs, ["b3"], off=True))
    result = {bead.id: bead for bead in merged(tmp_path, mine, theirs, base=base).beads}
    assert (result["b0"].note, result["b1"].target[0].raw) == ("mine", "A newer edit.")
    assert (result["b3"].status, result["b4"].status) == (Status.AUTO, Status.CONFIRMED)


def test_what_was_released_or_merged_here_does_not_come_back(tmp_path: Path) -> None:
    base = carried(pairs(6), ops.confirm(pairs(6), ["b0", "b2", "b3"]))
    mine = carried(base, ops.confirm(base, ["b0"], off=True))
    mine = carried(mine, ops.merge(mine, "b2", "b3"))
    theirs = carried(base, ops.note(base, "b5", "theirs"))
    result = {bead.id: bead for bead in merged(tmp_path, mine, theirs, base=base).beads}
    assert (result["b0"].status, result["b2"].shape, result["b5"].note) == (Status.AUTO, "2:2", "theirs")
    assert "b3" not in result


def test_unsaved_work_on_the_same_units_keeps_what_is_left_and_its_note(tmp_path: Path) -> None:
    start = pairs(6)
    mine = carried(start, ops.merge(start, "b0", "b1"))
    mine = carried(mine, ops.note(mine, "b0", "merged"))
    mine = carried(mine, ops.note(mine, "b3", "look here"))
    theirs = carried(start, ops.confirm(start, ["b1"]))
    theirs = [replace(bead, id="other") if bead.id == "b3" else bead for bead in theirs]
    theirs = carried(theirs, ops.confirm(theirs, ["other"]))
    found = merged(tmp_path, mine, theirs, base=start)
    result = {bead.id: bead for bead in found.beads}
    assert (result["b0"].shape, result["b0"].note, result["b0"].marks) == ("1:1", "merged", {Mark.STALE})
    assert (result["b1"].status, result["other"].note) == (Status.CONFIRMED, "look here")
    assert "b3" not in result
    assert {bead.id for bead in found.lost} == {"b0", "b3"}


def test_curated_beads_whose_text_is_gone_are_handed_back(tmp_path: Path) -> None:
    start = pairs(6)
    theirs = carried(start, ops.confirm(start, ["b5"]))
    theirs = [
        replace(bead, source=tuple(units(["An entirely different thought."]))) if bead.id == "b5" else bead
        for bead in theirs
    ]
    result = merged(tmp_path, start, theirs)
    assert [bead.id for bead in result.lost] == ["b5"]
    assert layout(result.beads) == layout(start)


def test_a_unit_that_two_lines_claim_is_in_one_bead(tmp_path: Path) -> None:
    start = pairs(6)
    theirs = carried(start, ops.merge(start, "b0", "b1"))
    theirs = [*theirs, replace(start[1], status=Status.CONFIRMED)]
    result = merged(tmp_path, start, theirs)
    for side in SIDES:
        assert sorted(u.key for u in side_units(result.beads, side)) == sorted(
            u.key for u in side_units(start, side)
        )
