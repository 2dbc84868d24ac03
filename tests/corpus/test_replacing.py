from __future__ import annotations

import pytest

from amts_tui.books.model import Item, ItemForm, ItemKind
from amts_tui.corpus.model import Bead, BeadUnit, Status
from amts_tui.corpus.operations import apply_all
from amts_tui.corpus.replacing import Replacement, replacements, replacing
from amts_tui.corpus.searching import Search
from amts_tui.errors import AmtsError

PATH = "tides.md"


def unit(key: str, text: str) -> BeadUnit:
    return BeadUnit(key, text)


BEADS = [
    Bead("a", (unit("s0", "The tide."),), (unit("t0", "潮水和潮水。"),), 0.9),
    Bead("b", (unit("s1", "A tide."),), (unit("t1", "潮水。"),), 0.9, Status.CONFIRMED),
    Bead("c", (unit("s2", "潮水"),), (unit("t2", "无。"), unit("t3", "潮水 10 米。")), 0.9, Status.EXCLUDED),
    Bead(
        "d",
        (unit("s3", "F."),),
        (BeadUnit("t4", "力 {1}。", (Item(1, ItemForm.SINGLE, ItemKind.MATH, "$F$"),)),),
    ),
]


def previewed(text: str, by: str, *, regex: bool = False) -> list[Replacement]:
    return list(replacements(BEADS, Search(text, regex=regex), by, PATH))


def test_the_preview_says_what_would_become_of_each_translation() -> None:
    found = previewed("潮水", "潮汐")
    assert [(one.bead, one.unit, one.after, one.trouble) for one in found] == [
        ("a", 0, "潮汐和潮汐。", ""),
        ("b", 0, "潮汐。", "confirmed"),
        ("c", 1, "潮汐 10 米。", "excluded"),
    ]
    assert [found[0].before[slice(*span)] for span in found[0].spans] == ["潮水", "潮水"]
    assert [found[0].after[slice(*span)] for span in found[0].new_spans] == ["潮汐", "潮汐"]


def test_a_pattern_fills_its_groups_in() -> None:
    (found,) = previewed(r"(\d+) 米", r"\1 公尺", regex=True)
    assert found.after == "潮水 10 公尺。"
    assert previewed(r"(\d+) 米", r"\1 公尺") == []
    with pytest.raises(AmtsError, match="cannot replace by"):
        previewed(r"(\d+) 米", r"\2", regex=True)


def test_what_leaves_nothing_cannot_be_done_and_what_loses_a_formula_is_said() -> None:
    (found,) = previewed("^无。$", "", regex=True)
    assert (found.possible, "empty" in found.trouble) == (False, True)
    (formula,) = previewed(" $F$", "")
    assert (formula.possible, formula.trouble) == (True, "changes formulas, code or markup")


def test_the_changes_carry_out_what_was_chosen_and_nothing_else() -> None:
    found = previewed("潮水", "潮汐")
    beads = list(BEADS)
    changes = replacing(BEADS, [found[0], found[2]], PATH)
    apply_all(beads, changes)
    assert [bead.target[-1].raw for bead in beads] == ["潮汐和潮汐。", "潮水。", "潮汐 10 米。", "力 $F$。"]
    assert [bead.status for bead in beads[:3]] == [Status.EDITED, Status.CONFIRMED, Status.EXCLUDED]
    assert beads[0].target[0].in_file == "潮水和潮水。"
    apply_all(beads, [change.inverse() for change in reversed(changes)])
    assert beads == BEADS


def test_a_text_that_has_changed_meanwhile_is_left_alone() -> None:
    found = previewed("潮水", "潮汐")
    with pytest.raises(AmtsError, match="changed since"):
        replacing([BEADS[1], *BEADS[2:]], found[:1], PATH)
    with pytest.raises(AmtsError, match="changed since"):
        replacing([Bead("a", (), (unit("t9", "潮水!"),))], found[:1], PATH)


def test_replacing_by_the_same_is_no_replacement() -> None:
    assert previewed("潮水", "潮水") == []
