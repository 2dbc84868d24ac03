"""Documents of two books, paired by path and by hand."""

from __future__ import annotations

from amts_tui.alignment.pairing import pair_documents


def test_equal_paths_belong_together() -> None:
    pairs = pair_documents(["b.md", "a.md", "c.md"], ["a.md", "d.md", "c.md"])
    assert pairs.paired == (("a.md", "a.md"), ("c.md", "c.md"))
    assert (pairs.only_source, pairs.only_target) == (("b.md",), ("d.md",))


def test_what_a_person_says_goes_before_the_paths() -> None:
    by_hand = {"b.md": "a.md", "c.md": None, "gone.md": "c.md", "a.md": "gone.md"}
    pairs = pair_documents(["a.md", "b.md", "c.md"], ["a.md", "c.md"], by_hand)
    assert pairs.paired == (("b.md", "a.md"),)
    assert pairs.only_source == ("a.md", "c.md")
    assert pairs.only_target == ("c.md",)
