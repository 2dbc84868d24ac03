from __future__ import annotations

from amts_tui.corpus import operations as ops
from amts_tui.corpus.model import Bead, BeadUnit
from amts_tui.corpus.rewriting import rewritten
from tests.corpus.build import carried, layout, raws, units

SOURCE = ["One.", "Two.", "Three."]
TARGET = ["Uno.", "Dos.", "Tres."]


def one_paragraph(texts: list[str]) -> list[BeadUnit]:
    return [BeadUnit(unit.key, unit.text, unit.items) for unit in units(texts)]


def linked() -> list[Bead]:
    return [
        Bead(f"b{n}", (s,), (t,))
        for n, (s, t) in enumerate(zip(one_paragraph(SOURCE), one_paragraph(TARGET), strict=True))
    ]


def written(beads: list[Bead], file: list[str], keys: set[str]) -> list[Bead]:
    found = rewritten(beads, one_paragraph(TARGET), one_paragraph(file), keys, ([0] * 3, [0] * len(file)))
    assert found.lost == ()
    return list(found.beads)


def test_a_text_of_two_sentences_is_two_units_of_its_bead() -> None:
    beads = linked()
    beads = carried(beads, ops.edit_text(beads, "b1", 0, "Dos. Y más.", "a.md"))
    after = written(beads, ["Uno.", "Dos.", "Y más.", "Tres."], {beads[1].target[0].key})
    assert raws(after, "target") == [["Uno."], ["Dos.", "Y más."], ["Tres."]]
    assert [bead.id for bead in after if any(unit.in_file is not None for unit in bead.target)] == []


def test_a_text_that_runs_into_the_next_sentence_joins_the_beads() -> None:
    beads = linked()
    beads = carried(beads, ops.edit_text(beads, "b1", 0, "Dos y", "a.md"))
    after = written(beads, ["Uno.", "Dos y Tres."], {beads[1].target[0].key})
    assert layout(after) == [
        ("b0", ("One.",), ("Uno.",)),
        ("b1", ("Two.", "Three."), ("Dos y Tres.",)),
    ]


def test_swapped_texts_are_found_and_an_escape_shifts_nothing() -> None:
    beads = linked()
    beads = carried(beads, ops.swap(beads, "b0", "b2"))
    beads = carried(beads, ops.edit_text(beads, "b2", 0, "# Uno.", "a.md"))
    after = written(beads, ["\\# Uno.", "Dos.", "Tres."], {beads[2].target[0].key})
    assert raws(after, "target") == [["Tres."], ["Dos."], ["\\# Uno."]]


def test_a_refused_text_stays_an_edit() -> None:
    beads = linked()
    beads = carried(beads, ops.edit_text(beads, "b0", 0, "Otra.", "a.md"))
    beads = carried(beads, ops.edit_text(beads, "b1", 0, "Dos. Y más.", "a.md"))
    after = written(beads, ["Uno.", "Dos.", "Y más.", "Tres."], {beads[1].target[0].key})
    assert (after[0].target[0].raw, after[0].target[0].in_file) == ("Otra.", "Uno.")


def test_a_refused_text_whose_sentence_is_taken_up_by_another_is_handed_back() -> None:
    beads = linked()
    beads = carried(beads, ops.edit_text(beads, "b1", 0, "Dos y", "a.md"))
    beads = carried(beads, ops.edit_text(beads, "b2", 0, "Refused.", "a.md"))
    found = rewritten(
        beads,
        one_paragraph(TARGET),
        one_paragraph(["Uno.", "Dos y Tres."]),
        {beads[1].target[0].key},
        ([0] * 3, [0] * 2),
    )
    assert found.lost == (beads[2],)
    assert raws(found.beads, "target") == [["Uno."], ["Dos y Tres."]]


def test_a_sentence_that_is_no_longer_text_leaves_its_bead_and_shifts_no_other() -> None:
    for gone, rest in (("b0", TARGET[1:]), ("b1", [TARGET[0], TARGET[2]]), ("b2", TARGET[:2])):
        beads = [
            Bead(f"b{n}", (source,), (target,))
            for n, (source, target) in enumerate(zip(one_paragraph(SOURCE), units(TARGET), strict=True))
        ]
        beads = carried(beads, ops.edit_text(beads, gone, 0, "$x$", "a.md"))
        (edited,) = (bead.target[0] for bead in beads if bead.id == gone)
        numbers = [number for number in range(3) if f"b{number}" != gone]
        after = rewritten(beads, units(TARGET), units(rest), {edited.key}, ([0, 1, 2], numbers))
        held = {bead.id: [unit.raw for unit in bead.target] for bead in after.beads}
        assert held == {f"b{n}": [] if f"b{n}" == gone else [TARGET[n]] for n in range(3)}
        assert after.lost == ()
