"""Which segments belong together: the connected components that beads make of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from amts_tui.corpus.model import Bead, BeadUnit, Side

Node = TypeVar("Node", bound=Hashable)


def components(links: Iterable[Iterable[Node]]) -> list[tuple[Node, ...]]:
    """The smallest groups of nodes such that every link lies within one group.

    Groups, and the nodes in them, come in the order in which the links first name them. Disjoint sets with
    path halving: Tarjan & van Leeuwen, "Worst-case Analysis of Set Union Algorithms", 1984.
    """
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for link in links:
        first: Node | None = None
        for node in link:
            parent.setdefault(node, node)
            if first is None:
                first = node
            else:
                parent[root(node)] = root(first)
    groups: dict[Node, list[Node]] = {}
    for node in parent:
        groups.setdefault(root(node), []).append(node)
    return [tuple(group) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class SegmentGroup:
    """Segments that beads connect.

    `source` and `target` are ordinals of segments in their documents, ascending; `beads` are all beads with
    a unit in one of these segments, in the order given, those with an empty side included.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    beads: tuple[Bead, ...]

    def units(self, side: Side) -> tuple[BeadUnit, ...]:
        """All units of the group's segments on one side, in the order of segments, then of beads."""
        return in_segment_order(self.beads, side, self.source if side == "source" else self.target)


def in_segment_order(
    beads: Iterable[Bead], side: Side, segments: Sequence[int] | None = None
) -> tuple[BeadUnit, ...]:
    """The units of one side of the beads in the order of segments, then of beads; only those of `segments`
    if given.
    """
    units = (
        unit for bead in beads for unit in bead.side(side) if segments is None or unit.segment in segments
    )
    return tuple(sorted(units, key=lambda unit: unit.segment))


def segment_groups(beads: Sequence[Bead]) -> list[SegmentGroup]:
    """The groups of segments of one document that its beads connect, in the order of their first beads.

    Only beads with both sides connect. A bead with an empty side joins the group of its segment and opens
    none.
    """
    links = [[*_nodes(bead, "source"), *_nodes(bead, "target")] for bead in beads if bead.paired]
    found = components(links)
    group_of = {node: number for number, group in enumerate(found) for node in group}
    members: list[list[Bead]] = [[] for _ in found]
    for bead in beads:
        nodes = (*_nodes(bead, "source"), *_nodes(bead, "target"))
        for number in sorted({group_of[node] for node in nodes if node in group_of}):
            members[number].append(bead)
    return [
        SegmentGroup(_ordinals(group, "source"), _ordinals(group, "target"), tuple(members[number]))
        for number, group in enumerate(found)
    ]


def _nodes(bead: Bead, side: Side) -> list[tuple[Side, int]]:
    return [(side, unit.segment) for unit in bead.side(side)]


def _ordinals(group: Iterable[tuple[Side, int]], side: Side) -> tuple[int, ...]:
    return tuple(sorted(ordinal for which, ordinal in group if which == side))
