import re

from amts_tui.tui.widgets.cells import lay_out
from amts_tui.tui.widgets.signs import mark_sign, shape_sign, status_sign
from amts_tui.tui.widgets.unit_text import markup_spans
from amts_tui.workbench.types import Bead, BeadUnit, Item, ItemForm, ItemKind, Mark, Status
from tests.tui.examples import page, unit

CODE = Item(1, ItemForm.SINGLE, ItemKind.CODE, "`x[0]`")
OPEN = Item(2, ItemForm.OPEN, ItemKind.EMPHASIS, "**")
CLOSE = Item(2, ItemForm.CLOSE, ItemKind.EMPHASIS, "**")
LITERAL = Item(3, ItemForm.SINGLE, ItemKind.LITERAL, "{7}")


def looks(bead: Bead, look: str) -> list[str]:
    row = lay_out(bead, 30, 30)
    return [text for line in row.source for text, has in line.pieces if has == look]


def test_markup_is_found_where_it_stands_in_the_file() -> None:
    marked = unit("k", "Set {1} to {2>}zero{<2}, not {3}.", CODE, OPEN, CLOSE, LITERAL)
    assert marked.raw == "Set `x[0]` to **zero**, not {7}."
    assert [marked.raw[a:b] for a, b in markup_spans(marked)] == ["`x[0]`", "**", "**"]


def test_a_row_shows_the_raw_text_with_its_markup_dim() -> None:
    bead = Bead("b", (unit("k", "Set {1} now.", CODE),), ())
    assert looks(bead, "markup") == ["`x[0]`"]
    assert looks(bead, "text") == ["Set ", " now."]


def test_a_match_across_a_line_break_is_marked_on_both_lines() -> None:
    bead = Bead("b", (unit("k", "aaaa bbbb cccc"),), ())
    row = lay_out(bead, 9, 9, lambda text, _side: [match.span() for match in re.finditer("bbbb cccc", text)])
    assert [line.pieces for line in row.source] == [
        (("aaaa ", "text"), ("bbbb", "match")),
        (("cccc", "match"),),
    ]


def test_a_match_on_one_side_leaves_the_other_alone() -> None:
    bead = Bead("b", (unit("k", "tide"),), (unit("m", "tide"),))
    row = lay_out(bead, 9, 9, lambda _text, side: [(0, 4)] if side == "target" else [])
    assert row.source[0].pieces == (("tide", "text"),)
    assert row.target[0].pieces == (("tide", "match"),)


def test_lines_say_how_wide_they_are() -> None:
    for bead in page():
        row = lay_out(bead, 20, 14)
        for line, width in [*((line, 20) for line in row.source), *((line, 14) for line in row.target)]:
            assert line.width <= width
            assert line.width >= len("".join(text for text, _ in line.pieces))


def test_control_characters_do_not_reach_the_terminal() -> None:
    bead = Bead("b", (BeadUnit("k", "a\x1b[2Jb"),), ())
    assert "\x1b" not in "".join(looks(bead, "text"))


def test_signs() -> None:
    beads = {bead.id: bead for bead in page()}
    assert [status_sign(bead, False) for bead in beads.values()] == ["+", " ", "*", " ", " ", " ", "-", " "]
    assert status_sign(beads["d"], True) == "?"
    assert (mark_sign(beads["f"]), mark_sign(beads["h"]), mark_sign(beads["a"])) == ("!", "#", " ")
    assert mark_sign(Bead("x", (), (), note="n")) == '"'
    assert mark_sign(Bead("x", (), (), status=Status.AUTO, marks=frozenset({Mark.STALE}))) == "~"
    assert (shape_sign(beads["a"]), shape_sign(beads["c"])) == ("   ", "1:2")
    assert shape_sign(Bead("x", (unit("k", "t"),) * 12, ())) == "+:0"
