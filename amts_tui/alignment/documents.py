"""Documents and plain lines to links: what the rest of the package calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from amts_tui.alignment.model import Fixed, Link, check_fixed

if TYPE_CHECKING:
    from amts_tui.alignment.similarity import Similarity

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
