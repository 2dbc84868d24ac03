"""Why a bead is doubtful, in sentences for people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amts_tui.books.inline import plain_text
from amts_tui.corpus.doubts import Alternative, Reason
from amts_tui.corpus.model import SIDES, Bead, BeadUnit, Side, Status

__all__ = ["alternative", "reasons"]

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SENTENCES = {
    Reason.LONGER: "the translation is far longer than usual",
    Reason.SHORTER: "the translation is far shorter than usual",
    Reason.SIMILARITY: "the two sides are less alike in meaning than other pairs of this document",
    Reason.WORDS: "few words of one side are known to translate words of the other",
    Reason.MARKS: "one side ends as a question or an exclamation, the other does not",
    Reason.NEIGHBOURS: "a neighbouring sentence fits almost as well, or better",
    Reason.PIECE: "a part of it fits a neighbouring sentence better",
    Reason.PARTNER: "a text much like it stands near by on the other side",
    Reason.SHIFTED: "a gap above was opened or closed, and nobody has looked here since",
    Reason.MOVED: "it seems to belong to a passage that stands elsewhere on the other side",
}


def reasons(bead: Bead) -> list[str]:
    """What speaks against a bead that nobody has settled, the weightiest first, the alternative last."""
    if bead.status is not Status.AUTO:
        return []
    found = [_sentence(bead, one) for one in bead.doubts.reasons]
    found += [
        f"it crosses a paragraph border on the {side} side" for side in SIDES if _crosses(bead.side(side))
    ]
    if other := bead.doubts.alternative:
        found.append(alternative(bead, other))
    return found


def _sentence(bead: Bead, reason: Reason) -> str:
    if reason is Reason.NUMBERS:
        return _numbers(bead)
    if reason is Reason.MOVED and bead.doubts.partner:
        first, last = bead.doubts.partner
        return f"{_SENTENCES[reason]}: in rows {first}-{last} as they were aligned"
    return _SENTENCES[reason]


def alternative(bead: Bead, other: Alternative) -> str:
    """The other bead by what it has more or less: `1:2, with the next target sentence, is possible: 23%`."""
    sizes = [
        len(bead.side(side)) + end - begin
        for side, (begin, end) in zip(SIDES, (other.source, other.target), strict=True)
    ]
    changes = [
        part
        for side, moved in zip(SIDES, (other.source, other.target), strict=True)
        if (part := _change(side, len(bead.side(side)), *moved))
    ]
    if 0 in sizes:
        alone = "target" if sizes[0] == 0 else "source"
        what = f"a {alone} sentence of it without a partner"
    else:
        what = f"{sizes[0]}:{sizes[1]}, {' and '.join(changes)},"
    return f"{what} is possible: {round(100 * other.share)}%"


def _change(side: Side, size: int, begin: int, end: int) -> str:
    """How a side of the alternative differs: what comes in at either end, what goes out."""
    if size and (begin >= size or end <= -size):
        return f"with {_some('the next' if begin > 0 else 'the previous', size + end - begin, side)} instead"
    parts = [
        f"with {_some('the previous', -begin, side)}" if begin < 0 else "",
        f"without {_some('its first', begin, side)}" if begin > 0 else "",
        f"with {_some('the next', end, side)}" if end > 0 else "",
        f"without {_some('its last', -end, side)}" if end < 0 else "",
    ]
    return " and ".join(part for part in parts if part)


def _some(which: str, count: int, side: Side) -> str:
    return f"{which} {side} sentence" if count == 1 else f"{which} {count} {side} sentences"


def _crosses(units: Sequence[BeadUnit]) -> bool:
    return len({unit.segment for unit in units}) > 1


def _numbers(bead: Bead) -> str:
    source, target = (
        set(_NUMBER.findall(" ".join(plain_text(unit.text, unit.items) for unit in bead.side(side))))
        for side in SIDES
    )
    only = [
        f"{', '.join(sorted(own - other))} only on the {side} side"
        for side, own, other in (("source", source, target), ("target", target, source))
        if own - other
    ]
    return f"numbers differ: {'; '.join(only)}" if only else "numbers differ"
