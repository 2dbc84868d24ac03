from dataclasses import replace

from amts_tui.tui.wording import by_rows, counted
from tests.tui.examples import page


def test_counts_agree_with_their_nouns() -> None:
    assert [counted(n, "row") for n in (0, 1, 2, 1200)] == ["0 rows", "1 row", "2 rows", "1,200 rows"]


def test_ids_become_row_numbers_and_unknown_ids_go() -> None:
    beads = [replace(bead, id=f"{n:010x}") for n, bead in enumerate(page())]
    assert by_rows("bead 0000000003 has no gap: merge", beads) == "row 4 has no gap: merge"
    assert by_rows("undid: merge 0000000001 ffffffffff", beads) == "undid: merge row 2"
    assert by_rows("neither bead has a target", beads) == "neither bead has a target"
