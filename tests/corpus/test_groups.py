from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amts_tui.corpus.groups import components, segment_groups
from amts_tui.corpus.model import Bead, BeadUnit


def units(*segments: int) -> tuple[BeadUnit, ...]:
    return tuple(BeadUnit(f"k{n}", f"text {n}", segment=n) for n in segments)


def test_links_that_share_a_node_make_one_group() -> None:
    assert components([["a", "b"], ["c"], ["d", "b"], [], ["c", "e"]]) == [("a", "b", "d"), ("c", "e")]


nodes = st.integers(0, 12)


@given(st.lists(st.lists(nodes, max_size=4), max_size=10))
def test_groups_are_the_smallest_that_hold_every_link_whole(links: list[list[int]]) -> None:
    groups = components(links)
    assert sorted(node for group in groups for node in group) == sorted(
        {node for link in links for node in link}
    )
    for group in groups:
        reached = {group[0]}
        for _ in links:
            for link in links:
                if reached & set(link):
                    reached |= set(link)
        assert reached == set(group)


def test_beads_group_segments_and_a_one_sided_bead_connects_nothing() -> None:
    beads = [
        Bead("b1", units(0), units(0)),
        Bead("b2", units(0, 1), units(1)),
        Bead("b3", units(1, 2), ()),
        Bead("b4", units(2), units(3)),
        Bead("b5", (), units(2)),
        Bead("b6", units(3), ()),
    ]
    groups = segment_groups(beads)
    assert [(group.source, group.target) for group in groups] == [((0, 1), (0, 1)), ((2,), (3,))]
    assert [[bead.id for bead in group.beads] for group in groups] == [["b1", "b2", "b3"], ["b3", "b4"]]


def test_a_groups_units_stand_in_the_order_of_its_segments_and_only_of_these() -> None:
    beads = [
        Bead("b1", units(1), units(5)),
        Bead("b2", units(1, 0), units(4)),
        Bead("b3", units(0, 2), ()),
    ]
    (group,) = segment_groups(beads)
    assert [unit.segment for unit in group.units("source")] == [0, 0, 1, 1]
    assert [unit.segment for unit in group.units("target")] == [4, 5]
