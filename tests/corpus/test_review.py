from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus import operations as ops
from amts_tui.corpus.model import Bead, Mark, Origin, Status
from amts_tui.corpus.review import Review, read, render, review_path
from amts_tui.errors import AmtsError
from tests.corpus.build import carried, documents, pairs, units


def reread(path: Path, beads: list[Bead]) -> Review:
    text = render("a.md", "b.md", beads)
    assert text is not None
    path.write_bytes(text.encode("utf-8"))
    return read(path)


def unplaced(bead: Bead) -> Bead:
    """The bead as a review file knows it: without its place in the document."""
    return replace(
        bead,
        confidence=1.0,
        source=tuple(replace(unit, segment=0) for unit in bead.source),
        target=tuple(replace(unit, segment=0) for unit in bead.target),
    )


def test_nothing_touched_gives_no_file() -> None:
    beads = pairs(2)
    assert render("a.md", "a.md", beads) is None
    stale = [replace(bead, marks=frozenset({Mark.STALE})) for bead in beads]
    assert render("a.md", "a.md", stale) is None


def test_a_review_is_a_header_and_a_line_per_touched_bead_in_order(tmp_path: Path) -> None:
    beads = pairs(4)
    beads = carried(beads, ops.note(beads, "b3", "zwei\nZeilen"))
    beads = carried(beads, ops.confirm(beads, ["b0", "b1"]))
    text = render("a.md", "b.md", beads)
    assert text is not None
    header, *lines = text.removesuffix("\n").split("\n")
    assert json.loads(header) == {"amts-review": 1, "source": "a.md", "target": "b.md"}
    assert [json.loads(line)["id"] for line in lines] == ["b0", "b1", "b3"]
    assert json.loads(lines[0]) == {
        "id": "b0",
        "status": "confirmed",
        "source": [{"key": beads[0].source[0].key, "text": "Source number 0."}],
        "target": [{"key": beads[0].target[0].key, "text": "Target number 0."}],
    }


def test_one_decision_changes_one_line() -> None:
    beads = pairs(30)
    beads = carried(beads, ops.confirm(beads, [bead.id for bead in beads]))
    before = (render("a.md", "a.md", beads) or "").split("\n")
    after = (render("a.md", "a.md", carried(beads, ops.note(beads, "b7", "n"))) or "").split("\n")
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


@given(
    documents(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.sampled_from(list(Origin))
)
def test_what_was_rendered_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Bead], text: str, origin: Origin
) -> None:
    beads = list(drawn)
    target = units(["Siehe :numref:`fig_a`, $x$ und *mehr*."])[0]
    beads.append(Bead("last", (), (replace(target, origin=origin),), note=text.strip() or "n"))
    if text.strip():
        beads = carried(beads, ops.edit_text(beads, "last", 0, text, "a.md"))
    review = reread(tmp_path_factory.getbasetemp() / "review.jsonl", beads)
    assert (review.source_path, review.target_path) == ("a.md", "b.md")
    expected = [unplaced(bead) for bead in beads if bead.touched]
    assert list(review.beads) == expected


def test_windows_line_ends_and_blank_lines_are_read(tmp_path: Path) -> None:
    beads = carried(pairs(2), ops.confirm(pairs(2), ["b0", "b1"]))
    path = tmp_path / "r.jsonl"
    expected = reread(path, beads)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert read(path) == expected


def test_the_file_lies_beside_the_project_by_pipeline_and_document(tmp_path: Path) -> None:
    path = review_path(tmp_path, "en-zh", "chapter_rnn/lstm.md")
    assert path == tmp_path / "en-zh" / "chapter_rnn" / "lstm.md.jsonl"


UNIT = '{"key": "k/0", "text": "t"}'


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", "unresolved merge"),
        ("=======", "unresolved merge"),
        (">>>>>>> theirs", "unresolved merge"),
        ("||||||| base", "unresolved merge"),
        ('{"id": "x", "status":', "not JSON"),
        ("[1, 2]", "not a JSON object"),
        ('{"status": "edited", "source": [], "target": []}', "'id' is missing"),
        (f'{{"id": "x", "status": "perfect", "source": [{UNIT}], "target": []}}', "perfect"),
        (f'{{"id": "x", "status": [], "source": [{UNIT}], "target": []}}', "not a bead"),
        (f'{{"id": "x", "status": "edited", "marks": ["loved"], "source": [{UNIT}], "target": []}}', "loved"),
        (f'{{"id": "x", "status": "edited", "note": null, "source": [{UNIT}], "target": []}}', "no text"),
        ('{"id": "x", "status": "edited", "source": [], "target": []}', "holds no text"),
        ('{"id": "x", "status": "edited", "source": "k", "target": []}', "not a bead"),
        ('{"id": "x", "status": "edited", "source": 1, "target": []}', "not a bead"),
        ('{"id": "x", "status": "edited", "source": [{"key": "k/0"}], "target": []}', "'text' is missing"),
        ('{"id": "x", "status": "edited", "source": [{"key": 1, "text": "t"}], "target": []}', "no text"),
        ('{"id": "x", "status": "edited", "source": [["key"]], "target": []}', "not a bead"),
        (f'{{"id": "b0", "status": "edited", "source": [{UNIT}], "target": []}}', "b0 stands on two lines"),
    ],
)
def test_errors_name_the_line_and_the_fault(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "r.jsonl"
    reread(path, carried(pairs(1), ops.confirm(pairs(1), ["b0"])))
    path.write_text(path.read_text() + "\n" + line + "\n")
    with pytest.raises(AmtsError, match=message) as caught:
        read(path)
    assert caught.value.where == f"{path}:4"
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b'{"amts-review": 2}\n', "format 1"),
        (b'{"id": "x"}\n', "format 1"),
        (b"\xff\xfe", "UTF-8"),
        (b"<<<<<<< HEAD\n", "unresolved merge"),
    ],
)
def test_a_file_that_is_no_review_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(content)
    with pytest.raises(AmtsError, match=message):
        read(path)
    with pytest.raises(AmtsError, match="cannot read"):
        read(tmp_path / "none.jsonl")


def test_the_status_of_every_kind_is_kept(tmp_path: Path) -> None:
    beads = [replace(b, status=s, note="n") for b, s in zip(pairs(4), Status, strict=True)]
    assert [bead.status for bead in reread(tmp_path / "r.jsonl", beads).beads] == list(Status)
