"""Documents and plain lines to links: what the rest of the package calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from amts_tui.alignment.model import Fixed, Link, check_fixed

if TYPE_CHECKING:
    from amts_tui.alignment.similarity import Similarity
    from amts_tui.books.model import Document

Mode: TypeAlias = Literal["quick", "thorough"]


def align_units(
    source: Sequence[str], target: Sequence[str], similarity: Similarity, *, fixed: Sequence[Fixed] = ()
) -> list[Link]:
    """Links over two lists of units (sentences, lines or paragraphs), every unit in exactly one, in order.

    Raises AmtsError when `fixed` does not fit the units.
    """
    from amts_tui.alignment.stretches import links

    settled = check_fixed(fixed, len(source), len(target))
    return links(similarity.evidence(source, target), source, target, fixed=settled)


def align_documents(
    source: Document,
    target: Document,
    similarity: Similarity,
    *,
    fixed: Sequence[Fixed] = (),
    mode: Mode = "thorough",
) -> list[Link]:
    """Links over the units of two documents, numbered over all segments of all blocks; every unit in exactly
    one, in order.

    Raises AmtsError when `fixed` does not fit the units.
    """
    from amts_tui.alignment.anchors import Anchors
    from amts_tui.alignment.landmarks import shared
    from amts_tui.alignment.stretches import links
    from amts_tui.alignment.structure import Structure
    from amts_tui.alignment.text import read

    left, right = read(source), read(target)
    settled = check_fixed(fixed, len(left.units), len(right.units))
    texts = [[unit.text for unit in side.units] for side in (left, right)]
    anchors = Anchors.of(*([unit.anchors for unit in side.units] for side in (left, right)))
    return links(
        similarity.evidence(*texts),
        *texts,
        factors=[Structure.of(left.units, right.units), anchors],
        landmarks=shared(left.landmarks, right.landmarks),
        fixed=settled,
    )
