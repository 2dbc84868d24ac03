from __future__ import annotations

from dataclasses import replace

from amts_tui.books.model import Block, BlockKind, Document, Segment, Unit
from amts_tui.corpus.model import Mark, Origin, Status, bead_id, normalised, text_hash, unit_keys, units_of
from tests.corpus.build import document, pairs


def test_white_space_and_composition_do_not_tell_texts_apart() -> None:
    assert normalised(" a\n  b\u00a0 c ") == "a b c"
    assert text_hash("é  x") == text_hash("e\u0301 x")
    assert text_hash("a b") != text_hash("ab")
    assert len(text_hash("")) == 16


def test_keys_count_occurrences() -> None:
    first, second, third, fourth = unit_keys(["Yes.", "No.", "Yes. ", "Yes."])
    assert [key.split("/")[1] for key in (first, second, third, fourth)] == ["0", "0", "1", "2"]
    assert first.split("/")[0] == third.split("/")[0] != second.split("/")[0]


def test_units_of_a_document_know_segment_and_kind() -> None:
    segments = [Segment(t, 0, 0, units=tuple(Unit(u, 0, 0) for u in t.split("|"))) for t in ("A", "B|C", "A")]
    blocks = (
        Block(BlockKind.HEADING, 0, 0, True, (segments[0],)),
        Block(BlockKind.CODE, 0, 0, False),
        Block(BlockKind.PARAGRAPH, 0, 0, True, (segments[1], segments[2])),
    )
    found = units_of(Document("a.md", "en", "", blocks), origin=Origin.MACHINE)
    assert [(u.text, u.segment, u.kind.value) for u in found] == [
        ("A", 0, "heading"),
        ("B", 1, "paragraph"),
        ("C", 1, "paragraph"),
        ("A", 2, "paragraph"),
    ]
    assert {unit.origin for unit in found} == {Origin.MACHINE}
    assert found[3].key.endswith("/1")


def test_ids_are_the_same_in_two_clones_and_never_given_twice() -> None:
    bead = pairs(1)[0]
    taken: set[str] = set()
    first = bead_id("en-zh/a.md", bead.source, bead.target, taken)
    assert bead_id("en-zh/a.md", bead.source, bead.target, set()) == first
    assert bead_id("en-zh/a.md", bead.source, bead.target, taken) != first
    assert bead_id("en-zh/b.md", bead.source, bead.target, set()) != first
    assert bead_id("en-zh/a.md", bead.source, (), set()) != bead_id("en-zh/a.md", (), bead.source, set())
    assert len(taken) == 2


def test_what_counts_as_touched() -> None:
    bead = document([(2, 1)])[0]
    assert not bead.touched
    assert not replace(bead, marks=frozenset({Mark.STALE})).touched
    for touched in (
        replace(bead, status=Status.CONFIRMED),
        replace(bead, note="n"),
        replace(bead, marks=frozenset({Mark.FLAG})),
    ):
        assert touched.touched
    assert (bead.shape, bead.paired) == ("2:1", True)
    assert not replace(bead, target=()).paired
